"""Programs that moved, in words: what the data says otherwise, which rule closes, where no split is told."""

import uuid
from typing import Any

import pytest

from matching.models import Match
from matching.receipts.program_rows import NO_NUMBER, STILL, MovedGroup, moved_groups
from matching.receipts.services import receipt_make
from matching.receipts.words import cause_names
from programs.models import Program
from tests.matching.factories import program_make
from tests.matching.receipts.made import asked
from tests.matching.receipts.test_services import fact_say, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


@pytest.fixture
def visitor() -> uuid.UUID:
    return uuid.uuid4()


def groups_of(before: Match, after: Match) -> dict[str, MovedGroup]:
    receipt = receipt_make(before=before, after=after)
    assert receipt is not None
    names = cause_names(receipt.document, season=False)
    return {group.code: group for group in moved_groups(receipt.document, names)}


def test_closed_program_tells_its_rule_and_the_fact_with_its_source(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    fact_say("sp00001", "min_step2ck", 250)
    publish()
    row = groups_of(before, asked(visitor))["closed"].rows[0]
    assert row.before is not None
    assert row.after is not None
    assert row.before.words.startswith("interview ")
    assert row.after.words == "closed by a rule: Step 2 CK 250"
    assert "new data on the programs alone" in row.sentence
    (fact,) = row.facts
    assert (fact.label, fact.before, fact.after) == ("Lowest Step 2 CK score", "not known", "250, a rule")
    assert fact.fact is not None
    assert fact.fact["host"] == "harbor.example"
    assert fact.fact["source_kind_words"]
    assert [gate.verdict for gate in row.gates] == ["fail"]


def test_new_program_has_no_split(visitor: uuid.UUID) -> None:
    before = asked(visitor)
    program_make("sp00040", city="Fresno", county="Fresno")
    publish()
    row = groups_of(before, asked(visitor))["new"].rows[0]
    assert (row.before, row.sentence, row.parts) == (None, "", ())


def test_program_whose_listing_grew_old_says_so(visitor: uuid.UUID) -> None:
    """No number may be shown of it any more, so there is nothing to split."""
    before = asked(visitor)
    listed = receipt_listed(before)
    Program.objects.filter(pk=listed).update(listing_status="old", last_listed_year=2021)
    publish()
    row = next(r for r in groups_of(before, asked(visitor))["left"].rows if r.id == listed)
    assert row.sentence == NO_NUMBER
    assert row.after is not None
    assert row.after.words == "no number"
    told = {fact.label: (fact.before, fact.after) for fact in row.facts}
    assert told["Listing"] == ("Listed in 2024 or later", "Not seen since 2022 or before")
    assert told["Last listed"] == ("not known", "2021")


def receipt_listed(match: Match) -> str:
    from matching.selectors import match_document  # noqa: PLC0415

    return str(match_document(match)["list"][0]["program"]["id"])


def test_program_that_only_lost_its_place_says_what_took_it(visitor: uuid.UUID) -> None:
    few = {"max_applications": 3, "signals": False}
    row = groups_of(asked(visitor, options={**few, "max_applications": 6}), asked(visitor, options=few))[
        "left"
    ].rows[0]
    assert row.sentence == f"Off the list because of your limits on number and fees. {STILL}"
    assert [(part.value, part.place) for part in row.parts] == [("0", "−1.00")]
    assert row.placed == "−1.00"


def test_program_beyond_the_rows_kept_has_a_range_all_the_same(visitor: uuid.UUID) -> None:
    """The answers tell two rows each; others that moved have their ranges worked out for the receipt."""
    kept: dict[str, Any] = {"max_applications": 2, "top": 2, "explain": 0}
    score = {"status": "pass", "score": 255, "attempts": 1}
    groups = groups_of(asked(visitor, options=kept), asked(visitor, options=kept, step2ck=score))
    rows = [row for group in groups.values() for row in (*group.rows, *group.more)]
    assert len(rows) > 4
    assert all(
        "–" in side.words or "up to" in side.words for row in rows for side in (row.before, row.after) if side
    )
