"""A whole journey with marks in everything typed: no log line, no address and no mail repeats one of them."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from matching import engine
from matching.models import ListLink, Match, MatchRun, Plan, SavedList, Scenario
from matching.planning.selectors import plan_read
from programs.models import DataVersion
from smartpick.logs import OneLineFormatter, RequestIdFilter, RouteFilter
from tests.matching.factories import key_make
from tests.matching.mailbox import code_sent
from tests.matching.pages import persona_match

pytestmark = pytest.mark.django_db

MARK = "zqxmarkerqz"
SCORE = "239"  # nothing else in a line is this number: see the control at the end
EMAIL = f"{MARK}.maria@example.org"
PASSWORD = f"{MARK} three quiet harbours"
PROFILE = {
    "applicant_type": "us_img",
    "graduation_year": 2024,
    "step2ck": {"status": "pass", "score": int(SCORE), "attempts": 1},
    "specialties": ["internal-medicine"],
}


# The name of a file she takes is her own list's: nobody else is told it. A length may be any number.
FOR_HER = ("Content-Disposition", "Content-Length")


class Lines(logging.Handler):
    """Every record that a site with LOG_LEVEL=DEBUG writes, as a site for others writes it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.addFilter(RequestIdFilter())
        self.addFilter(RouteFilter())
        self.setFormatter(OneLineFormatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    handler, root = Lines(), logging.getLogger()
    ours = ("smartpick", "programs", "applicants", "matching", "celery")
    before = {name: logging.getLogger(name).level for name in ours}
    for name in ours:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


class Journey:
    """A browser that notes every address it is sent to and every word of the headers."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: list[str] = []

    def go(self, method: str, path: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = getattr(self.client, method)(path, *args, **kwargs)
        headers = response.headers.items()
        self.seen += [path, *(f"{name}: {value}" for name, value in headers if name not in FOR_HER)]
        return response


def told(text: str) -> bool:
    """Whether a text repeats anything that was typed."""
    return MARK in text or re.search(rf"(?<![\w.]){SCORE}(?![\w.]| ms)", text) is not None


@pytest.fixture
def journey(client: Client, settings: Settings) -> Journey:
    settings.MAIL_WORKS = True
    client.raise_request_exception = False
    return Journey(client)


def form_filled(journey: Journey) -> None:
    journey.go(
        "post", "/profile/", {"name": MARK, "step2ck_score": SCORE, "step2ck_status": "pass", MARK: MARK}
    )
    journey.go("post", "/profile/", {"name": MARK, "graduation_year": MARK, "go": "wishes"})
    journey.go("get", "/profile/")


def list_worked_on(journey: Journey, match: Match) -> list[str]:
    """The words that open a private link."""
    journey.go("post", f"/matches/{match.pk}/save/", {"name": MARK})
    saved_list = SavedList.objects.get()
    page = f"/lists/{saved_list.pk}"
    journey.go("get", f"{page}/")
    journey.go("post", f"{page}/links/", {"mode": "all", "end": "month"})
    journey.go("post", f"{page}/paste/", {"text": f"{MARK}\n1203311192"})
    token = ListLink.objects.get().token
    for path in (f"/l/{token}/", f"/l/{token}/list.csv", f"/l/{token}/list.json", f"/l/{token}x/"):
        journey.client.get(path)  # the address of the link is hers to give: it is told to nobody else
    for extension in ("csv", "xlsx", "pdf"):
        journey.go("get", f"{page}/export.{extension}")
    return [token]


def plan_followed(journey: Journey, match: Match) -> list[str]:
    """A plan with a note, its calendar and its mail, and something tried out and shared: what opens them."""
    journey.go("post", "/plan/start/", {"match": match.pk})
    plan = Plan.objects.get()
    code = next(plan_read(plan).steps).code
    for act in ("note", "done", "snooze", MARK):
        journey.go("post", f"/plan/steps/{act if act != MARK else 'nothing'}/", {"code": code, "note": MARK})
    journey.go("get", "/plan/")
    journey.go("post", "/plan/calendar/make/")
    Plan.objects.update(stop_token=f"stop-{'x' * 27}")
    tried = f"/matches/{match.pk}/what-if"
    journey.go("post", f"{tried}/try/", {"max_usd": MARK})
    journey.go("post", f"{tried}/try/", {"max_usd": "200"})
    journey.go("post", f"{tried}/keep/", {"name": MARK})
    journey.go("post", f"{tried}/1/share/", {"end": "week"})
    scenario = Scenario.objects.get(place=1)
    plan.refresh_from_db()
    stop = f"/plan/stop/{plan.stop_token}/"
    for path in (f"/plan/feed/{plan.feed_token}.ics", stop, f"/w/{scenario.token}/"):
        assert journey.client.get(path).status_code == 200, path
        journey.client.get(f"/not-there{path}")
    journey.go("get", f"/matches/{match.pk}/what-if/")
    journey.go("get", f"/matches/{match.pk}/brief/")
    return [str(plan.feed_token), str(plan.stop_token), str(scenario.token)]


def account_made(journey: Journey) -> None:
    journey.go("post", "/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    journey.go("post", "/accounts/signup/", {"email": EMAIL, "password1": PASSWORD})
    journey.go("post", "/accounts/confirm-email/", {"code": code_sent()})
    journey.go("get", "/me/")
    journey.go("get", "/me/export/")
    journey.go("post", "/me/delete/", {"password": f"{MARK} wrong"})


def api_called(journey: Journey) -> str:
    _, secret = key_make(scopes=["match"], rate="100/min")
    sent: dict[str, Any] = {"content_type": "application/json"}
    headers = {"Authorization": f"Api-Key {secret}", "Idempotency-Key": MARK}
    body = {"profile": PROFILE, "options": {"top": 5}}
    for wrong in (
        "{" + MARK,
        {**body, MARK: MARK},
        {"profile": {**PROFILE, "graduation_year": MARK}},
        {"profile": {**PROFILE, "step2ck": {"status": MARK, "score": int(SCORE)}}},
    ):
        journey.go("post", "/api/v1/matches/", wrong, **sent)
        journey.go("post", "/api/v1/matches/", wrong, headers=headers, **sent)
    journey.go("post", "/api/v1/matches/", body, headers={"Authorization": f"Api-Key {MARK}.{MARK}"}, **sent)
    return secret


def test_no_line_and_no_address_repeats_what_was_typed(
    journey: Journey,
    lines: list[str],
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    form_filled(journey)
    match = persona_match(journey.client, django_capture_on_commit_callbacks)
    tokens = [*list_worked_on(journey, match), *plan_followed(journey, match)]
    account_made(journey)
    secret = api_called(journey)

    assert len([line for line in lines if "smartpick.access" in line]) > 25  # the lines were there to be read
    for line in lines:
        assert not told(line), line
        assert not any(word in line for word in (*tokens, secret, EMAIL, str(match.pk))), line
    for address in journey.seen:
        assert not told(address), address
        assert secret not in address
        assert EMAIL not in address
    for sent in mail.outbox:
        assert not told(f"{sent.subject} {sent.body}".replace(EMAIL, "")), sent.body


def test_run_that_breaks_on_a_profile_does_not_tell_it(
    journey: Journey,
    lines: list[str],
    small_catalogue: DataVersion,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def breaks(**values: Any) -> None:
        raise ValueError(f"{MARK} {SCORE} {values}")

    monkeypatch.setattr(engine, "answer_compute", breaks)
    match = persona_match(journey.client, django_capture_on_commit_callbacks)
    assert MatchRun.objects.get(pk=match.run_id).state == "failed"
    (line,) = [line for line in lines if "failed" in line]
    assert "builtins.ValueError" in line
    assert not told(line.replace(r'raise ValueError(f"{MARK} {SCORE} {values}")', ""))
    assert MARK not in journey.go("get", f"/matches/{match.pk}/").content.decode()


def test_page_that_breaks_tells_its_route_alone(
    journey: Journey, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"{MARK} {SCORE}")

    monkeypatch.setattr("matching.views.links.link_for_token", breaks)
    assert journey.client.get(f"/l/{MARK}{MARK}/?q={MARK}").status_code == 500
    told_of = [line for line in lines if "builtins.RuntimeError" in line]
    assert told_of
    assert all("/l/<slug:token>/" in line for line in told_of)
    assert not any(told(line) for line in lines)


def test_the_marks_would_be_found() -> None:
    """The control: a line that repeats one is seen."""
    assert told(f"profile of {EMAIL}")
    assert told(f"score {SCORE}: too low")
    assert not told(f"GET /profile/ 200 {SCORE} ms")


@pytest.mark.parametrize("path", ["/l/{}/", "/l/{}/list.csv", "/l/{}/list.json"])
def test_page_of_a_private_link_sends_no_referrer(client: Client, path: str) -> None:
    from tests.matching.factories import link_make, list_make  # noqa: PLC0415

    response = client.get(path.format(link_make(list_make()).token))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
