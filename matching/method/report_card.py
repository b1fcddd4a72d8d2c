"""The report card: what the model was fitted to, and what nobody has checked, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.calibration.report import GROUP_WORDS, KIND_WORDS, bands
from matching.presentation.numbers import average, counted, listed, percent

Document = Mapping[str, Any]
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
STRONGEST = 8


@dataclass(frozen=True, slots=True)
class FittedRow:
    kind: str
    headline: str
    population: str
    parameter: str
    value: str
    span: str


@dataclass(frozen=True, slots=True)
class Table:
    """``rows``: a name and a cell for each of ``heads``."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class KnownRow:
    known: str
    base: str
    rate: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    title: str
    match: str
    span: str


@dataclass(frozen=True, slots=True)
class ReportCard:
    """Everything the page says in numbers, in words already."""

    year: str
    check_year: str
    check_headline: str
    check_rate: str
    check_residual: str
    people: str
    fitted: tuple[FittedRow, ...]
    known: tuple[KnownRow, ...]
    blind: str
    groups: tuple[Table, ...]
    interviews: Table
    expected_interviews: str
    samples: tuple[SampleRow, ...]
    strongest: tuple[tuple[str, str], ...]
    digest: str


def checked_words(validation: Document | None) -> str:
    """Whose chances were held against what happened, and how many; "" where nobody's were."""
    if not validation or not validation["kinds"]:
        return ""
    kinds = listed([KIND_WORDS[kind] for kind in KIND_WORDS if kind in validation["kinds"]])
    applicants = counted(validation["applicants"], "applicant")
    return f"{_capital(kinds)}: {applicants}, seasons {listed(list(validation['seasons']))}."


def report_card(document: Document) -> ReportCard:
    """The page of a calibration's document."""
    check, expected = document["check"], document["expected_interviews"]
    people = document["people"] * len(document["seeds"])
    return ReportCard(
        year=document["target_year"],
        check_year=check["year"],
        check_headline=_share(check["headline"]),
        check_rate=_share(check["rate"]),
        check_residual=_signed(100 * check["residual"], 1),
        people=f"{people:,}",
        fitted=tuple(_fitted(row) for row in document["fitted"]),
        known=tuple(
            KnownRow(f"{row['known']:g}", _signed(row["base"], 2, plus=False), _share(row["rate"]))
            for row in document["openness_known"]
        ),
        blind=_share(document["openness_known"][0]["rate"]),
        groups=tuple(_groups(document, name, title) for name, title in GROUP_WORDS.items()),
        interviews=_interviews(document),
        expected_interviews=f"{expected['low']:g} to {expected['high']:g}",
        samples=tuple(
            SampleRow(row["title"], percent(row["match"]), f"{percent(row['low'])} to {percent(row['high'])}")
            for row in document["samples"]
        ),
        strongest=_strongest(document),
        digest=document["parameters"],
    )


def _fitted(row: Mapping[str, Any]) -> FittedRow:
    low, high = _signed(row["low"], 2, plus=False), _signed(row["high"], 2, plus=False)
    return FittedRow(
        kind=_capital(KIND_WORDS[row["kind"]]),
        headline=_share(row["target"]),
        population=_share(row["rate"]),
        parameter=row["parameter"],
        value=_signed(row["value"], 2, plus=False),
        span=f"{low} to {high}",
    )


def _groups(document: Document, name: str, title: str) -> Table:
    """P(match) of the two kinds of IMG, band by band."""
    kinds = ("us_img", "non_us_img")
    found = {kind: {group["name"]: group for group in document["groups"][kind][name]} for kind in kinds}
    names = [label for label in bands(document, name) if any(label in found[kind] for kind in kinds)]
    rows = tuple(
        (
            label.replace("-", " "),
            tuple(percent(found[kind][label]["match"]) if label in found[kind] else DASH for kind in kinds),
        )
        for label in names
    )
    return Table(title, tuple(_capital(KIND_WORDS[kind]) for kind in kinds), rows)


def _interviews(document: Document) -> Table:
    rows = tuple(
        (
            _capital(KIND_WORDS[kind]),
            tuple(
                average(number)
                for number in (
                    document["groups"][kind]["all"][0]["interviews_per_100"],
                    document["interviews"][kind]["matched"],
                    document["interviews"][kind]["unmatched"],
                )
            ),
        )
        for kind in KIND_WORDS
    )
    heads = ("In 100 applications", "Each who matches", "Each who does not")
    return Table("Interviews offered", heads, rows)


def _strongest(document: Document) -> tuple[tuple[str, str], ...]:
    """The judgements that move the base most: the parameter at an end of its range, and the shift."""
    moved = [row for row in document["sensitivity"] if "us_img" in row["intercepts"]]
    moved.sort(key=lambda row: -abs(row["intercepts"]["us_img"]))
    return tuple(
        (
            f"{row['name']} = {_signed(row['value'], None, plus=False)}",
            _signed(row["intercepts"]["us_img"], 2),
        )
        for row in moved[:STRONGEST]
    )


def _share(value: float) -> str:
    """With a decimal: these are compared with published figures that have one."""
    return f"{100 * value:.1f}%"


def _signed(value: float, decimals: int | None, *, plus: bool = True) -> str:
    digits = f"{abs(value):g}" if decimals is None else f"{abs(value):.{decimals}f}"
    sign = MINUS if value < 0 else "+" if plus else ""
    return sign + digits


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
