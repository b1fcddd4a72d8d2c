"""Who trains at a program, year by year, as far as anybody has said and the public may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programs.models import ProgramFact
from programs.public import FEWER, Told, is_counted

# Field to the words of its column, in the order of the columns.
COUNTS = {
    "residents_us_img": "US-citizen IMGs",
    "residents_non_us_img": "other IMGs",
    "residents_img": "IMGs in all",
    "residents_total": "residents",
}
TOTAL = "residents_total"
MOST_DOTS = 150
DOTS_A_LINE = 25
STEP = 12


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class ResidentYear:
    """``counts`` in the order of ``COUNTS``; None where not said."""

    year: str
    counts: tuple[Told | None, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(map(_cell, self.counts))


@dataclass(frozen=True, slots=True)
class Residents:
    """The newest year in a sentence and as one dot a resident (none where too many), and every year.

    ``key``: kind of dot and its words.
    """

    sentence: str
    dots: tuple[Dot, ...]
    key: tuple[tuple[str, str], ...]
    width: int
    height: int
    columns: tuple[str, ...]
    years: tuple[ResidentYear, ...]


def residents(
    facts: Sequence[ProgramFact], earlier: Mapping[str, Mapping[str, Told]] | None = None
) -> Residents | None:
    """None unless all residents and some from abroad are counted in one year. ``facts``: current first, as
    the public sees them; ``earlier``: by season what rosters before the newest one say, as it may be told."""
    by_year: dict[str, dict[str, Told]] = {}
    for fact in facts:
        told = fact.value_as_stated if is_counted(fact) and fact.value is None else fact.value_number
        if fact.field in COUNTS and told is not None:
            year = fact.season or (str(fact.page_year) if fact.page_year else "")
            by_year.setdefault(year, {}).setdefault(fact.field, told)
    for year, counts in (earlier or {}).items():
        by_year.setdefault(year, dict(counts))
    whole = {year: said for year, said in by_year.items() if TOTAL in said and len(said) > 1}
    if not whole:
        return None
    newest = max(whole)
    said = whole[newest]
    dots = _dots(said)
    return Residents(
        sentence=_sentence(newest, said),
        dots=dots,
        key=_key(dots, said),
        width=DOTS_A_LINE * STEP,
        height=(dots[-1].y + STEP // 2) if dots else 0,
        columns=tuple(COUNTS.values()),
        years=tuple(
            ResidentYear(year or "not dated", tuple(by_year[year].get(field) for field in COUNTS))
            for year in sorted(by_year, reverse=True)
        ),
    )


def _cell(count: Told | None) -> str:
    if count is None:
        return "–"
    if isinstance(count, str):
        return count if count == FEWER else "not shown"
    return f"{count:g}"


def _key(dots: Sequence[Dot], said: Mapping[str, Told]) -> tuple[tuple[str, str], ...]:
    """What the dots there are stand for. The rest may hold IMGs whom nobody has counted."""
    abroad = "other IMG" if "residents_us_img" in said else "IMG" if "residents_img" in said else "non-US IMG"
    words = {"us-img": "US-citizen IMG", "img": abroad, "other": "the rest"}
    drawn = {dot.kind for dot in dots}
    return tuple((kind, name) for kind, name in words.items() if kind in drawn)


def _abroad(said: Mapping[str, float]) -> tuple[float, float]:
    """(US-citizen IMGs, others from abroad); all are others where they are not told apart."""
    hers = said.get("residents_us_img", 0.0)
    others = said.get("residents_non_us_img", max(said.get("residents_img", hers) - hers, 0.0))
    return hers, others


def _sentence(year: str, said: Mapping[str, Told]) -> str:
    when = f" ({year})" if year else " (not dated)"
    if isinstance(said[TOTAL], str):
        return f"Its residents are {FEWER}{when}: too few to say who they are."
    total = f"{said[TOTAL]:g} residents"
    for field, who in (
        ("residents_us_img", "US-citizen IMGs"),
        ("residents_img", "IMGs of any citizenship"),
        ("residents_non_us_img", "Non-US IMGs"),
    ):
        if field in said and (told := _of(said[field], total)):
            return f"{who} are {told}{when}."
    return f"{total}{when}: how many of them are IMGs is not shown, as it would tell a number below 5."


def _of(count: Told, total: str) -> str:
    """``7 of 30 residents``; "" where the count is not to be told at all."""
    if isinstance(count, str):
        return f"{FEWER} of {total}" if count == FEWER else ""
    return f"{count:g} of {total}"


def _dots(told: Mapping[str, Told]) -> tuple[Dot, ...]:
    """None where a count is hidden: a dot less or more would tell it."""
    said = {field: count for field, count in told.items() if not isinstance(count, str)}
    if len(said) < len(told):
        return ()
    total = round(said[TOTAL])
    if not 0 < total <= MOST_DOTS:
        return ()
    hers, others = (round(count) for count in _abroad(said))
    kinds = ["us-img"] * hers + ["img"] * others
    kinds = [*kinds, *["other"] * (total - len(kinds))][:total]
    return tuple(
        Dot(STEP // 2 + at % DOTS_A_LINE * STEP, STEP // 2 + at // DOTS_A_LINE * STEP, kind)
        for at, kind in enumerate(kinds)
    )
