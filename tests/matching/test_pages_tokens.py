"""The colours of both themes keep their contrast: 4.5 for words, 3 for the edge of an input."""

import re

import pytest
from django.conf import settings

GROUNDS = ("paper", "paper-raised", "paper-sunk", "accent-wash")
WORDS = ("ink", "ink-soft", "accent", "accent-hover", "reach", "target", "safety", "bad", "warn", "good")
THEMES = ("light", "dark")


def colours_of(theme: str) -> dict[str, str]:
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if theme == "light" else dark))


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", WORDS)
def test_words_can_be_read_on_every_ground(theme: str, name: str) -> None:
    colours = colours_of(theme)
    assert min(contrast(colours[name], colours[ground]) for ground in GROUNDS) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_buttons_washes_and_edges_keep_their_contrast(theme: str) -> None:
    colours = colours_of(theme)
    assert contrast(colours["accent-ink"], colours["accent"]) >= 4.5
    assert contrast(colours["accent-ink"], colours["accent-hover"]) >= 4.5
    assert contrast(colours["rule-strong"], colours["paper-raised"]) >= 3
    for name in ("bad", "warn", "reach", "target", "safety"):
        assert contrast(colours["ink"], colours[f"{name}-wash"]) >= 4.5


def test_both_themes_decide_the_same_colours() -> None:
    assert colours_of("light").keys() == colours_of("dark").keys()


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
