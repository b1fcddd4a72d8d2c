"""Starting, sharing and deleting: everybody has a match, the same input one run."""

import uuid

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from matching.models import Match, MatchRun
from matching.services import (
    MatchHasLists,
    match_delete,
    match_start,
    matches_claim,
    run_delete_unowned,
    run_score,
)
from programs.models import DataVersion
from tests.matching.factories import NOW, list_make, match_make, program_make, run_done_make, run_make
from tests.matching.inputs import options_of, profile_of

pytestmark = pytest.mark.django_db


def start(visitor: uuid.UUID | None = None, **profile: object) -> Match:
    return match_start(profile=profile_of(**profile), options=options_of(), visitor=visitor or uuid.uuid4())


def test_match_start_makes_a_queued_run_of_the_input(small_catalogue: DataVersion) -> None:
    visitor = uuid.uuid4()

    match = start(visitor)

    run = match.run
    assert (match.visitor, match.owner, match.api_key, match.explain) == (visitor, None, None, 3)
    assert (run.state, run.attempts, run.season) == ("queued", 0, "2027")
    assert run.data_version == small_catalogue.version
    assert run.as_of.isoformat() == "2026-09-01"
    assert run.profile["step2ck"]["score"] == 224
    assert run.profile["letters"] is None
    assert run.options["max_applications"] == 6


def test_match_start_same_input_shares_the_run_never_the_match(small_catalogue: DataVersion) -> None:
    ana, ben = start(), start()

    assert ana.run == ben.run
    assert ana.pk != ben.pk
    assert ana.visitor != ben.visitor


def test_match_start_other_input_is_another_run(small_catalogue: DataVersion) -> None:
    assert start().run != start(graduation_year=2024).run


def test_match_start_after_new_data_is_another_run(small_catalogue: DataVersion) -> None:
    from programs.services.publishing import data_version_publish  # noqa: PLC0415

    before = start()
    program_make("sp00099")
    data_version_publish()

    after = start()

    assert after.run != before.run
    assert after.run.digest != before.run.digest


def test_match_start_for_an_account_forgets_the_session(small_catalogue: DataVersion) -> None:
    user = User.objects.create_user("ana")

    match = match_start(profile=profile_of(), options=options_of(), owner=user, visitor=uuid.uuid4())

    assert (match.owner, match.visitor) == (user, None)


def test_match_start_scores_here_at_commit_without_a_broker(
    small_catalogue: DataVersion,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CELERY_BROKER_URL = None

    with django_capture_on_commit_callbacks(execute=True) as rung:
        match = start()

    assert len(rung) == 1
    match.run.refresh_from_db()
    assert (match.run.state, match.run.attempts) == ("done", 1)


def test_match_start_input_scored_before_costs_no_work(
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run_score(start().run_id)

    with (
        django_capture_on_commit_callbacks() as rung,
        django_assert_num_queries(5),  # data version, savepoint, run, match, release
    ):
        match = start()

    assert rung == []
    assert match.run.state == "done"


def test_match_start_new_input_in_constant_queries(
    small_catalogue: DataVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):  # as above, and: insert the run, read it again
        start()


def test_match_start_tries_a_failed_run_again(
    small_catalogue: DataVersion, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    failed = start().run
    MatchRun.objects.filter(pk=failed.pk).update(
        state="failed", reason="It rained.", finished_at=NOW, attempts=5, rung_at=NOW
    )

    with django_capture_on_commit_callbacks(execute=True) as rung:
        match = start()

    assert len(rung) == 1
    assert match.run == failed
    failed.refresh_from_db()
    assert (failed.state, failed.reason, failed.attempts) == ("done", "", 1)
    assert failed.rung_at > NOW


def test_match_start_without_a_catalogue() -> None:
    from matching.catalogue import CatalogueEmpty  # noqa: PLC0415

    with pytest.raises(CatalogueEmpty):
        start()

    assert not MatchRun.objects.exists()


def test_match_delete_last_one_takes_the_run() -> None:
    run = run_done_make()
    first, second = match_make(run=run), match_make(run=run)

    match_delete(match=first)
    assert MatchRun.objects.filter(pk=run.pk).exists()

    match_delete(match=second)
    assert not MatchRun.objects.filter(pk=run.pk).exists()


def test_match_delete_refuses_while_lists_stand_on_it() -> None:
    saved_list = list_make()

    with pytest.raises(MatchHasLists):
        match_delete(match=saved_list.match)

    assert Match.objects.filter(pk=saved_list.match_id).exists()


def test_run_delete_unowned_keeps_what_is_owned() -> None:
    owned, unowned = match_make().run, run_make()

    for run in (owned, unowned):
        run_delete_unowned(run_id=run.pk)
    run_delete_unowned(run_id=0)

    assert list(MatchRun.objects.all()) == [owned]


def test_matches_claim_moves_the_visitors_own() -> None:
    visitor = uuid.uuid4()
    mine, others = match_make(visitor=visitor), match_make()
    saved_list = list_make(match=mine)
    user = User.objects.create_user("ana")

    assert matches_claim(visitor=visitor, user=user) == 1
    assert matches_claim(visitor=visitor, user=user) == 0

    mine.refresh_from_db()
    others.refresh_from_db()
    saved_list.refresh_from_db()
    assert (mine.owner, mine.visitor) == (user, None)
    assert (saved_list.owner, saved_list.visitor) == (user, None)
    assert others.owner is None


def test_matches_claim_never_takes_an_accounts_own() -> None:
    ana, ben = User.objects.create_user("ana"), User.objects.create_user("ben")
    visitor = uuid.uuid4()
    match = match_make(visitor=visitor)
    matches_claim(visitor=visitor, user=ana)

    assert matches_claim(visitor=visitor, user=ben) == 0

    match.refresh_from_db()
    assert match.owner == ana
