"""Everything the page of a receipt shows: from two matches and what was worked out for them."""

from dataclasses import dataclass
from typing import Any

from applicants.selectors import specialty_names
from matching.models import Match, MatchRun
from matching.presentation.numbers import counted, listed
from matching.receipts.changed import Changed, runs_changed
from matching.receipts.groups import WORDS
from matching.receipts.program_rows import MovedGroup, moved_groups
from matching.receipts.reading import receipt_of
from matching.receipts.services import ReceiptImpossible, receipt_check
from matching.receipts.waterfall import FigureLine, Waterfall, figure_lines, waterfall
from matching.receipts.words import because, cause_names, headline, overlap_words

FORMAT = 1  # the one receipts are kept in; documents of another are worked out anew
TABLES = {"states": "the table of states", "fees": "the table of fees", "signals": "the table of signals"}


@dataclass(frozen=True, slots=True)
class ParameterMove:
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Split:
    """What was worked out."""

    headline: str
    because: str
    overlap: str
    figure: Waterfall
    lines: tuple[FigureLine, ...]
    groups: tuple[MovedGroup, ...]
    programs_told: bool
    unmoved: str
    together: bool
    sections: tuple[str, ...]
    mixtures: int
    rest: str
    parameters: tuple[ParameterMove, ...]
    parameters_hidden: int


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """``state``: ``same`` (one run twice), ``impossible`` (``why`` says so), ``open`` (not worked out yet) or
    ``made`` (``split`` is there)."""

    state: str
    why: str
    changed: Changed
    data: str
    model: str
    split: Split | None


def receipt_page(before: Match, after: Match) -> ReceiptPage:
    """Reads what is kept; works nothing out."""
    first, last = before.run, after.run
    changed = runs_changed(first, last, specialties=specialty_names())
    receipt = receipt_of(first, last) if first.pk != last.pk else None
    document = receipt.document if receipt and receipt.document.get("format") == FORMAT else None
    state, why = ("made", "") if document else _unmade(first, last)
    return ReceiptPage(
        state=state,
        why=why,
        changed=changed,
        data=data_words(document, changed),
        model=model_words(document, changed),
        split=_split(document, season=changed.season) if document else None,
    )


def _unmade(before: MatchRun, after: MatchRun) -> tuple[str, str]:
    if before.pk == after.pk:
        return "same", ""
    try:
        receipt_check(before, after)
    except ReceiptImpossible as impossible:
        return "impossible", str(impossible)
    return "open", ""


def _split(document: dict[str, Any], *, season: bool) -> Split:
    names = cause_names(document, season=season)
    model = document["model"] or {"parameters": [], "count": 0, "tables": {}}
    return Split(
        headline=headline(document),
        because=because(document, names),
        overlap=overlap_words(document),
        figure=waterfall(document, [name[:1].upper() + name[1:] for name in names]),
        lines=figure_lines(document, [name[:1].upper() + name[1:] for name in names]),
        groups=moved_groups(document, names),
        programs_told=document["programs_told"],
        unmoved=unmoved_words(document["unmoved"]),
        together=document["together"],
        sections=section_lines(document) if document["together"] else (),
        mixtures=2 ** len(document["players"]),
        rest=document["rest"] or "",
        parameters=tuple(
            ParameterMove(each["name"], _parameter(each["before"]), _parameter(each["after"]))
            for each in model["parameters"]
        ),
        parameters_hidden=model["count"] - len(model["parameters"]),
    )


def section_lines(document: dict[str, Any]) -> tuple[str, ...]:
    """What was taken together: ``Your exams: your Step 2 CK and your Step 3``."""
    held = [player for player in document["players"] if player["groups"]]
    lines = (f"{WORDS[each['code']]}: {listed([WORDS[code] for code in each['groups']])}" for each in held)
    return tuple(line[:1].upper() + line[1:] for line in lines)


def data_words(document: dict[str, Any] | None, changed: Changed) -> str:
    if not changed.data:
        return "The data on the programs is the same in both."
    told = document["data"] if document else None
    if not told:
        return "The data on the programs is newer in one of them."
    parts = [f"{counted(told['facts'], 'fact')} of {counted(told['programs'], 'program')} changed"]
    parts += [f"{counted(told['new'], 'program')} came in"] if told["new"] else []
    parts += [f"{counted(told['gone'], 'program')} went out"] if told["gone"] else []
    return f"Between the two, our data changed: {listed(parts)}."


def model_words(document: dict[str, Any] | None, changed: Changed) -> str:
    if not changed.model:
        return "The model is the same in both."
    if document and document["rest"] == "model":
        return (
            "The model has changed, and its earlier version was not kept. So its share is not split: "
            "it is what the other causes leave."
        )
    told = document["model"] if document else None
    if not told:
        return "The two were made with two versions of the model."
    parts = [counted(told["count"], "parameter")] if told["count"] else []
    parts += [f"{counted(count, 'row')} of {TABLES[name]}" for name, count in told["tables"].items()]
    season = " They are of two seasons, and count your dates to two days." if changed.season else ""
    return f"The model changed: {listed(parts) or 'its season'}.{season}"


def unmoved_words(count: int) -> str:
    if not count:
        return "No program stands on both lists unmoved."
    return f"{counted(count, 'program')} on both lists kept tier and odds, give or take half a season in 100."


def _parameter(values: list[str] | None) -> str:
    """``0.4 (0.2 to 0.6)``."""
    if values is None:
        return "not there"
    value, low, high = values
    return f"{value} ({low} to {high})" if low and high else value
