"""What of a roster is told: no number from 1 to 4, and none that gives one away."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from programs.countries import COUNTRIES
from programs.public import (
    FEWER,
    LEAST,
    NOT_KNOWN,
    WITHHELD,
    Cells,
    RosterPublic,
    counts_public,
    roster_public,
)
from programs.roster_rows import IMGS, ResidentRow

Floats = NDArray[np.float64]

T, G, U, N = "residents_total", "residents_img", "residents_us_img", "residents_non_us_img"


def counts(us: int, other: int, rest: int) -> dict[str, float]:
    return {T: us + other + rest, G: us + other, U: us, N: other}


@pytest.mark.parametrize(
    ("true", "told"),
    [
        (counts(6, 9, 15), {T: 30, G: 15, U: 6, N: 9}),
        (counts(0, 0, 30), {T: 30, G: 0, U: 0, N: 0}),
        (counts(2, 0, 28), {T: 30, G: FEWER, U: FEWER, N: 0}),
        (counts(20, 3, 37), {T: 60, G: WITHHELD, U: 20, N: FEWER}),  # 23 − 20 would tell the 3
        (counts(3, 20, 37), {T: 60, G: WITHHELD, U: FEWER, N: 20}),
        (
            counts(20, 3, 2),
            {T: 25, G: WITHHELD, U: WITHHELD, N: FEWER},
        ),  # 25 − 20 leaves 5 for two small ones
        (counts(20, 8, 2), {T: 30, G: WITHHELD, U: 20, N: WITHHELD}),  # 30 − 28 would tell the 2
        (counts(28, 0, 2), {T: 30, G: WITHHELD, U: WITHHELD, N: 0}),
        (counts(1, 5, 0), {T: 6, G: WITHHELD, U: WITHHELD, N: WITHHELD}),
        (counts(2, 0, 1), {T: FEWER, G: WITHHELD, U: WITHHELD, N: 0}),
        ({T: 30, G: 4}, {T: 30, G: FEWER}),
        ({T: 30, G: 27}, {T: 30, G: WITHHELD}),
        ({T: 30}, {T: 30}),
        ({G: 3, U: 3}, {G: WITHHELD, U: WITHHELD}),
    ],
)
def test_counts_public_tells_no_small_number_nor_what_gives_it_away(
    true: dict[str, float], told: dict[str, float | str]
) -> None:
    assert counts_public(true) == told


@pytest.mark.parametrize("most", [36])
def test_counts_public_leaves_every_small_number_open_to_one_who_knows_the_rule(most: int) -> None:
    """Every roster of up to 36: among those told alike, no small number is always the same."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for us, other in product(range(most + 1), repeat=2):
        for rest in range(most + 1 - us - other):
            if total := us + other + rest:
                told = counts_public(counts(us, other, rest))
                alike[tuple(told.items())].append((us, other, rest, us + other, total))
    for said, worlds in alike.items():
        for values in zip(*worlds, strict=True):
            assert len(set(values)) > 1 or not 0 < values[0] < LEAST, (said, worlds)


SCHOOLS = {
    "GD": ("St. Harbor", "Grand Bay"),
    "DM": ("Ross Point",),
    "US": ("State A", "State B"),
    "CA": ("North",),
    "": ("", "Somewhere"),
}


@st.composite
def residents(draw: st.DrawFn) -> list[ResidentRow]:
    """Groups of alike residents, so that cells of every size come about."""
    rows = []
    for _ in range(draw(st.integers(1, 7))):
        country = draw(st.sampled_from(sorted(SCHOOLS)))
        kinds = {"US": ["us_md", "us_do"], "CA": ["us_md", "non_us_img"]}.get(
            country, ["us_img", "non_us_img", *(["img"] if draw(st.booleans()) else [])]
        )
        row = ResidentRow(
            draw(st.sampled_from([2023, 2024, 2025, None])),
            draw(st.sampled_from(SCHOOLS[country])),
            country,
            draw(st.sampled_from(kinds)),
        )
        rows += [row] * draw(st.integers(1, 12))
    return rows


