"""Who trains at a program, year by year, as far as anybody has said."""

from collections.abc import Sequence
from dataclasses import dataclass

from programs.models import ProgramFact

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
    counts: tuple[float | None, ...]


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


def residents(facts: Sequence[ProgramFact]) -> Residents | None:
    """None unless all residents and some from abroad are counted in one year. ``facts``: current first."""
    by_year: dict[str, dict[str, float]] = {}
    for fact in facts:
        if fact.field in COUNTS and fact.value_number is not None:
            year = fact.season or (str(fact.page_year) if fact.page_year else "")
            by_year.setdefault(year, {}).setdefault(fact.field, fact.value_number)
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


def _key(dots: Sequence[Dot], said: dict[str, float]) -> tuple[tuple[str, str], ...]:
    """What the dots there are stand for. The rest may hold IMGs whom nobody has counted."""
    abroad = "other IMG" if "residents_us_img" in said else "IMG" if "residents_img" in said else "non-US IMG"
    words = {"us-img": "US-citizen IMG", "img": abroad, "other": "the rest"}
    drawn = {dot.kind for dot in dots}
    return tuple((kind, name) for kind, name in words.items() if kind in drawn)


def _abroad(said: dict[str, float]) -> tuple[float, float]:
    """(US-citizen IMGs, others from abroad); all are others where they are not told apart."""
    hers = said.get("residents_us_img", 0.0)
    others = said.get("residents_non_us_img", max(said.get("residents_img", hers) - hers, 0.0))
    return hers, others


def _sentence(year: str, said: dict[str, float]) -> str:
    total = f"{said[TOTAL]:g} residents"
    when = f" ({year})" if year else " (not dated)"
    if "residents_us_img" in said:
        return f"US-citizen IMGs are {said['residents_us_img']:g} of {total}{when}."
    if "residents_img" in said:
        return f"IMGs of any citizenship are {said['residents_img']:g} of {total}{when}."
    return f"Non-US IMGs are {said['residents_non_us_img']:g} of {total}{when}."


def _dots(said: dict[str, float]) -> tuple[Dot, ...]:
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
