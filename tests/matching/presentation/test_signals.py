from typing import Any

from matching.presentation.signals import Level, Signalled, signal_tag, signals_of
from tests.matching.presentation.samples import row_of, summary_of


def use_of(**values: Any) -> dict[str, Any]:
    return {
        "specialty": "internal-medicine",
        "season": "2025",
        "of_this_season": False,
        "source": "somebody",
        "levels": [
            {"level": "gold", "available": 3, "placed": 1},
            {"level": "silver", "available": 1, "placed": 1},
        ],
        **values,
    }


def test_each_level_names_its_programs_and_what_is_left() -> None:
    rows = [row_of(1, signal="gold"), row_of(2, signal=None), row_of(3, signal="silver")]
    (found,) = signals_of(summary_of(signals=[use_of()]), rows)
    assert found.specialty == "Internal medicine"
    assert found.levels == (
        Level("3 gold signals, 1 placed", (Signalled("sp00001", "Hospital 1"),)),
        Level("1 silver signal", (Signalled("sp00003", "Hospital 3"),)),
    )


def test_counts_of_an_earlier_season_are_said_to_be_so() -> None:
    (old,) = signals_of(summary_of(signals=[use_of()]), [])
    (new,) = signals_of(summary_of(signals=[use_of(of_this_season=True)]), [])
    assert "2025" in old.caution
    assert new.caution == ""


def test_no_counts_no_advice() -> None:
    assert signals_of(summary_of(), [row_of()]) == ()
    assert signal_tag(row_of()) == signal_tag(row_of(signal=None)) == ""
    assert signal_tag(row_of(signal="single")) == "signal"