@settings(max_examples=150, deadline=None)
@given(residents())
def test_roster_public_no_small_cell_follows_by_sums_and_differences(rows: list[ResidentRow]) -> None:
    """What is told as equations over the residents that are alike; a cell that follows lies in their span."""
    kinds = possible(rows)
    number = np.array(
        [sum(replace(row, class_year=row.class_year or 0) == kind for row in rows) for kind in kinds],
        dtype=float,
    )
    assert number.sum() == len(rows)
    told = roster_public(rows)
    known = np.array(equations(told, kinds), dtype=float).reshape(-1, len(kinds))
    assert np.allclose(known @ number, values(told))
    rank = np.linalg.matrix_rank(known)
    for name, cell in cells(kinds).items():
        if 0 < cell @ number < LEAST:
            assert np.linalg.matrix_rank(np.vstack([known, cell])) > rank, (name, told)


@settings(max_examples=100, deadline=None)
@given(residents())
def test_roster_public_writes_no_number_below_five_but_zero(rows: list[ResidentRow]) -> None:
    assert all(value == 0 or value >= LEAST for value in values(roster_public(rows)))


def possible(rows: list[ResidentRow]) -> list[ResidentRow]:
    """Whom a reader has to reckon with: any kind that a country allows, in any class, from the schools there
    are. That nobody is of one of them is not known to her."""
    apart = {"US": ("us_md", "us_do"), "CA": ("us_md", "us_img", "non_us_img", "img")}
    places = sorted({(row.school, row.country) for row in rows})
    return [
        ResidentRow(year, school, country, kind)
        for year in sorted({row.class_year or 0 for row in rows})
        for school, country in places
        for kind in apart.get(country, ("us_img", "non_us_img", "img"))
        if kind != "img" or any(row.kind == "img" for row in rows)
    ]


def by_count(kind: ResidentRow) -> dict[str, bool]:
    return {T: True, G: kind.kind in IMGS, U: kind.kind == "us_img", N: kind.kind == "non_us_img"}


def tables(told: RosterPublic) -> list[tuple[str, Cells | None]]:
    return [("school", told.schools), ("country", told.countries), ("year", told.years)]


def label(kind: ResidentRow, table: str) -> str:
    country = COUNTRIES.get(kind.country, NOT_KNOWN)
    return {"school": kind.school, "country": country, "year": str(kind.class_year or NOT_KNOWN)}[table]


def equations(told: RosterPublic, kinds: list[ResidentRow]) -> list[list[float]]:
    found = [
        [float(by_count(kind)[field]) for kind in kinds]
        for field, value in told.counts.items()
        if not isinstance(value, str)
    ]
    for table, cells_told in tables(told):
        if cells_told is not None:
            rows = [name for name, _ in cells_told.rows]
            found += [[float(label(kind, table) == name) for kind in kinds] for name in rows]
            found.append([float(label(kind, table) not in rows) for kind in kinds])
    return found


def values(told: RosterPublic) -> list[float]:
    found = [float(value) for value in told.counts.values() if not isinstance(value, str)]
    for _, cells_told in tables(told):
        if cells_told is not None:
            found += [float(count) for _, count in cells_told.rows]
            found.append(float(cells_told.other))
    return found


def cells(kinds: list[ResidentRow]) -> dict[object, Floats]:
    """Every cell a reader may ask for: kind, school, country, class year, country among IMGs or others."""
    found: dict[object, Floats] = {}
    for at, kind in enumerate(kinds):
        asked = [
            ("kind", kind.kind), ("img", kind.kind in IMGS), ("school", kind.school),
            ("country", kind.country), ("year", kind.class_year),
            ("country and img", kind.country, kind.kind in IMGS),
        ]  # fmt: skip
        for name in asked:
            found.setdefault(name, np.zeros(len(kinds)))[at] = 1.0
    return found
