"""The worked example as the page shows it: every step with its numbers, each parameter's by its name."""

from dataclasses import dataclass
from functools import lru_cache

from matching.example_case import IN_WORDS
from matching.method.example_words import SECTIONS, STEP_WORDS
from matching.presentation.bars import BarTable, contribution_bars
from matching.presentation.chance import ChanceFigure, chance_figure
from matching.presentation.numbers import percent
from matching.reference import model_for
from matching.scoring.luck import luck_nodes
from matching.scoring.model import Model
from matching.scoring.probability import PROGRAM_NODES
from matching.scoring.registry import FACTORS
from matching.worked_example import Step, example_steps, number

SCALE = 0.3
SMALL = 1e-9
TITLES = {factor.name: factor.title for factor in FACTORS}


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a formula: plain ``text``, or the number of a ``parameter``."""

    text: str
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    words: str
    pieces: tuple[Piece, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Node:
    of: str
    place: str
    weight: str


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """``values`` are the steps by name, for sentences about them."""

    story: str
    interview: str
    chance: ChanceFigure | None
    bars: BarTable
    sections: tuple[Section, ...]
    named: tuple[Piece, ...]
    nodes: tuple[Node, ...]
    values: dict[str, float]


def worked_example(season: str) -> WorkedExample:
    """Worked out once for a version of the model, and kept."""
    return _example(season, model_for(season).version)


@lru_cache(maxsize=4)
def _example(season: str, version: str) -> WorkedExample:
    model = model_for(season)
    steps, low, high = example_steps(season)
    values = {_bare(step.name): step.value for step in steps}
    interview = {"probability": values["p"], "low": low, "high": high}
    sections = _sections(steps, dict(model.parameters.values))
    return WorkedExample(
        story=IN_WORDS.replace("US- citizen", "US-citizen"),
        interview=percent(values["p"]),
        chance=chance_figure(interview, SCALE),
        bars=_bars(steps, values, model),
        sections=sections,
        named=_named(sections),
        nodes=_nodes(model),
        values=values,
    )


def _bare(name: str) -> str:
    return name.strip("`")


def _bars(steps: list[Step], values: dict[str, float], model: Model) -> BarTable:
    """Start and factors as any program's page shows them: they add up to the chance."""
    v = model.parameters.values
    intercept, slope = v["recalibration.intercept.us_img"], v["recalibration.slope.us_img"]
    factors = [
        {
            "label": TITLES[_bare(step.name)],
            "contribution": step.value * (1.0 if _bare(step.name) == "averaging" else slope),
        }
        for step in steps
        if step.name.startswith("`")
    ]
    return contribution_bars(intercept + slope * values["base"], factors)


def _sections(steps: list[Step], v: dict[str, float]) -> tuple[Section, ...]:
    lines = {_bare(step.name): _line(step, steps, v) for step in steps}
    return tuple(Section(title, tuple(lines[name] for name in names)) for title, names in SECTIONS)


def _line(step: Step, steps: list[Step], v: dict[str, float]) -> Line:
    name = _bare(step.name)
    pieces = tuple(Piece(number(v[found]), found) if found else Piece(text) for text, found in step.pieces())
    if name == "together":
        added = [_bare(one.name) for one in steps[: steps.index(step)] if one.name.startswith("`")]
        pieces = (Piece(" + ".join(["base", *added])),)
    return Line(name, STEP_WORDS[name], pieces, f"{step.value:.6f}".replace("-", "−"))


def _named(sections: tuple[Section, ...]) -> tuple[Piece, ...]:
    """Every parameter of the example once, as it first comes."""
    pieces = (piece for section in sections for line in section.lines for piece in line.pieces)
    return tuple(dict.fromkeys(piece for piece in pieces if piece.parameter))


def _nodes(model: Model) -> tuple[Node, ...]:
    """Both quadratures; the nodes below zero mirror those above, with the same weight."""
    tables = (("u", luck_nodes(PROGRAM_NODES)), ("z", model.nodes))
    return tuple(
        Node(name, f"{abs(z):.9f}" if abs(z) > SMALL else "0", f"{weight:.12f}")
        for name, nodes in tables
        for z, weight in zip(nodes.z.tolist(), nodes.weight.tolist(), strict=True)
        if z > -SMALL
    )
