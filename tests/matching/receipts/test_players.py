from dataclasses import fields, replace
from typing import Any

import pytest

from matching.inputs import applicant_of, options_of
from matching.receipts.ends import End
from matching.receipts.groups import ANSWER_GROUPS, GROUPS, OPTION_GROUPS, SECTIONS, WORDS
from matching.receipts.players import Players, mixtures_of, players_of
from matching.reference import model_for, model_with
from matching.schema import MatchOptions
from matching.scoring.applicant import Applicant, Options
from matching.scoring.attribution import MOST
from tests.matching.inputs import profile_of
from tests.matching.made_snapshot import catalogue_of, row_make
from tests.matching.receipts.made import rows_with

PASSED = {"status": "pass", "attempts": 1}
SEVEN: dict[str, Any] = {
    "graduation_year": 2019,
    "ecfmg_certified": False,
    "step3": PASSED,
    "step1": {"status": "pass", "attempts": 2},
    "letters": [],
    "languages": ["es"],
    "wishes": {"ring": "california"},
}


def end_make(*, options: dict[str, Any] | None = None, **profile: Any) -> End:
    asked = options_of(MatchOptions(**(options or {})))
    return End(applicant_of(profile_of(**profile)), asked, catalogue_of(row_make(1)), model_for("2027"))


def codes(players: Players) -> list[str]:
    return [player.code for player in players.each]


def test_players_are_what_changed_and_nothing_else() -> None:
    after = end_make(step3=PASSED, options={"max_applications": 40})
    assert codes(players_of(end_make(), after)) == ["step3", "limits"]


def test_players_of_the_same_are_none() -> None:
    assert players_of(end_make(), end_make()) == Players((), together=False)


def test_players_leave_out_what_the_core_does_not_read() -> None:
    after = end_make(medical_school={"country": "DM"})
    assert codes(players_of(end_make(), after)) == []


def test_players_name_data_and_model() -> None:
    before = end_make()
    newer = replace(
        before, catalogue=catalogue_of(row_make(2)), model=model_with("2027", rows_with(luck__sigma="0.7"))
    )
    assert codes(players_of(before, newer)) == ["data", "model"]


def test_players_above_six_are_taken_by_section() -> None:
    players = players_of(end_make(), end_make(**SEVEN))
    assert players.together
    assert codes(players) == ["section:you", "section:exams", "section:training", "section:asked"]
    assert sorted(code for player in players.each for code in player.groups) == sorted(SEVEN)


def test_players_are_never_more_than_can_be_mixed() -> None:
    assert len(SECTIONS) + 2 <= MOST


def test_mixtures_run_from_one_end_to_the_other() -> None:
    before, after = end_make(), end_make(**SEVEN, options={"signals": False})
    mixed = mixtures_of(before, after, players_of(before, after).each)
    assert mixed[0] == before
    assert (mixed[-1].applicant, mixed[-1].options) == (after.applicant, after.options)


def test_mixture_takes_only_what_it_names() -> None:
    before, after = end_make(), end_make(step3=PASSED, letters=[])
    step3 = mixtures_of(before, after, players_of(before, after).each)[1]
    assert step3.applicant == replace(before.applicant, step3=after.applicant.step3)


@pytest.mark.parametrize(
    ("groups", "kind", "apart"),
    [
        (ANSWER_GROUPS, Applicant, {"school_country"}),
        (OPTION_GROUPS, Options, {"top", "ranges", "explain"}),
    ],
)
def test_groups_hold_every_member_the_core_reads(groups: Any, kind: type[Any], apart: set[str]) -> None:
    """What is apart moves no number: the country of a school, and how much of an answer is shown."""
    read = [name for group in groups for name in group.reads]
    assert len(read) == len(set(read))
    assert set(read) | apart == {field.name for field in fields(kind)}


def test_groups_have_words() -> None:
    assert all(WORDS[code] for code in GROUPS)
    assert {group.section for group in GROUPS.values()} == {section.code for section in SECTIONS}
