"""The privacy page as values: the registry with the periods in force, and whom to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from .registry import REGISTRY, entry_told


@dataclass(frozen=True, slots=True)
class KeptTold:
    what: str
    why: str
    until: str


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """``contact_href``: where ``contact`` leads, empty where it is plain words or none is set."""

    kept: tuple[KeptTold, ...]
    visitor_days: int
    contact: str
    contact_href: str
    mail: bool


def privacy_page(days: Mapping[str, int], *, contact: str, mail: bool) -> PrivacyPage:
    kept = tuple(KeptTold(entry.what, entry.why, entry_told(entry, days)) for entry in REGISTRY)
    return PrivacyPage(kept, days["visitor"], contact, _href(contact), mail)


def _href(contact: str) -> str:
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""
