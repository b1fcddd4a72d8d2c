"""One fact in the words of the desk: what it says, where it is from, whether it counts."""

from urllib.parse import urlsplit

from django.utils.html import format_html

from programs.choices import COUNTED
from programs.fact_fields import FACT_FIELDS
from programs.models import ProgramFact
from programs.presentation import value_words


def fact_says(fact: ProgramFact) -> str:
    """The typed value with its unit, and the statement where it says more."""
    words = value_words(FACT_FIELDS[fact.field], fact.value, fact.value_as_stated)
    stated = fact.value_as_stated.strip()
    if fact.value is None:
        return f"{words} (not typed)"
    return words if not stated or stated.casefold() in _alike(fact, words) else f"{words} (stated: {stated})"


def _alike(fact: ProgramFact, words: str) -> set[str]:
    number = f"{fact.value_number:g}" if fact.value_number is not None else ""
    return {words.casefold(), fact.value_code.casefold(), number}


def fact_source(fact: ProgramFact) -> str:
    """Kind and year of the source, as a link where it has an address that is one."""
    kind = str(fact.get_source_kind_display())
    words = f"{kind}, {fact.page_year}" if fact.page_year else f"{kind}, no year"
    address = urlsplit(fact.url)
    if address.scheme in ("http", "https"):
        link = format_html('<a href="{}" rel="noreferrer noopener">{}</a>', fact.url, address.netloc)
        return format_html("{} · {}", words, link)
    return f"{words} · {fact.source}" if fact.source else words


def fact_standing(fact: ProgramFact, conflicts: int) -> str:
    """Whether this statement counts, and how many of its field say otherwise."""
    if fact.check_state not in COUNTED:
        return str(fact.get_check_state_display())
    standing = "current" if fact.is_current else "not current"
    if not conflicts:
        return standing
    return f"{standing}, {conflicts} {'says' if conflicts == 1 else 'say'} otherwise"
