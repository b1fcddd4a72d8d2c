"""The tables of docs/scoring.md, from registry and parameter file: they cannot drift from the model."""

import math
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

import numpy as np

from matching.reference import model_for
from matching.scoring.applicant import Applicant, Exam, Options, Tie
from matching.scoring.columns import columns_build
from matching.scoring.parameters import Parameter
from matching.scoring.registry import FACTORS, GATES, KEPT_FOR_LATER, STAGES
from matching.scoring.score import score
from programs.geography import DIVISION_BY_STATE
from programs.snapshot import FactValue, TrackRow

BEGIN, END = "<!-- tables begin -->", "<!-- tables end -->"

EXAMPLE_APPLICANT = Applicant(
    applicant_type="us_img",
    graduation_year=2025,
    visa_needed="none",
    ecfmg_certified=True,
    step1=Exam("pass", None, 1),
    step2ck=Exam("pass", 224, 1),
    step3=Exam("not_taken", None, 0),
    specialties=("internal-medicine",),
    experience=(),
    letters=(),
    research_publications=0,
    service=(),
    languages=(),
    ties=(Tie("family", "NJ"),),
    red_flags=(),
)


def tables_text(season: str) -> str:
    """Everything between the markers."""
    parts = ("### Factors", _factors(), "### Gates", _gates(), "### Parameters", _parameters(season))
    return "\n\n".join((*parts, "### An example, by hand", _example(season)))


def tables_put(document: str, season: str) -> str:
    """``document`` with its tables written anew. Raises ValueError where it has no markers."""
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document has no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n\n{tables_text(season)}\n\n{END}{tail}"


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _factors() -> str:
    rows = (
        (f"`{f.name}`", f.title, _codes(f.fact_fields), _codes(f.members), _codes(f.parameters))
        for f in FACTORS
    )
    return _table(("Factor", "In words", "Facts of the program", "Profile", "Parameters"), rows)


def _gates() -> str:
    rows = (
        (f"`{g.name}`", g.title, _codes(g.fact_fields), _codes(g.members), "yes" if g.waivable else "never")
        for g in GATES
    )
    return _table(
        ("Gate", "In words", "Facts of the program", "Profile", "An inside connection waives"), rows
    )


def _parameters(season: str) -> str:
    used = [(f.title, f.parameters) for f in FACTORS] + list(STAGES)
    where = [*((title, p) for title, patterns in used for p in patterns)]
    where += [("Not read yet", pattern) for pattern in KEPT_FOR_LATER]

    def row(parameter: Parameter) -> tuple[str, ...]:
        titles = dict.fromkeys(title for title, p in where if fnmatchcase(parameter.name, p))
        spread = f"{parameter.low:g} to {parameter.high:g}" if parameter.uncertain else "–"
        return (
            f"`{parameter.name}`",
            f"{parameter.value:g}",
            spread,
            parameter.unit,
            parameter.kind,
            "; ".join(titles),
        )

    rows = [row(parameter) for parameter in model_for(season).parameters.rows()]
    return _table(("Parameter", "Value", "Range", "Unit", "Kind", "Used for"), rows)


def example_track(season: str) -> TrackRow:
    """A made-up community program in New York with 6 US-citizen IMGs of 30 residents, read this season."""
    stated: tuple[tuple[str, float | str], ...] = (
        ("program_type", "community"),
        ("residents_us_img", 6.0),
        ("residents_total", 30.0),
    )
    year = int(season) - 1
    facts = {
        field: FactValue(
            number, field, value, str(value), "statement", "", "program_page", year, None, "high", 0
        )
        for number, (field, value) in enumerate(stated, start=1)
    }
    return TrackRow(
        id="sp00000",
        program_key="example",
        acgme_id=None,
        nrmp_code=None,
        specialty="internal-medicine",
        track="categorical",
        name="Example program",
        institution="Example hospital",
        city="Brooklyn",
        county="Kings",
        state="NY",
        latitude=None,
        longitude=None,
        last_listed_year=year,
        listing_status="current",
        ring="national",
        in_los_angeles_county=False,
        same_as=None,
        facts=facts,
    )


def _example(season: str) -> str:
    model = model_for(season)
    columns = columns_build(
        [example_track(season)], parameters=model.parameters, season=season, divisions=DIVISION_BY_STATE
    )
    rows = score(EXAMPLE_APPLICANT, Options(), columns, model).rows
    return _table(
        ("Part", "Log-odds"), _example_rows(float(rows.base[0]), rows.contributions[0].tolist())
    ) + (f"\n\nInterview {rows.p[0]:.4f}, range {rows.low[0]:.4f} to {rows.high[0]:.4f}.")


def _example_rows(base: float, contributions: list[float]) -> Iterator[tuple[str, ...]]:
    yield "base", f"{base:.6f}"
    for factor, value in zip(FACTORS, contributions, strict=True):
        if value:
            yield f"`{factor.name}`", f"{value:.6f}"
    total = base + math.fsum(contributions)
    yield "together, logit of the chance", f"{np.round(total, 6):.6f}"
