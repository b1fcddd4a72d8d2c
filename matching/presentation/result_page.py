"""Everything the result page shows, from the answer document and the profile it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .ask_first import Ask, asks
from .balance import BalanceCard, balance_card
from .chance import chance_scale, chance_scale_words, match_cause_sentence
from .choices import OTHERS, SCREENED, Choices, RingLink, ring_links, rows_chosen
from .gates import GateLine, gate_lines
from .geography import Geography, geography
from .histogram import Histogram, histogram
from .named import Named
from .numbers import counted, dollars, listed
from .programs import program_name, program_place, program_specialty, share_words
from .rules import LicenceLine, licence_lines, rules_words, screened_sentence, screened_words
from .scopes import TITLES, places_sentence
from .sentences import (
    KeyNumber,
    headline,
    key_numbers,
    los_angeles_sentence,
    next_steps,
    no_safety_steps,
    second_sentence,
)
from .signals import Signals, signals_of
from .spread import Spread, spread
from .tiers import WHOLE, Explain, Row, TierGroup, row_view, rows_view, tier_groups
from .unknown import prior_only, unknown_answers

if TYPE_CHECKING:
    from .tiers import Tracks

SCREENED_TOP = 5
UNKNOWN_NAMED = 4


@dataclass(frozen=True, slots=True)
class ScreenedRow(Named):
    id: str
    name: str
    specialty: str
    place: str
    gates: tuple[GateLine, ...]
    saves: str


@dataclass(frozen=True, slots=True)
class ResultPage(Named):
    headline: str
    second: str
    numbers: tuple[KeyNumber, ...]
    los_angeles: str
    places: str
    figure: Histogram | None
    geography: Geography
    spread: Spread | None
    steps: tuple[str, ...]
    tier_counts: tuple[tuple[str, int], ...]
    no_true_safety: bool
    safety_steps: tuple[str, ...]
    scale_words: str
    groups: tuple[TierGroup, ...]
    rings: tuple[RingLink, ...]
    wished: str
    choices: Choices
    shown_words: str
    share_note: str
    others: tuple[Row, ...]
    others_count: int
    screened: tuple[ScreenedRow, ...]
    screened_hidden: int
    screened_words: str
    screened_sentence: str
    match_cause: str
    rules_words: str
    licence: tuple[LicenceLine, ...]
    balance: BalanceCard | None
    asks: tuple[Ask, ...]
    signals: tuple[Signals, ...]
    unknown: str
    prior_only: str
    applications: int
    chosen: frozenset[str]


def screened_row(entry: Mapping[str, Any]) -> ScreenedRow:
    """A program left out, with the rules that did it and nothing else."""
    program = entry["program"]
    failed = [gate for gate in entry["gates"] if gate["verdict"] == "fail"]
    return ScreenedRow(
        id=program["id"],
        name=program_name(program),
        specialty=program_specialty(program),
        place=program_place(program),
        gates=gate_lines(failed),
        saves=dollars(entry["saves_usd"]) if entry.get("saves_usd") else "",
    )


def unknown_words(answers: list[str]) -> str:
    """The first few by name: a long list is not read."""
    if len(answers) <= UNKNOWN_NAMED:
        return listed(answers)
    return f"{', '.join(answers[:UNKNOWN_NAMED])} and {len(answers) - UNKNOWN_NAMED} more"


def row_open(
    document: Mapping[str, Any],
    program: str,
    *,
    tracks: "Tracks | None" = None,
    explain: Explain | None = None,
) -> Row | None:
    """One row with all it tells; None where the answer has no such row."""
    rows = document["list"]
    found = next((row for row in rows if row["program"]["id"] == program), None)
    if found is None:
        return None
    return row_view(explain(found, True) if explain else found, chance_scale(rows), tracks)


def shown_words(groups: Sequence[TierGroup]) -> str:
    """What a swap has brought, for those who cannot see it."""
    parts = [f"{len(group.rows)} of {group.count} {group.tier}" for group in groups]
    return f"Now shown: {listed(parts)} programs." if parts else "No program of the list is there."


def share_note(rows: Sequence[Mapping[str, Any]], tracks: "Tracks | None") -> str:
    """Said once where it is so for every row, instead of on each."""
    known = sum(1 for row in rows if share_words((tracks or {}).get(row["program"]["id"])))
    if known:
        return f"How many IMGs train there is openly known for {known} of these {len(rows)} programs."
    return "How many US-citizen IMGs train there is not openly known for any of these programs."


def prior_only_words(count: int, total: int) -> str:
    if not count:
        return ""
    return (
        f"For {count} of the {counted(total, 'program')} on this list we hold no rule or resident count "
        "of their own. Their ranges rest on specialty, state and hospital, so they are wide. "
        "Ask before you pay."
    )


def result_page(
    document: Mapping[str, Any],
    *,
    profile: Mapping[str, Any],
    choices: Choices | None = None,
    tracks: "Tracks | None" = None,
    explain: Explain | None = None,
) -> ResultPage:
    choices = choices or Choices()
    summary, rows = document["summary"], document["list"]
    chosen = [row for row in rows if row["selected"]]
    rest = [row for row in rows if not row["selected"]]
    wished = (profile.get("wishes") or {}).get("ring")
    scale = chance_scale(rows)
    screened = document["screened_out"]
    groups = tier_groups(
        rows_chosen(chosen, choices, wished=wished),
        scale=scale,
        show_all=choices.whole,
        tracks=tracks,
        explain=explain,
    )
    drawn = sum(len(group.rows) for group in groups)
    shown = screened if choices.whole == SCREENED else screened[:SCREENED_TOP]
    return ResultPage(
        headline=headline(summary),
        second=second_sentence(summary),
        numbers=key_numbers(summary),
        los_angeles=los_angeles_sentence(summary),
        places=places_sentence(summary["list_by_ring"]),
        figure=histogram(summary["interviews"]) if summary["applications"] else None,
        geography=geography(summary["scopes"]),
        spread=spread(chosen),
        steps=next_steps(summary),
        tier_counts=tuple((tier, summary["tiers"][tier]) for tier in ("reach", "target", "safety")),
        no_true_safety=summary["no_true_safety"] and summary["applications"] > 0,
        safety_steps=no_safety_steps(chosen),
        scale_words=chance_scale_words(scale),
        groups=groups,
        rings=ring_links(chosen),
        wished=TITLES[wished] if wished and wished != "national" else "",
        choices=choices,
        shown_words=shown_words(groups),
        share_note=share_note(chosen, tracks),
        others=rows_view(rest, scale, tracks, explain, room=WHOLE - drawn) if choices.whole == OTHERS else (),
        others_count=len(rest),
        screened=tuple(screened_row(entry) for entry in shown),
        screened_hidden=len(screened) - len(shown),
        screened_words=screened_words(summary).removeprefix(screened_sentence(summary)).strip(),
        screened_sentence=screened_sentence(summary),
        match_cause=match_cause_sentence(summary["match"]),
        rules_words=rules_words(summary),
        licence=licence_lines(summary.get("california_licence", ())),
        balance=balance_card(summary),
        asks=asks(summary),
        signals=signals_of(summary, chosen),
        unknown=unknown_words(unknown_answers(profile)),
        prior_only=prior_only_words(prior_only(chosen), len(chosen)),
        applications=summary["applications"],
        chosen=frozenset(row["program"]["id"] for row in chosen),
    )
