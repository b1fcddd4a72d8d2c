"""A list as its owner works on it: rows with what she set, what each may bring and what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString

from matching.list_state import Edit
from matching.list_words import SIGNALS, STATUSES
from matching.review.marks import Mark

from .chance import ChanceFigure, chance_figure, chance_scale, chance_scale_words
from .gates import gate_lines
from .list_figures import ListFigures, list_figures
from .list_page import interview, program_facts
from .numbers import dollars
from .programs import listing_words, program_name, program_place, program_specialty
from .running_cost import Applied, RunningCost, running_cost
from .select_options import select_options
from .signal_counts import SpecialtySignals, signal_counts, signal_kinds
from .tiers import TIERS, Reason, reason

if TYPE_CHECKING:
    from matching.models import ListEntry
    from matching.scoring.model import Model

SIGNAL_LABELS = {"": "no signal", "gold": "gold", "silver": "silver", "signal": "signal"}
SHORT_NOTE = 24
STATUS_CHOICES = tuple(STATUSES.items())


@dataclass(frozen=True, slots=True)
class Pick:
    """One row. ``closed``: the rules that shut her out, in words; ``signals``, ``statuses``: the choices.

    ``tier`` is where her advisor moved it, where one did: ``moved`` then, with our own in ``ours``.
    ``locked``: she and her advisor agreed to keep it.
    """

    id: str
    address: str
    position: int
    place: str  # as typed, where that was no number
    name: str
    where: str
    specialty: str
    listing: str
    tier: str
    chance: ChanceFigure | None
    closed: tuple[str, ...]
    reasons: tuple[Reason, ...]
    signals: SafeString  # options of a select, "" where there are none to send
    statuses: SafeString
    note: str
    said: str  # signal, status and note in few words
    price: str
    total: str
    marks: tuple[str, ...]
    error: str
    moved: bool
    ours: str
    locked: bool


@dataclass(frozen=True, slots=True)
class LastChange:
    """What the line beside Undo says. ``undo`` names what would be taken back, "" where nothing can be."""

    number: int
    words: str
    at: datetime
    undo: str


@dataclass(frozen=True, slots=True)
class ListDesk:
    count: int
    tier_counts: tuple[tuple[str, int], ...]
    scale_words: str
    picks: tuple[Pick, ...]
    status_counts: tuple[tuple[str, int], ...]
    figures: ListFigures | None
    signals: tuple[SpecialtySignals, ...]
    signal_season: str
    cost: str
    over_budget: str
    transcript: str


def list_desk(
    entries: Sequence["ListEntry"],
    *,
    kept: Mapping[str, Any] | None,
    model: "Model",
    max_usd: int | None = None,
    typed: Mapping[str, Edit] | None = None,
    errors: Mapping[str, str] | None = None,
    advised: Mapping[str, Mark] | None = None,
) -> ListDesk:
    """``model``: whose fees and signals count. ``typed`` is shown instead of what is kept, where it could not
    be taken over; ``errors`` by program say why. ``advised``: what an advisor's word holds, by program."""
    scale = chance_scale({"interview": interview(entry)} for entry in entries)
    applied = [Applied(entry.program.specialty_id, entry.program.specialty.name) for entry in entries]
    cost = running_cost(applied, model.fees, model.services, max_usd=max_usd)
    kinds = {slug: signal_kinds(model.signals, slug) for slug in {each.specialty for each in applied}}
    addresses = reverse("programs:detail", args=["sp00000"]).replace("sp00000", "{}")
    picks = tuple(
        _pick(
            entry,
            scale,
            cost,
            kinds,
            (typed or {}).get(entry.program_id),
            errors or {},
            addresses,
            (advised or {}).get(entry.program_id, Mark()),
        )
        for entry in entries
    )
    sent = [(e.program.specialty_id, e.program.specialty.name, e.signal) for e in entries]
    counters = signal_counts(sent, model.signals, model.season)
    tiers, statuses = [pick.tier for pick in picks], [entry.status for entry in entries]
    return ListDesk(
        count=len(entries),
        tier_counts=tuple((tier, tiers.count(tier)) for tier in reversed(TIERS) if tier in tiers),
        scale_words=chance_scale_words(scale),
        picks=picks,
        status_counts=tuple(
            (words, statuses.count(code)) for code, words in STATUSES.items() if code in statuses
        ),
        figures=list_figures(kept, [entry.program_id for entry in entries]),
        signals=counters,
        signal_season=max((each.season for each in counters), default=""),
        cost=dollars(cost.total),
        over_budget=dollars(cost.over_budget) if cost.over_budget else "",
        transcript=dollars(model.fees.transcript_usd),
    )


def _pick(
    entry: "ListEntry",
    scale: float,
    cost: RunningCost,
    kinds: Mapping[str, Mapping[str, int]],
    typed: Edit | None,
    errors: Mapping[str, str],
    addresses: str,
    mark: Mark,
) -> Pick:
    facts, line = program_facts(entry.program), cost.lines[entry.position - 1]
    shown = entry.shown or {}
    said = typed.said if typed else {}
    signal, status = said.get("signal", entry.signal), said.get("status", entry.status)
    note = said.get("note", entry.note)
    sent = dict.fromkeys(["", *kinds[entry.program.specialty_id], signal])
    choices = tuple((kind, SIGNAL_LABELS.get(kind, kind)) for kind in sent)
    return Pick(
        id=entry.program_id,
        address=addresses.format(entry.program_id),
        position=entry.position,
        place=str(typed.place) if typed and typed.place is not None else str(entry.position),
        name=program_name(facts),
        where=program_place(facts),
        specialty=program_specialty(facts),
        listing=listing_words(facts),
        tier=mark.tier or entry.tier,
        chance=chance_figure(interview(entry), scale),
        closed=tuple(gate.words for gate in gate_lines(shown.get("gates", ())))
        if shown.get("closed")
        else (),
        reasons=tuple(reason(each) for each in shown.get("reasons", ())[:2]),
        signals=select_options(choices, signal) if len(choices) > 1 else SafeString(),
        statuses=select_options(STATUS_CHOICES, status),
        note=note,
        said=_said(signal, status, note),
        price=line.price,
        total=line.total,
        marks=line.marks,
        error=errors.get(entry.program_id, ""),
        moved=mark.tier not in ("", entry.tier),
        ours=entry.tier,
        locked=mark.locked,
    )


def _said(signal: str, status: str, note: str) -> str:
    """``gold signal · applied · Ask Dr. Chen``, a note cut short; where there is none one may be added."""
    short = note if len(note) <= SHORT_NOTE else f"{note[:SHORT_NOTE]}…"
    told = [STATUSES.get(status, status), short or "add a note"]
    return " · ".join([SIGNALS[signal].lower(), *told] if signal in SIGNALS and signal else told)
