"""What holds of every verdict, whatever is stated and whoever asks."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.scoring.applicant import Applicant, Exam, Experience
from matching.scoring.columns import Columns
from matching.scoring.gates import gates_evaluate
from matching.scoring.registry import GATES
from matching.scoring.rules import FAIL, PASS, UNKNOWN
from tests.scoring.made_catalogue import MadeTrack, changed, columns_of, model_now
from tests.scoring.made_strategies import FEW, applicants, catalogues

Judged = dict[tuple[str, str], int]
ATTEMPTS = ("max_attempts_step1", "max_attempts_step2ck")


def judged(applicant: Applicant, columns: Columns) -> Judged:
    """Verdicts by (gate, track id)."""
    model = model_now()
    found = gates_evaluate(
        columns.rules, applicant, application_year=model.application_year, parameters=model.parameters
    )
    return {
        (GATES[gate].name, columns.ids[row]): int(verdict)
        for gate, row, verdict in zip(found.gate, found.rows, found.verdict, strict=True)
    }


def disputed(track: MadeTrack) -> MadeTrack:
    """Each number and code disputed by a source as sure that says a limit twice as hard, or the opposite."""
    turned: dict[str, float | str] = {"yes": "no", "no": "yes", "none": 1.0}
    facts = {}
    for field, fact in track.facts.items():
        other: float | str | None = turned.get(fact.value) if isinstance(fact.value, str) else None
        if isinstance(fact.value, float):
            other = fact.value * 2 if field.startswith(("min_", "usce")) else fact.value / 2
        rivals = () if other is None else (replace(fact, value=other, id=fact.id + 500),)
        facts[field] = replace(fact, others=rivals, conflicts=len(rivals))
    return replace(track, facts=facts)


# What is not said, and what is then told of it.
TELLINGS: tuple[tuple[str, Any, Any], ...] = (
    *((member, None, None) for member in ("applicant_type", "graduation_year", "visa_needed", "experience")),
    *((member, None, None) for member in ("ecfmg_certified", "military_service")),
    *((step, Exam(), None) for step in ("step1", "step2ck", "step3")),
    *(
        (step, Exam("pending", None, attempts), result)
        for step in ("step1", "step2ck")
        for attempts in (1, 2)
        for result in (Exam("pass", 240, attempts), Exam("fail", 200, attempts))
    ),
)


@FEW
@given(me=applicants(), known=applicants(), made=catalogues(), dispute=st.booleans(), data=st.data())
def test_telling_more_settles_verdicts_and_turns_none(
    me: Applicant, known: Applicant, made: tuple[MadeTrack, ...], dispute: bool, data: st.DataObject
) -> None:
    """Kleene: what was decided stays decided, whatever is told beside it."""
    columns = columns_of(*(disputed(track) if dispute else track for track in made))
    member, blank, result = data.draw(st.sampled_from(TELLINGS))
    told = getattr(known, member) if result is None else result
    more = changed(me, **{member: told})
    assume(more.applicant_type != "us_img" or more.visa_needed in (None, "none"))
    before, after = judged(changed(me, **{member: blank}), columns), judged(more, columns)
    for key in set(before) & set(after):
        assert before[key] in (UNKNOWN, after[key]), (key, before[key], after[key])


IMPROVEMENTS: tuple[tuple[str, Any], ...] = (
    (
        "a higher score",
        lambda me: replace(me, step2ck=replace(me.step2ck, score=(me.step2ck.score or 214) + 5)),
    ),
    (
        "first-attempt passes",
        lambda me: replace(me, step1=Exam("pass", 250, 1), step2ck=Exam("pass", 260, 1)),
    ),
    ("Step 3 passed", lambda me: replace(me, step3=Exam("pass"))),
    (
        "more experience",
        lambda me: replace(me, experience=(*(me.experience or ()), Experience("elective", 60))),
    ),
    ("the certificate", lambda me: replace(me, ecfmg_certified=True)),
    ("a later graduation", lambda me: replace(me, graduation_year=(me.graduation_year or 2020) + 2)),
)


@FEW
@given(me=applicants(), made=catalogues(), dispute=st.booleans(), better=st.sampled_from(IMPROVEMENTS))
def test_getting_better_never_turns_a_pass_into_anything_less(
    me: Applicant, made: tuple[MadeTrack, ...], dispute: bool, better: tuple[str, Any]
) -> None:
    if better[0] == "a higher score" and (me.step2ck.status != "pass" or me.step2ck.score is None):
        return
    columns = columns_of(*(disputed(track) if dispute else track for track in made))
    before, after = judged(me, columns), judged(better[1](me), columns)
    passed = {key for key, verdict in before.items() if verdict == PASS}
    assert all(after.get(key, PASS) == PASS for key in passed)


@FEW
@given(me=applicants(), made=catalogues(), dispute=st.booleans())
def test_a_first_attempt_pass_meets_every_limit_of_attempts(
    me: Applicant, made: tuple[MadeTrack, ...], dispute: bool
) -> None:
    columns = columns_of(*(disputed(track) if dispute else track for track in made))
    first = replace(me, step1=Exam("pass", None, 1), step2ck=Exam("pass", 230, 1))
    assert {v for (gate, _), v in judged(first, columns).items() if gate in ATTEMPTS} <= {PASS}


@FEW
@given(me=applicants(), made=catalogues())
def test_a_dispute_leaves_a_verdict_or_makes_it_unknown(me: Applicant, made: tuple[MadeTrack, ...]) -> None:
    plain, contested = judged(me, columns_of(*made)), judged(me, columns_of(*map(disputed, made)))
    assert set(plain) == set(contested)
    for key, verdict in contested.items():
        assert verdict in (UNKNOWN, plain[key]) or key[0] in ("visa", "step3_for_h1b"), key


@FEW
@given(me=applicants(), made=catalogues(), seed=st.randoms())
def test_the_order_of_the_catalogue_changes_no_verdict(
    me: Applicant, made: tuple[MadeTrack, ...], seed: Any
) -> None:
    shuffled = list(made)
    seed.shuffle(shuffled)
    assert judged(me, columns_of(*shuffled)) == judged(me, columns_of(*made))


@FEW
@given(me=applicants(), made=catalogues())
def test_only_what_is_stated_is_judged_and_by_three_values(
    me: Applicant, made: tuple[MadeTrack, ...]
) -> None:
    found = judged(me, columns_of(*made))
    assert set(found.values()) <= {PASS, UNKNOWN, FAIL}
    bare = columns_of(*(replace(track, facts={}) for track in made))
    assert {gate for gate, _ in judged(me, bare)} <= {"california_licence"}
    assert np.all([verdict == UNKNOWN for verdict in judged(Applicant(), bare).values()])
