"""The fonts a PDF carries with it, and text with nothing in it they cannot print."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from .columns import one_line

FONTS = Path(__file__).parent / "fonts"
SANS, BOLD, SERIF = "SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSerifPro-Semibold"
UNPRINTED = "?"
# Joiners and selectors only shape the sign before them.
SHAPING = {"Mn", "Me", "Cf", "Sk"}


@lru_cache(maxsize=1)
def fonts_ready() -> frozenset[str]:
    """Registers the fonts, once a process; the characters all of them have."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    known: list[set[str]] = []
    for name in (SANS, BOLD, SERIF):
        font = TTFont(name, str(FONTS / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        known.append({chr(code) for code in font.face.charToGlyph})
    return frozenset(set.intersection(*known))


def printable(text: str) -> str:
    """One line; each sign the fonts lack a question mark, several in a row one."""
    known, out = fonts_ready(), ""
    for sign in unicodedata.normalize("NFC", one_line(text)):
        if sign in known:
            out += sign
        elif unicodedata.category(sign) not in SHAPING and not out.endswith(UNPRINTED):
            out += UNPRINTED
    return out


def markup(text: str) -> str:
    """Text as a paragraph takes it: a name with an ampersand is a name, not markup."""
    return escape(printable(text))
