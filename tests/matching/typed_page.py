"""The profile's pages as a browser reads them, and somebody who fills in every kind of input."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from applicants.steps import LAST, STEPS, step_get

PAGES = {"you": "/profile/", "training": "/profile/training/", "wishes": "/profile/wishes/"}


class Inputs(HTMLParser):
    """What a browser would send back from a page: every input with the value it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = ""
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        self.scripts += tag == "script" or any(key.startswith("on") for key in found)
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in found and value:
            self.sent.setdefault(self.select, []).append(value)
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            ticked = found.get("type") not in ("radio", "checkbox") or "checked" in found
            value = value if "value" in found or "checked" not in found else "on"
            if ticked and value:
                self.sent.setdefault(name, []).append(value)


def inputs(response: Any) -> Inputs:
    parser = Inputs()
    parser.feed(response.content.decode())
    return parser


def typed(**extra: Any) -> dict[str, Any]:
    """Something in every kind of input."""
    return {
        "applicant_type": "us_img",
        "school_country": "DM",
        "school_name": "Ross & Sons",
        "graduation_year": "2025",
        "step1_status": "pass",
        "step1_attempts": "1",
        "step2ck_status": "pass",
        "step2ck_score": "224",
        "experience-rows": "3",
        "experience-0-kind": "elective",
        "experience-0-weeks": "4",
        "experience-0-ring": "los-angeles",
        "experience-0-state": "CA",
        "experience-0-specialty": "internal-medicine",
        "letters-rows": "2",
        "letters-0-author": "us_academic",
        "service-rows": "1",
        "service-0-focus": "free_clinic",
        "service-0-months": "12",
        "ties-rows": "1",
        "ties-0-kind": "family",
        "ties-0-state": "CA",
        "languages": ["en", "es"],
        "languages-rows": "1",
        "languages-0-code": "fr",
        "states-rows": "1",
        "states-0-state": "NY",
        "red_flags": ["none"],
        "specialties": ["internal-medicine"],
        "wish_ring": "los-angeles",
        "wish_types": ["community"],
        "max_applications": "6",
        "max_usd": "500",
        **extra,
    }


def as_lists(data: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in data.items()}


def sent_of(step: str, data: dict[str, Any], **button: str) -> dict[str, Any]:
    """What a browser would send of one step."""
    found = step_get(step)
    assert found is not None
    return {name: value for name, value in data.items() if found.asks(name)} | button


def send(client: Client, data: dict[str, Any], *, go: str = "anyway") -> Any:
    """Through the three steps; the last is sent with ``go``."""
    for step in STEPS[:-1]:
        client.post(PAGES[step.slug], sent_of(step.slug, data, go="next"))
    return client.post(PAGES[LAST.slug], sent_of(LAST.slug, data, go=go))
