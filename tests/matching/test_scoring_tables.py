"""The tables of docs/scoring.md are those of the model, and a chance can be reckoned by hand from them."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from applicants.personas import PERSONAS, persona_get
from applicants.services import profile_validate
from matching.catalogue import LoadedCatalogue
from matching.example_case import EXAMPLE_APPLICANT, IN_WORDS, example_track
from matching.inputs import applicant_of
from matching.reference import model_for
from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns, columns_build
from matching.scoring.examine import Examined, examine
from matching.scoring.registry import FACTOR_INDEX, FACTORS, GATES
from matching.scoring.registry_stages import KEPT_FOR_LATER, STAGES
from matching.scoring.score import catalogue_score
from matching.scoring_tables import BEGIN, END, tables_put, tables_text
from matching.worked_example import Step, example_steps
from programs.geography import DIVISION_BY_STATE
from programs.reference import reference_rows
from tests.matching.by_hand import Printed, chance_by_hand, digamma, document_read, trigamma
from tests.real_catalogue import real_catalogue_load

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "scoring.md"
SEASON = "2027"
YEAR = 2026


@pytest.fixture(scope="module")
def document() -> str:
    """The document with its tables as they are written now; that they are so on disk is a test of its own."""
    return tables_put(DOCUMENT.read_text(encoding="utf-8"), SEASON)


@pytest.fixture(scope="module")
def printed(document: str) -> Printed:
    return document_read(document)


@pytest.fixture(scope="session")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> LoadedCatalogue:
    with django_db_blocker.unblock():
        return real_catalogue_load()


def test_the_document_is_not_stale(document: str) -> None:
    on_disk = DOCUMENT.read_text(encoding="utf-8")
    assert on_disk == document, "write the tables anew with `manage.py scoring_table`"


def rows_of(title: str) -> dict[str, list[str]]:
    """The cells of one table by what stands first in the row."""
    (part,) = (p for p in tables_text(SEASON).split("### ") if p.startswith(f"{title}\n"))
    lines = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| ")][2:]
    return {line[0].strip(): [cell.strip() for cell in line] for line in lines}


def test_every_factor_gate_stage_and_parameter_is_in_the_tables() -> None:
    factors, stages = rows_of("Factors"), rows_of("Stages")
    assert list(factors) == [f"`{factor.name}`" for factor in FACTORS]
    for factor in FACTORS:
        named = (*factor.fact_fields, *factor.members, *factor.parameters)
        text = " ".join(factors[f"`{factor.name}`"])
        assert [name for name in named if f"`{name}`" not in text] == []
    assert list(rows_of("Gates")) == [f"`{gate.name}`" for gate in GATES]
    assert list(stages)[:-1] == [title for title, _ in STAGES]
    assert [name for name in KEPT_FOR_LATER if f"`{name}`" not in list(stages.values())[-1][1]] == []


def test_every_parameter_is_printed_with_value_range_kind_source_and_use() -> None:
    printed, stated = rows_of("Parameters"), reference_rows("parameters")
    assert sorted(printed) == sorted(f"`{row['name']}`" for row in stated)
    for row in stated:
        _, value, spread, unit, kind, source, used = printed[f"`{row['name']}`"]
        assert float(value) == float(row["value"])
        ends = [float(row[end] or row["value"]) for end in ("low", "high")]
        assert spread == "–" if ends[0] == ends[1] else [float(end) for end in spread.split(" to ")] == ends
        assert (unit, kind, source) == (row["unit"], row["kind"], row["source"].replace("|", "/") or "–")
        assert used, row["name"]


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="no <!-- tables begin"):
        tables_put("nothing", SEASON)
    assert tables_put(f"a{BEGIN}old{END}b", SEASON).startswith(f"a{BEGIN}\n\n### Factors")


NAMES: Mapping[str, Callable[..., float]] = {
    "ln": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "psi": digamma,
    "psi1": trigamma,
    "min": min,
    "max": max,
}
SPELLED = (("·", "*"), ("−", "-"), ("^", "**"), ("√", "sqrt"), ("ψ₁", "psi1"), ("ψ", "psi"), ("η", "eta"))


def computed(step: Step, before: Mapping[str, float]) -> float:
    """What the printed formula comes to, with the numbers of the steps before it."""
    formula = step.formula
    for sign, word in SPELLED:
        formula = formula.replace(sign, word)
    known = {name.replace("η", "eta"): value for name, value in before.items() if "`" not in name}
    return float(eval(formula, {"__builtins__": {}}, {**NAMES, **known}))


def test_every_formula_of_the_example_comes_to_what_stands_beside_it(printed: Printed) -> None:
    steps, _, _ = example_steps(SEASON)
    before: dict[str, float] = {}
    for step in steps:
        if step.name == "together":
            told = before["base"] + sum(value for name, value in before.items() if "`" in name)
        elif step.name == "p":
            told = math.fsum(
                a * b / (1 + math.exp(-(before["η"] + before["s"] * u + printed.v["luck.sigma"] * z)))
                for u, a in printed.u
                for z, b in printed.z
            )
        else:
            told = computed(step, before)
        assert step.value == pytest.approx(told, abs=1e-9), step
        before[step.name] = step.value


def examined(applicant: Applicant, columns: Columns, rows: list[int]) -> Examined:
    """What the core finds at ``rows``."""
    model = model_for(SEASON)
    scored = catalogue_score(applicant, columns, model)
    return examine(scored.terms, scored.sd, np.array(rows, dtype=np.int64), model)


def test_the_example_names_every_contribution_the_core_finds(document: str) -> None:
    model = model_for(SEASON)
    columns = columns_build(
        [example_track(SEASON)], parameters=model.parameters, season=SEASON, divisions=DIVISION_BY_STATE
    )
    found = examined(EXAMPLE_APPLICANT, columns, [0])
    steps, low, high = example_steps(SEASON)
    shown = {step.name.strip("`"): step.value for step in steps if "`" in step.name}
    slope = model.parameters.values["recalibration.slope.us_img"]
    for factor in FACTORS:
        contribution = found.contributions[0, FACTOR_INDEX[factor.name]]
        scale = 1.0 if factor.name == "averaging" else slope
        assert contribution == pytest.approx(scale * shown.get(factor.name, 0.0), abs=1e-8), factor.name
    assert low < found.p[0] < high
    assert IN_WORDS in document
    assert f"Interview {found.p[0]:.4f}, range {low:.4f} to {high:.4f}" in document


def test_a_stranger_comes_to_the_chance_of_the_example(printed: Printed) -> None:
    steps, _, _ = example_steps(SEASON)
    chance = next(step.value for step in steps if step.name == "p")
    assert chance_by_hand(printed, EXAMPLE_APPLICANT, example_track(SEASON), YEAR) == pytest.approx(
        chance, abs=1e-9
    )


def sample(slug: str, **changes: Any) -> Applicant:
    persona = persona_get(slug)
    assert persona in PERSONAS
    return replace(applicant_of(profile_validate(persona.document, season=SEASON)), **changes)


REAL = [
    # a sample applicant, what is changed of it, the specialty, and factors that must be at work
    ("los-angeles-224", {}, "family-medicine", ("mission", "geography", "usce_local", "competition")),
    ("strong-245", {}, "internal-medicine", ("academic_size", "letter_local", "geography")),
    ("strong-245", {}, "internal-medicine", ("research", "program_type")),
    ("non-us-visa", {}, "internal-medicine", ("visa", "mission", "competition")),
    ("los-angeles-224", {"specialties": ("pediatrics",)}, "pediatrics", ("openness",)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "changes", "specialty", "at_work"), REAL)
def test_a_stranger_comes_to_the_chance_at_real_programs(
    slug: str,
    changes: dict[str, Any],
    specialty: str,
    at_work: tuple[str, ...],
    printed: Printed,
    catalogue: LoadedCatalogue,
) -> None:
    """Every program of the specialty whose rules cost nothing; at least one of them with these factors."""
    applicant, columns = sample(slug, **changes), catalogue.columns(SEASON)
    programs = {track.id: track for track in catalogue.tracks}
    rows = np.flatnonzero(columns.specialty == columns.specialties.index(specialty)).tolist()
    found = examined(applicant, columns, rows)
    seen = 0
    for place, row in enumerate(rows):
        contribution, program = found.contributions[place], programs[columns.ids[row]]
        if contribution[FACTOR_INDEX["gates"]]:
            continue
        told = chance_by_hand(printed, applicant, program, YEAR)
        assert told == pytest.approx(found.p[place], abs=1e-6), program.id
        seen += all(contribution[FACTOR_INDEX[name]] for name in at_work)
    assert seen > 0


@pytest.mark.django_db
def test_counted_programs_are_among_the_real_ones(catalogue: LoadedCatalogue) -> None:
    """The pediatrics case reaches a program whose residents are counted."""
    columns = catalogue.columns(SEASON)
    counted = {columns.specialties[columns.specialty[row]] for row in columns.counts.rows}
    assert "pediatrics" in counted


@pytest.mark.parametrize("x", [0.3, 1.0, 7.5, 40.0])
def test_the_functions_of_the_hand_are_right(x: float) -> None:
    """ψ(x + 1) = ψ(x) + 1/x, ψ₁(x + 1) = ψ₁(x) − 1/x²; ψ(1) = −γ and ψ₁(1) = π²/6."""
    assert digamma(x + 1) - digamma(x) == pytest.approx(1 / x, abs=1e-12)
    assert trigamma(x) - trigamma(x + 1) == pytest.approx(1 / x**2, abs=1e-12)
    assert digamma(1) == pytest.approx(-0.5772156649015329, abs=1e-12)
    assert trigamma(1) == pytest.approx(math.pi**2 / 6, abs=1e-12)
