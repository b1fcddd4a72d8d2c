from matching.presentation.signal_counts import LevelCount, signal_counts, signal_kinds
from matching.scoring.signals import SignalTable

TABLE = SignalTable.from_rows(
    [
        {"season": "2025", "specialty": "im", "gold": "3", "silver": "12", "single": "", "source": "s"},
        {"season": "2027", "specialty": "fm", "gold": "", "silver": "", "single": "5", "source": "s"},
    ],
    "2027",
)


def test_signal_kinds_are_those_of_the_specialty() -> None:
    assert signal_kinds(TABLE, "im") == {"gold": 3, "silver": 12}
    assert signal_kinds(TABLE, "fm") == {"signal": 5}
    assert signal_kinds(TABLE, "dermatology") == {}


def test_signal_counts_say_placed_of_available_and_of_which_season() -> None:
    entries = [
        ("im", "Internal medicine", "gold"),
        ("im", "Internal medicine", ""),
        ("fm", "Family", "signal"),
    ]
    family, internal = signal_counts(entries, TABLE, "2027")
    assert [level.words for level in internal.levels] == ["1 of 3", "0 of 12"]
    assert [level.words for level in family.levels] == ["1 of 5"]
    assert (internal.season, family.season) == ("2025", "")


def test_signal_counts_too_many_are_said() -> None:
    (internal,) = signal_counts([("im", "Internal medicine", "gold")] * 5, TABLE, "2027")
    assert internal.levels[0] == LevelCount("gold", "Gold signal", 5, 3)
    assert internal.levels[0].words == "5 of 3: 2 too many"


def test_signal_counts_of_a_specialty_without_signals() -> None:
    (none,) = signal_counts([("derm", "Dermatology", "")], TABLE, "2027")
    assert none.levels == ()
    (sent,) = signal_counts([("derm", "Dermatology", "gold")], TABLE, "2027")
    assert [level.words for level in sent.levels] == ["1 of 0: 1 too many"]
