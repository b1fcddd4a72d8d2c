"""Every page a visitor can come to: by its address, or by what one does to get there. Add yours here."""

import re
from collections.abc import Callable

from tests.e2e.watched import Watched

Way = Callable[[Watched], None]


def to_result(watched: Watched) -> None:
    watched.follow(watched.page.locator(".persona").first)
    watched.page.wait_for_url(re.compile("/matches/"))
    watched.page.locator(".headline").wait_for()


def to_list(watched: Watched) -> None:
    to_result(watched)
    watched.follow(watched.page.get_by_role("button", name="Save the list").first)
    watched.page.wait_for_url(re.compile("/lists/"))


def to_links(watched: Watched) -> None:
    to_list(watched)
    watched.follow(watched.page.get_by_role("button", name="Make a private link"))
    watched.page.wait_for_url(re.compile("/links/"))


def to_shared(watched: Watched) -> None:
    """What the holder of a link to everything sees."""
    to_list(watched)
    watched.page.get_by_role("radio", name=re.compile("^Everything")).check()
    watched.follow(watched.page.get_by_role("button", name="Make a private link"))
    watched.follow(watched.page.get_by_role("link", name=re.compile("^Open the link")))
    watched.page.wait_for_url(re.compile("/l/"))


PATHS = {
    "landing": "/",
    "profile": "/profile/",
    "profile-training": "/profile/training/",
    "profile-wishes": "/profile/wishes/",
    "explore": "/programs/?ring=los-angeles",
    "compare": "/programs/compare/?ids=sp01402&ids=sp01404",
    "program": "/programs/sp01402/",
    "report": "/programs/sp01402/report/",
    "lists": "/lists/",
    "report-card": "/method/report-card/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
    "password": "/accounts/password/reset/",
    "me": "/me/",
    "forget": "/me/forget/",
    "styleguide": "/styleguide/",
}
WAYS: dict[str, Way] = {"result": to_result, "list": to_list, "links": to_links, "shared": to_shared}
EVERY = [*PATHS, *WAYS]


def goto(watched: Watched, name: str) -> None:
    """From the front page to the page of this name."""
    if name in WAYS:
        WAYS[name](watched)
    elif PATHS[name] != "/":
        watched.page.goto(PATHS[name])
