"""Everything the result page shows, from the answer document and the profile it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .ask_first import Ask, asks
from .balance import BalanceCard, balance_card
from .chance import chance_scale, chance_scale_words, match_cause_sentence
from .choices import OTHERS, SCREENED, Choices, RingLink, ring_links, rows_chosen
from .gates import GateLine, gate_lines
from .histogram import Histogram, histogram
from .numbers import counted, dollars, listed
from .programs import program_name, program_place, program_specialty
from .rules import LicenceLine, licence_lines, rules_words, screened_sentence, screened_words
from .scopes import TITLES, ScopeCard, places_sentence, scope_card
from .sentences import headline, los_angeles_sentence, next_steps, no_safety_steps, second_sentence
from .signals import Signals, signals_of
from .tiers import Row, TierGroup, row_view, tier_groups
from .unknown import prior_only, unknown_answers

SCREENED_TOP = 10


@dataclass(frozen=True, slots=True)
class ScreenedRow:
    id: str
    name: str
    specialty: str
    place: str
    gates: tuple[GateLine, ...]
    saves: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    headline: str
    second: str
    los_angeles: str
    places: str
    figure: Histogram | None
    scopes: tuple[ScopeCard, ...]
    steps: tuple[str, ...]
    tier_counts: tuple[tuple[str, int], ...]
    no_true_safety: bool
    safety_steps: tuple[str, ...]
    scale_words: str
    groups: tuple[TierGroup, ...]
    rings: tuple[RingLink, ...]
    wished: str
    choices: Choices
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


def prior_only_words(count: int, total: int) -> str:
    if not count:
        return ""
    return (
        f"For {count} of the {counted(total, 'program')} on this list we hold no rule or resident count "
        "of their own. Their ranges rest on specialty and state alone, so they are wide. Ask before you pay."
    )


def result_page(
    document: Mapping[str, Any], *, profile: Mapping[str, Any], choices: Choices | None = None
) -> ResultPage:
    choices = choices or Choices()
    summary, rows = document["summary"], document["list"]
    chosen = [row for row in rows if row["selected"]]
    rest = [row for row in rows if not row["selected"]]
    wished = (profile.get("wishes") or {}).get("ring")
    scale = chance_scale(rows)
    screened = document["screened_out"]
    shown = screened if choices.whole == SCREENED else screened[:SCREENED_TOP]
    return ResultPage(
        headline=headline(summary),
        second=second_sentence(summary),
        los_angeles=los_angeles_sentence(summary),
        places=places_sentence(summary["list_by_ring"]),
        figure=histogram(summary["interviews"]) if summary["applications"] else None,
        scopes=tuple(scope_card(scope) for scope in summary["scopes"]),
        steps=next_steps(summary),
        tier_counts=tuple((tier, summary["tiers"][tier]) for tier in ("reach", "target", "safety")),
        no_true_safety=summary["no_true_safety"] and summary["applications"] > 0,
        safety_steps=no_safety_steps(chosen),
        scale_words=chance_scale_words(scale),
        groups=tier_groups(rows_chosen(chosen, choices, wished=wished), scale=scale, show_all=choices.whole),
        rings=ring_links(chosen),
        wished=TITLES[wished] if wished and wished != "national" else "",
        choices=choices,
        others=tuple(row_view(row, scale) for row in rest) if choices.whole == OTHERS else (),
        others_count=len(rest),
        screened=tuple(screened_row(entry) for entry in shown),
        screened_hidden=len(screened) - len(shown),
        screened_words=screened_words(summary),
        screened_sentence=screened_sentence(summary),
        match_cause=match_cause_sentence(summary["match"]),
        rules_words=rules_words(summary),
        licence=licence_lines(summary.get("california_licence", ())),
        balance=balance_card(summary),
        asks=asks(summary),
        signals=signals_of(summary, chosen),
        unknown=listed(unknown_answers(profile)),
        prior_only=prior_only_words(prior_only(chosen), len(chosen)),
        applications=summary["applications"],
    )
