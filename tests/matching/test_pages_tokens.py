"""The colours of both themes: contrast (4.5 for words, 3 for edges), and tiers apart for the colour-blind."""

import itertools
import math
import re

import pytest
from django.conf import settings

GROUNDS = ("paper", "paper-raised", "paper-sunk", "accent-wash")
WORDS = ("ink", "ink-soft", "accent", "accent-hover", "reach", "target", "safety", "bad", "warn", "good")
THEMES = ("light", "dark")
TIERS = ("reach", "target", "safety")
LUMINANCE = (0.2126, 0.7152, 0.0722)
XYZ = ((0.4124, 0.3576, 0.1805), LUMINANCE, (0.0193, 0.1192, 0.9505))
# Machado, Oliveira and Fernandes (2009), full severity, on linear light.
SIGHTS = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def colours_of(theme: str) -> dict[str, str]:
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if theme == "light" else dark))


def linear(colour: str) -> list[float]:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    return sum(weight * channel for weight, channel in zip(LUMINANCE, linear(colour), strict=True))


def sighted(colour: str, kind: str) -> list[float]:
    """Linear light as somebody of this sight sees it."""
    light = linear(colour)
    return [sum(m * c for m, c in zip(row, light, strict=True)) for row in SIGHTS[kind]]


def lab(light: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear light: equal distances look about equally far apart."""
    bounded = [min(1.0, max(0.0, channel)) for channel in light]
    x, y, z = (
        cube(sum(m * c for m, c in zip(row, bounded, strict=True)) / white)
        for row, white in zip(XYZ, (0.95047, 1.0, 1.08883), strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def cube(value: float) -> float:
    return float(value ** (1 / 3)) if value > 0.008856 else 7.787 * value + 16 / 116


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
    assert contrast(colours["accent-ink"], colours["button"]) >= 4.5
    assert contrast(colours["accent-ink"], colours["button-hover"]) >= 4.5
    assert contrast(colours["rule-strong"], colours["paper-raised"]) >= 3
    for ground in ("paper", "paper-raised"):
        assert contrast(colours["button"], colours[ground]) >= 3
        assert contrast(colours["focus"], colours[ground]) >= 3
    for name in ("bad", "warn", "good", "reach", "target", "safety"):
        assert contrast(colours["ink"], colours[f"{name}-wash"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", SIGHTS)
def test_tiers_differ_for_the_colour_blind(theme: str, kind: str) -> None:
    colours = colours_of(theme)
    seen = [lab(sighted(colours[tier], kind)) for tier in TIERS]
    assert min(math.dist(one, other) for one, other in itertools.combinations(seen, 2)) >= 25


def test_both_themes_decide_the_same_colours() -> None:
    assert colours_of("light").keys() == colours_of("dark").keys()


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
