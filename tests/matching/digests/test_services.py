"""After a publishing: lists it concerns are compared once, the others not at all, and none is written."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.digests import services
from matching.digests.services import digest_make, digest_newest, digest_seen, digests_advance
from matching.digests.words import sentences
from matching.models import DigestRun, ListDigest, ListEntry, SavedList
from programs.models import DataVersion, Program
from programs.services.publishing import data_version_publish
from tests.matching.digests.made import NOW, rule_publish
from tests.matching.lists import ids_of, list_scored, off_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(small_catalogue: DataVersion) -> SavedList:
    return list_scored()


def stand(saved_list: SavedList) -> list[object]:
    fields = ("program_id", "tier", "probability", "low", "high", "shown")
    saved_list.refresh_from_db()
    rows = ListEntry.objects.filter(saved_list=saved_list).order_by("position")
    return [saved_list.version, saved_list.figures, *rows.values_list(*fields)]


def test_a_rule_that_closes_a_program_is_told_and_the_list_stays_as_it_is(kept: SavedList) -> None:
    first, before = ids_of(kept)[0], stand(kept)
    rule_publish(first)
    assert digests_advance(now=NOW) == 1
    digest = ListDigest.objects.get(saved_list=kept)
    name = Program.objects.get(pk=first).name.removesuffix(" Program")
    assert sentences(digest.document)[0] == f"{name} is closed to you now by a rule: lowest Step 2 CK."
    assert [each["kind"] for each in digest.document["programs"] if each["id"] == first] == ["closed"]
    assert stand(kept) == before
    assert digest_newest(kept) == digest


def test_a_retired_program_is_told(kept: SavedList) -> None:
    first = ids_of(kept)[0]
    Program.objects.filter(pk=first).update(retired_on=NOW.date())
    data_version_publish()
    digests_advance(now=NOW)
    name = Program.objects.get(pk=first).name.removesuffix(" Program")
    assert f"{name} takes nobody any more." in sentences(ListDigest.objects.get().document)


def test_done_again_it_changes_nothing(kept: SavedList) -> None:
    rule_publish(ids_of(kept)[0])
    digests_advance(now=NOW)
    assert digests_advance(now=NOW + timedelta(days=1)) == 0
    run = DigestRun.objects.get()
    assert (run.compared, run.changed, run.done_at) == (1, 1, NOW)
    assert ListDigest.objects.count() == 1


def test_a_list_without_a_changed_program_is_not_judged(
    kept: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_publish(off_list(kept)[0])
    monkeypatch.setattr(services, "digest_make", lambda **_: pytest.fail("judged"))
    assert digests_advance(now=NOW) == 1
    assert DigestRun.objects.get().compared == 0


def test_a_list_of_a_season_that_is_past_is_left_alone(kept: SavedList) -> None:
    rule_publish(ids_of(kept)[0])
    type(kept.match.run).objects.update(season="2020")
    assert digests_advance(now=NOW) == 0
    assert not ListDigest.objects.exists()


def test_it_goes_on_where_it_stopped(small_catalogue: DataVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [list_scored(visitor=uuid.uuid4()) for _ in range(3)]
    rule_publish(ids_of(lists[0])[0])
    monkeypatch.setattr(services, "BATCH", 1)
    assert digests_advance(now=NOW, limit=2) == 2
    assert (ListDigest.objects.count(), DigestRun.objects.get().done_at) == (2, None)
    assert digests_advance(now=NOW) == 1
    assert {digest.saved_list_id for digest in ListDigest.objects.all()} == {each.pk for each in lists}
    assert DigestRun.objects.get().changed == 3


def test_a_worker_that_was_overtaken_stops(kept: SavedList, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one noted its progress first: the first one's count is not added to it."""
    rule_publish(ids_of(kept)[0])
    compare = services._compare

    def slowly(*args: object) -> object:
        came = compare(*args)  # type: ignore[arg-type]
        DigestRun.objects.update(after_list=uuid.UUID(int=2**128 - 1), compared=1, changed=1, done_at=NOW)
        return came

    monkeypatch.setattr(services, "_compare", slowly)
    digests_advance(now=NOW)
    assert (DigestRun.objects.get().compared, ListDigest.objects.count()) == (1, 1)


def test_a_list_that_meets_an_error_keeps_no_other_from_being_compared(
    small_catalogue: DataVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = sorted((list_scored(visitor=uuid.uuid4()) for _ in range(2)), key=lambda each: each.pk)
    rule_publish(ids_of(lists[0])[0])

    def broken(*, saved_list: SavedList, **rest: object) -> object:
        if saved_list.pk == lists[0].pk:
            raise RuntimeError("broken")
        return digest_make(saved_list=saved_list, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "digest_make", broken)
    digests_advance(now=NOW)
    assert [digest.saved_list_id for digest in ListDigest.objects.all()] == [lists[1].pk]


def test_lists_that_need_not_be_judged_cost_the_same_queries_however_many(
    small_catalogue: DataVersion,
) -> None:
    lists = [list_scored(visitor=uuid.uuid4()) for _ in range(6)]
    rule_publish(off_list(lists[0])[0])
    digests_advance(now=NOW)  # the two catalogues are compared once
    counts = []
    for kept in (6, 2):
        for saved_list in lists[kept:]:
            saved_list.delete()
        DigestRun.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert digests_advance(now=NOW) == kept
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_news_put_away_is_news_no_more(kept: SavedList) -> None:
    rule_publish(ids_of(kept)[0])
    digests_advance(now=NOW)
    digest_seen(digest=ListDigest.objects.get(), now=NOW)
    assert digest_newest(kept) is None


def test_owner_deleted_takes_the_digests_along(kept: SavedList) -> None:
    owner = User.objects.create_user("lena")
    SavedList.objects.filter(pk=kept.pk).update(owner=owner, visitor=None)
    rule_publish(ids_of(kept)[0])
    digests_advance(now=NOW)
    kept.delete()
    assert not ListDigest.objects.exists()
