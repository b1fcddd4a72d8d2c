from dataclasses import replace

import numpy as np
import pytest

from matching.calibration.choose import (
    Looked,
    Sent,
    hidden_openness,
    impressions,
    look,
    send,
    signals_on,
)
from matching.calibration.population import Member
from matching.scoring.signals import SignalTable
from tests.calibration.made_world import world
from tests.scoring.made_catalogue import columns_of, model_now, plain_applicant, track_make

NO_SIGNALS = SignalTable(2025, {})


def sent_of(looked: Looked, applications: int, *, known: float, signals: SignalTable = NO_SIGNALS) -> Sent:
    values = {**world().values, "population.openness_known": known}
    member = Member(plain_applicant(), applications)
    return send([member], [looked], world().columns, (1, 0), values=values, signals=signals)


def looked_at() -> Looked:
    rows = np.flatnonzero(world().columns.specialty == world().columns.specialties.index("pediatrics"))
    return Looked(rows, np.linspace(-4, -3, len(rows)), np.ones(len(rows)))


def test_hidden_openness_is_one_a_program_and_seeded() -> None:
    columns = columns_of(
        track_make(1), track_make(2, program_key="key1", track="primary-care"), track_make(3)
    )
    found = hidden_openness(columns, 5)
    assert found[0] == found[1] != found[2]
    assert np.array_equal(found, hidden_openness(columns, 5))
    assert not np.array_equal(found, hidden_openness(columns, 6))


@pytest.mark.parametrize("known", [0.0, 0.4, 0.7, 1.0])
def test_impressions_tell_as_much_as_is_known(known: float) -> None:
    columns = columns_of(*(track_make(number) for number in range(1, 1501)))
    hidden = hidden_openness(columns, 1)
    expected = impressions(columns, hidden, known, (1, 0, 0))
    assert expected.std() == pytest.approx(known, abs=0.06)
    if known:
        assert np.corrcoef(expected, hidden)[0, 1] == pytest.approx(known, abs=0.06)


def test_look_leaves_out_what_is_closed_old_or_not_asked_for() -> None:
    columns = columns_of(
        track_make(1),
        track_make(2, facts={"min_step2ck": 280.0}),
        track_make(3, listing_status="old"),
        track_make(4, specialty="surgery"),
        track_make(5, track="preliminary"),
        track_make(6, track="advanced"),
        track_make(7, ("PR", "San Juan")),
        track_make(8, program_key="key1", track="primary-care"),
    )
    member = Member(plain_applicant(specialties=("internal-medicine",)), 5)
    (found,) = look([member], columns, model_now().central)
    closed = columns.row_of["sp00002"]
    by_preference = [closed] if closed in found.rows else []
    assert [columns.ids[row] for row in found.rows if row not in by_preference] == ["sp00001", "sp00006"]
    assert len(found.log_odds) == len(found.sd) == len(found.rows)


def test_everyone_sends_her_number_or_all_there_are() -> None:
    looked = looked_at()
    assert len(sent_of(looked, 7, known=0.5).row) == 7
    assert len(sent_of(looked, 500, known=0.5).row) == len(looked.rows)
    nowhere = Looked(looked.rows[:0], looked.log_odds[:0], looked.sd[:0])
    assert sent_of(nowhere, 5, known=0.5).start.tolist() == [0, 0]


def test_who_knows_nothing_goes_by_log_odds_and_who_knows_all_by_the_truth() -> None:
    looked = looked_at()
    truth = looked.log_odds + hidden_openness(world().columns, 1)[looked.rows]
    blind, seeing = sent_of(looked, 5, known=0.0), sent_of(looked, 5, known=1.0)
    assert blind.row.tolist() == looked.rows[::-1][:5].tolist()
    assert seeing.row.tolist() == looked.rows[np.argsort(-truth)[:5]].tolist()
    assert seeing.log_odds.tolist() == pytest.approx(np.sort(truth)[::-1][:5].tolist())
    assert blind.log_odds.mean() < seeing.log_odds.mean()


def test_a_common_level_changes_no_choice() -> None:
    looked = looked_at()
    lifted = replace(looked, log_odds=looked.log_odds + 2.5)
    one, other = (sent_of(given, 8, known=0.7, signals=world().signals) for given in (looked, lifted))
    assert one.row.tolist() == other.row.tolist()
    assert (other.log_odds - one.log_odds).tolist() == pytest.approx([2.5] * 8)


def test_signals_go_to_the_best_of_each_specialty_the_stronger_first() -> None:
    columns, values = world().columns, world().values
    medicine, psychiatry = (
        np.flatnonzero(columns.specialty == columns.specialties.index(name))
        for name in ("internal-medicine", "psychiatry")
    )
    rows = np.empty(40, dtype=np.int64)
    rows[0::2], rows[1::2] = medicine[:20], psychiatry[:20]
    found = signals_on(rows, columns, world().signals, values)
    gold, silver, single = (values[f"signal.{level}"] for level in ("gold", "silver", "single"))
    assert found[0::2].tolist() == [gold] * 3 + [silver] * 12 + [0.0] * 5
    assert found[1::2].tolist() == [single] * 10 + [0.0] * 10
    off = {**values, "population.signals": 0.0}
    assert not signals_on(rows, columns, world().signals, off).any()
    assert not signals_on(rows, columns, NO_SIGNALS, values).any()
