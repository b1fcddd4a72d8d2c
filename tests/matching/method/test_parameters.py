import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from matching.method.parameters import (
    COLUMNS,
    KIND_WORDS,
    base_moves,
    found_by,
    groups,
    kind_counts,
    parameters_csv,
)
from matching.parameter_uses import USES, uses_of
from matching.reference import model_for
from matching.scoring.parameters import KINDS
from programs.reference import reference_rows

EVERY = model_for("2027").parameters.rows()
ROWS = reference_rows("parameters")


def test_each_parameter_stands_once_with_all_that_the_file_says() -> None:
    shown = [row for group in groups(EVERY, {}) for row in group.rows]
    by_name = {row.name: row for row in shown}
    assert len(shown) == len(by_name) == len(ROWS)
    for stated in ROWS:
        row = by_name[stated["name"]]
        assert float(row.value.replace("−", "-")) == float(stated["value"])
        assert (row.unit, row.kind, row.source, row.note) == tuple(
            stated[column] for column in ("unit", "kind", "source", "note")
        )
        if row.span:
            ends = [float(end.replace("−", "-")) for end in row.span.split(" to ")]
            assert ends == [float(stated["low"]), float(stated["high"])]
        else:
            assert stated["low"] in ("", stated["value"]) or float(stated["low"]) == float(stated["high"])


def test_every_parameter_is_read_by_something_the_registry_names() -> None:
    titles = [title for title, _ in USES]
    for parameter in EVERY:
        assert uses_of(parameter.name), parameter.name
        assert set(uses_of(parameter.name)) <= set(titles)


def test_kinds_are_counted_from_the_file_and_each_has_its_words() -> None:
    counts = {each.kind: each.count for each in kind_counts(EVERY)}
    assert counts == {kind: sum(row["kind"] == kind for row in ROWS) for kind in counts}
    assert sum(counts.values()) == len(ROWS)
    assert set(KIND_WORDS) == KINDS


@given(
    words=st.lists(
        st.sampled_from(["usce", "score", "img", "weeks", "zzz", "Match", "log-odds"]), max_size=3
    ),
    kind=st.sampled_from(["", *sorted(KINDS)]),
)
def test_a_filter_keeps_some_and_never_changes_one(words: list[str], kind: str) -> None:
    found = found_by(EVERY, " ".join(words), kind)
    assert all(parameter in EVERY for parameter in found)
    assert all(not kind or parameter.kind == kind for parameter in found)
    shown = [row.name for group in groups(found, {}) for row in group.rows]
    assert sorted(shown) == sorted(parameter.name for parameter in found)
    fewer = found_by(EVERY, " ".join([*words, "score"]), kind)
    assert {one.name for one in fewer} <= {one.name for one in found}


def test_words_are_looked_for_in_name_use_source_and_note() -> None:
    assert {one.name for one in found_by(EVERY, "usce.HANDS_ON")} == {"usce.hands_on_per_4_weeks"}
    assert "luck.sigma" in {one.name for one in found_by(EVERY, "from interviews to a match")}
    assert found_by(EVERY, "rxradio", "headline")
    assert not found_by(EVERY, "rxradio", "published")


def test_what_a_range_moves_is_what_the_calibration_measured() -> None:
    def end(value: float, **shifts: float) -> dict[str, object]:
        return {"name": "a", "value": value, "intercepts": shifts}

    measured = {
        "sensitivity": [end(0.7, us_img=0.374), end(1.3, us_img=-0.43), {**end(1, us_do=2.0), "name": "b"}]
    }
    assert base_moves(measured) == {"a": "at 0.7: +0.37; at 1.3: −0.43"}
    small = {"sensitivity": [end(0, us_img=0.004), end(1, us_img=-0.001)]}
    assert base_moves(small) == {"a": "by less than 0.005"}
    assert base_moves(None) == {}


def test_the_file_has_every_parameter_and_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(parameters_csv(EVERY, {"luck.sigma": "at 0: +1.00"}))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == [parameter.name for parameter in EVERY]
    for row, parameter in zip(rows, EVERY, strict=True):
        assert float(row["value"]) == parameter.value
        assert row["used_by"].split("; ") == list(uses_of(parameter.name))
    assert {row["name"]: row["base_moves"] for row in rows}["luck.sigma"] == "at 0: +1.00"
