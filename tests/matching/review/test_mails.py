"""Mail when an advisor has something for an applicant: neutral, to a proven address, and never in the way."""

import logging

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from matching.models import ReviewEvent
from matching.review import mails
from matching.review.mails import event_mail
from matching.review.services import facts_ask, review_approve, review_withdraw
from matching.tasks import review_mail
from tests.matching.lists import ids_of
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, list_of_owner, owner_make, review_make
from tests.matching.review.proposing import draft, other_tier, send

BROKEN = "tests.matching.mailbox.BrokenBackend"
SITE = "https://smartpick.example.org"


@pytest.fixture(autouse=True)
def works(settings: Settings) -> None:
    settings.MAIL_WORKS, settings.SITE_URL, settings.CELERY_BROKER_URL = True, SITE, None


@pytest.fixture
def proven(desk: Desk) -> Desk:
    EmailAddress.objects.create(user=desk.owner, email=desk.owner.email, verified=True, primary=True)
    return desk


def sends(desk: Desk, capture: DjangoCaptureOnCommitCallbacks) -> None:
    first = ids_of(desk.saved_list)[0]
    draft(
        desk, "tier", first, tier=other_tier(desk, first), reason="knows", text="Below 230 they do not read"
    )
    with capture(execute=True):
        send(desk, "Dear Ana")


def test_changes_are_told_with_the_way_to_them(
    proven: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sends(proven, django_capture_on_commit_callbacks)
    (told,) = mail.outbox
    assert (told.to, told.subject) == ([proven.owner.email], "Your advisor has answered")
    assert f"\n{SITE}/lists/{proven.saved_list.pk}/review/\n" in told.body


def test_mail_says_nothing_that_is_only_hers(
    proven: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sends(proven, django_capture_on_commit_callbacks)
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    names = [entry.program.name for entry in proven.saved_list.entries.select_related("program")]
    hidden = [*names, "230", "reach", "target", "safety", "Harbor", "Hale", "Dear Ana", "%", "My list"]
    assert not [word for word in hidden if word in said]


def test_approval_is_told(
    proven: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        review_approve(review=proven.review, advisor=proven.advisor, now=NOW)
    assert [each.subject for each in mail.outbox] == ["Your list is approved"]


def test_question_to_many_is_told_to_each_with_a_proven_address(
    proven: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = review_make(list_of_owner(owner_make("other")), proven.organisation)
    other.advisor, other.state = proven.advisor, "in_review"
    other.save()
    with django_capture_on_commit_callbacks(execute=True):
        asked = facts_ask(
            reviews=[proven.review, other], advisor=proven.advisor, field="", text="Fresno?", now=NOW
        )
    assert asked == 2
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([proven.owner.email], "Your advisor asks you something")
    ]


def test_nothing_is_sent_before_it_is_stored_nor_of_what_is_only_noted(
    proven: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        draft(proven, "note", text="Zorbmark", private=True)
        send(proven)
    with django_capture_on_commit_callbacks(execute=False):
        review_approve(review=proven.review, advisor=proven.advisor, now=NOW)
    assert mail.outbox == []


@pytest.mark.parametrize("what", ["mail", "site", "proof"])
def test_nothing_is_sent_where_it_cannot_be(
    proven: Desk,
    what: str,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MAIL_WORKS, settings.SITE_URL = what != "mail", "" if what == "site" else SITE
    if what == "proof":
        EmailAddress.objects.update(verified=False)
    sends(proven, django_capture_on_commit_callbacks)
    assert mail.outbox == []


def test_mail_that_fails_undoes_nothing_and_names_nobody_in_the_log(
    proven: Desk,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = BROKEN
    with caplog.at_level(logging.ERROR):
        sends(proven, django_capture_on_commit_callbacks)
    proven.review.refresh_from_db()
    assert proven.review.state == "changes_asked"
    assert "1 mails of reviews could not be sent (SMTPException)" in caplog.text
    assert proven.owner.email not in caplog.text


def test_mail_of_what_is_over_is_not_sent(proven: Desk) -> None:
    send_event = ReviewEvent.objects.filter(kind="submitted").get()
    assert not event_mail(send_event.pk)  # of this kind nothing is told
    review_approve(review=proven.review, advisor=proven.advisor, now=NOW)
    approved = ReviewEvent.objects.get(kind="approved")
    review_withdraw(review=proven.review, actor=proven.owner, now=NOW)
    assert not event_mail(approved.pk)
    assert not event_mail(424242)
    assert mail.outbox == []


def test_with_a_broker_it_is_a_task_of_one_id(
    proven: Desk,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = "redis://broker.example"
    rung: list[tuple[int]] = []
    monkeypatch.setattr(review_mail, "apply_async", lambda args, **_: rung.append(args))
    sends(proven, django_capture_on_commit_callbacks)
    event = ReviewEvent.objects.get(kind="sent")
    assert rung == [(event.pk,)]
    assert mail.outbox == []
    review_mail(event.pk)
    assert len(mail.outbox) == 1


def test_every_kind_that_is_told_has_its_next_step() -> None:
    assert mails.TOLD.keys() == mails.NEXT.keys()
