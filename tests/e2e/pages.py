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


def to_list_of_account(watched: Watched) -> None:
    """Of the sample account that the site printed: the card that asks an advisor is whole for an account."""
    watched.page.goto("/accounts/login/")
    watched.page.get_by_label("E-mail address").fill("applicant")
    watched.page.get_by_label("Password").fill(watched.logins["applicant"])
    watched.follow(watched.page.get_by_role("button", name="Log in"))
    watched.page.goto("/")
    to_list(watched)


def to_review(watched: Watched) -> None:
    """Sent to the sample office."""
    to_list_of_account(watched)
    watched.page.get_by_label("What do you want to know?").fill("Is this too many?")
    watched.follow(watched.page.get_by_role("button", name="Send my list"))
    watched.page.wait_for_url(re.compile("/review/"))
    watched.page.get_by_role("heading", name="What was done").wait_for()


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


def to_outcomes(watched: Watched) -> None:
    to_list(watched)
    watched.follow(watched.page.get_by_role("link", name="What came of it"))
    watched.page.wait_for_url(re.compile("/outcomes/"))


def to_told(watched: Watched) -> None:
    """With a report: what was expected beside what came."""
    to_outcomes(watched)
    watched.page.get_by_label("Yes, to all of them").check()
    watched.page.locator(".tell__row select").first.select_option("invited")
    watched.follow(watched.page.get_by_role("button", name="Save the report"))
    watched.page.locator(".came").wait_for()


def to_history(watched: Watched) -> None:
    """Two answers of two sample people, as one visitor asked for them."""
    to_result(watched)
    watched.page.goto("/")
    watched.follow(watched.page.locator(".persona").nth(1))
    watched.page.wait_for_url(re.compile("/matches/"))
    watched.page.locator(".headline").wait_for()
    watched.page.goto("/matches/")


def to_receipt(watched: Watched) -> None:
    to_history(watched)
    watched.follow(watched.page.get_by_role("button", name=re.compile("^Why it changed")).first)
    watched.page.wait_for_url(re.compile("/to/"))
    watched.page.locator(".falls").wait_for()


def to_what_if(watched: Watched) -> None:
    """With one change tried, and kept."""
    to_result(watched)
    watched.follow(watched.page.get_by_role("link", name="What if", exact=True).first)
    watched.page.get_by_role("switch", name="Step 3 passed", exact=True).click()
    watched.page.locator("#answer .changed").wait_for()
    watched.page.get_by_label("Name of this scenario").fill("With Step 3")
    watched.follow(watched.page.get_by_role("button", name="Keep this scenario"))
    watched.page.goto(watched.page.url.partition("#")[0])  # from the top, not from what was kept
    # Down where the line that stays in sight covers no control: whether it does further up is chance.
    watched.page.evaluate("scrollTo(0, document.body.scrollHeight)")


def to_what_if_shared(watched: Watched) -> None:
    to_what_if(watched)
    watched.page.locator("summary", has_text="Send it to someone").click()
    watched.follow(watched.page.get_by_role("button", name=re.compile("^Make a private link")))
    watched.page.goto(watched.page.get_by_label(re.compile("^Private link, until")).input_value())


def to_brief(watched: Watched) -> None:
    to_result(watched)
    watched.page.goto(watched.page.url.split("?")[0] + "brief/")
    watched.page.locator(".brief").wait_for()


def to_plan(watched: Watched) -> None:
    """With one step ticked and one noted."""
    to_result(watched)
    watched.page.goto("/plan/")
    watched.follow(watched.page.get_by_role("button", name="Make my plan"))
    watched.page.locator("#plan").wait_for()
    watched.page.locator("#step-statement .step__done button").click()
    watched.page.locator("#done-title").wait_for()
    watched.page.goto("/plan/")


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
    "method": "/method/",
    "method-parameters": "/method/parameters/",
    "method-data": "/method/data/",
    "method-simulation": "/method/simulation/",
    "method-limits": "/method/limits/",
    "method-changes": "/method/changes/",
    "report-card": "/method/report-card/",
    "outcomes-together": "/outcomes/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
    "password": "/accounts/password/reset/",
    "me": "/me/",
    "forget": "/me/forget/",
    "privacy": "/privacy/",
    "styleguide": "/styleguide/",
    "developers": "/developers/",
    "developers-sandbox": "/developers/sandbox/",
    "developers-cohorts": "/developers/cohorts/",
    "developers-webhooks": "/developers/webhooks/",
    "developers-errors": "/developers/errors/",
    "developers-limits": "/developers/limits/",
    "developers-data": "/developers/data/",
    "developers-changes": "/developers/changes/",
}
WAYS: dict[str, Way] = {
    "result": to_result,
    "list": to_list,
    "list-of-account": to_list_of_account,
    "review": to_review,
    "links": to_links,
    "shared": to_shared,
    "brief": to_brief,
    "outcomes": to_outcomes,
    "outcomes-told": to_told,
    "history": to_history,
    "receipt": to_receipt,
    "plan": to_plan,
    "what-if": to_what_if,
    "what-if-shared": to_what_if_shared,
}
EVERY = [*PATHS, *WAYS]


def goto(watched: Watched, name: str) -> None:
    """From the front page to the page of this name."""
    if name in WAYS:
        WAYS[name](watched)
    elif PATHS[name] != "/":
        watched.page.goto(PATHS[name])
