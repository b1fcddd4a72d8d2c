"""The tables of docs/scoring.md, from registry and parameter file: they cannot drift from the model."""

from collections.abc import Iterable

from matching.example_case import IN_WORDS
from matching.parameter_uses import NOT_READ, uses_of
from matching.reference import model_for
from matching.scoring.luck import luck_nodes
from matching.scoring.parameters import Parameter
from matching.scoring.probability import PROGRAM_NODES
from matching.scoring.registry import FACTORS, GATES, MISSION_WORDS
from matching.scoring.registry_stages import KEPT_FOR_LATER, STAGES
from matching.worked_example import example_steps

SMALL = 1e-9
BEGIN, END = "<!-- tables begin -->", "<!-- tables end -->"


def tables_text(season: str) -> str:
    """Everything between the markers."""
    parts = (
        ("Factors", _factors()),
        ("Gates", _gates()),
        ("Stages", _stages()),
        ("Parameters", _parameters(season)),
        ("States, as log-odds against the nation", _states(season)),
        ("Words of a stated mission that speak of the underserved", _codes(MISSION_WORDS)),
        ("Nodes of the averages", _nodes(season)),
        ("An example, by hand", _example(season)),
    )
    return "\n\n".join(f"### {title}\n\n{text}" for title, text in parts)


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


def _words(text: str) -> str:
    """Text as it may stand in a cell of a table."""
    return text.replace("|", "/")


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
        (
            f"`{g.name}`",
            g.title,
            _codes((*g.fact_fields, *g.prose_fields)),
            _codes(g.members),
            "yes" if g.waivable else "never",
        )
        for g in GATES
    )
    return _table(
        ("Gate", "In words", "Facts of the program", "Profile", "An inside connection waives"), rows
    )


def _stages() -> str:
    rows = ((title, _codes(patterns)) for title, patterns in (*STAGES, (NOT_READ, KEPT_FOR_LATER)))
    return _table(("What belongs to no factor", "Parameters"), rows)


def _parameters(season: str) -> str:
    def row(parameter: Parameter) -> tuple[str, ...]:
        spread = f"{_number(parameter.low)} to {_number(parameter.high)}" if parameter.uncertain else "–"
        return (
            f"`{parameter.name}`",
            _number(parameter.value),
            spread,
            parameter.unit,
            parameter.kind,
            _words(parameter.source) or "–",
            "; ".join(uses_of(parameter.name)),
        )

    rows = [row(parameter) for parameter in model_for(season).parameters.rows()]
    return _table(("Parameter", "Value", "Range", "Unit", "Kind", "Source", "Used for"), rows)


def _states(season: str) -> str:
    rows = (
        (state, *("–" if known is None else _number(known) for known in (prior.us_img, prior.non_us_img)))
        for state, prior in sorted(model_for(season).states.items())
    )
    return _table(("State", "US-citizen IMGs", "Other IMGs"), rows)


def _nodes(season: str) -> str:
    """Both quadratures: nodes lie on either side of zero with the same weight, so one side is printed."""
    tables = (("u", luck_nodes(PROGRAM_NODES)), ("z", model_for(season).nodes))
    rows = (
        (name, f"{z:.12f}", f"{weight:.15f}")
        for name, nodes in tables
        for z, weight in zip(nodes.z.tolist(), nodes.weight.tolist(), strict=True)
        if z > -SMALL
    )
    return _table(("Of", "Node, on either side of zero", "Weight of each"), rows)


def _example(season: str) -> str:
    steps, low, high = example_steps(season)
    table = _table(
        ("Step", "Formula", "Comes to"),
        ((step.name, step.formula, f"{step.value:.9f}".replace("-", "−")) for step in steps),
    )
    chance = next(step.value for step in steps if step.name == "p")
    return f"{IN_WORDS}\n\n{table}\n\nInterview {chance:.4f}, range {low:.4f} to {high:.4f} over the draws."


def _number(value: float) -> str:
    """As many digits as it takes to say the number."""
    return f"{value:.12g}"
