"""Text as it is searched: lower case, no accents, no marks. One rule for what is stored and what is asked."""

import re
import unicodedata

MAX_WORDS = 8
LONGEST_SEARCH = 100


def normalise(text: str) -> str:
    """Words of letters and digits, parted by single spaces ("St. Mary's" and "st marys" are alike)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("\u2019", "")))


def search_text(*parts: str | None) -> str:
    """What one program is found by."""
    return " | ".join(words for part in parts if part and (words := normalise(part)))


def search_words(query: str) -> list[str]:
    """The words that must all be found, the longest first; at most ``MAX_WORDS``."""
    return sorted(set(normalise(query).split()), key=lambda word: (-len(word), word))[:MAX_WORDS]
