"""What a list may bring, judged when it changes and kept with it: reading it scores nothing."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from matching.list_state import State
from matching.models import Match, MatchRun, SavedList
from matching.selectors import MatchNotReady, match_document
from programs.models import DataVersion

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue
    from matching.scoring.signals import SignalTable

logger = logging.getLogger(__name__)

FIGURES = (
    "interviews", "match", "tiers", "no_true_safety", "scopes", "signals", "balance", "list_by_ring",
    "p_los_angeles", "applications", "cost_usd", "stop_line",
)  # fmt: skip
# What a list calls a signal of the only kind a specialty has, and what the core calls it.
LEVEL_OF = {"signal": "single"}
KIND_OF = {"single": "signal"}
NO_ODDS: dict[str, Any] = {"tier": "", "probability": None, "low": None, "high": None, "shown": {}}


@dataclass(frozen=True)
class Judged:
    """``figures`` None where the list could not be judged."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    figures: dict[str, Any] | None = None

    def odds(self, program: str) -> dict[str, Any]:
        """The columns of an entry."""
        row = self.rows.get(program)
        return entry_odds(row) if row else dict(NO_ODDS)


def levels_of(signals: "SignalTable", specialty: str) -> dict[str, int]:
    """The kinds of signal a specialty has, each with how many an applicant may send."""
    from matching.scoring.signals import LEVELS  # noqa: PLC0415

    known = signals.of(specialty)
    return {level: count for level, count in zip(LEVELS, known.counts, strict=True) if count} if known else {}


def entry_odds(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an entry from a row of an answer; a number without its range is not shown."""
    interview = row["interview"]
    odds = {name: interview.get(name) for name in ("probability", "low", "high")}
    told = None not in odds.values()
    closed = bool(row.get("closed"))
    failed = [gate for gate in row.get("gates", ()) if gate["verdict"] == "fail"]
    shown = {
        "fit": row.get("fit"),
        "reasons": [dict(each) for each in row.get("reasons", ())],
        "closed": closed,
        "gates": failed,
    }
    return {"tier": row.get("tier") or "", **(odds if told else dict.fromkeys(odds)), "shown": shown}


def figures_kept(
    summary: Mapping[str, Any], *, model: str, data: str, ours: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What a list keeps of a summary, with what it was judged by and the list we recommend beside it."""
    kept = {name: summary.get(name) for name in FIGURES}
    return {**kept, "judged": {"model": model, "data": data}, "ours": ours}


def ours_of(match: Match, document: Mapping[str, Any]) -> dict[str, Any]:
    """The list the match recommends, to compare with."""
    summary = document["summary"]
    return {
        "match_id": str(match.pk),
        "programs": [row["program"]["id"] for row in document["list"] if row["selected"]],
        "match": {name: summary["match"][name] for name in ("probability", "low", "high")},
        "none": summary["interviews"]["none"],
        "cost_usd": summary["cost_usd"],
    }


def list_judged(saved_list: SavedList, state: State, *, catalogue: "LoadedCatalogue | None" = None) -> Judged:
    """The list for the applicant of its match: by the data the run was made with while the model is the same,
    else by today's, or by the ``catalogue`` that is given."""
    from applicants.schema import ProfileDocument  # noqa: PLC0415
    from matching.judging import Wanted, list_judge  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415
    from matching.schema import MatchOptions  # noqa: PLC0415

    run = saved_list.match.run
    catalogue = catalogue or catalogue_of(run)
    if catalogue is None:
        return Judged()
    try:
        document = list_judge(
            profile=ProfileDocument.model_validate(run.profile),
            options=MatchOptions.model_validate(run.options),
            wanted=[Wanted(name, level) for name, level in _wanted(run, state, catalogue)],
            catalogue=catalogue,
            season=run.season,
        )
    except ValidationError:
        logger.warning("run %s: its input is of an earlier edition, its lists cannot be judged", run.pk)
        return Judged()
    figures = figures_kept(
        document["summary"],
        model=model_for(run.season).version,
        data=catalogue.version,
        ours=_ours_kept(saved_list),
    )
    return Judged(document["rows"], figures)


def list_summaries(saved_list: SavedList, states: Sequence[State]) -> list[dict[str, Any] | None]:
    """What several lists for the applicant of this one would bring, by what ``list_judged`` judges by: of its
    figures the few that are compared, each None where it cannot be judged. She is scored once for all."""
    from applicants.schema import ProfileDocument  # noqa: PLC0415
    from matching.judging import Wanted, lists_try  # noqa: PLC0415

    run = saved_list.match.run
    catalogue = catalogue_of(run)
    try:
        profile = ProfileDocument.model_validate(run.profile)
    except ValidationError:
        catalogue = None
    if catalogue is None:
        return [None] * len(states)
    lists = [[Wanted(*each) for each in _wanted(run, state, catalogue)] for state in states]
    found = lists_try(profile=profile, lists=lists, catalogue=catalogue, season=run.season)
    return [
        {
            "interviews": {"none": brief.none},
            "match": {"probability": brief.match},
            "cost_usd": brief.cost_usd,
            "applications": brief.applications,
        }
        for brief in found
    ]


def judged_now(saved_list: SavedList) -> bool:
    """Whether what the list keeps of itself is by the model in use."""
    from matching.reference import model_for  # noqa: PLC0415

    kept = (saved_list.figures or {}).get("judged") or {}
    return bool(kept.get("model") == model_for(saved_list.match.run.season).version)


def _wanted(run: MatchRun, state: State, catalogue: "LoadedCatalogue") -> list[tuple[str, str]]:
    """What is published of the list; a signal its specialty does not have counts as none."""
    from matching.reference import model_for  # noqa: PLC0415

    rows, signals = catalogue.columns(run.season).row_of, model_for(run.season).signals
    wanted = []
    for each in state:
        if each.program in rows:
            levels = levels_of(signals, catalogue.tracks[rows[each.program]].specialty)
            level = LEVEL_OF.get(each.signal, each.signal)
            wanted.append((each.program, level if level in levels else ""))
    return wanted


def _ours_kept(saved_list: SavedList) -> dict[str, Any] | None:
    """Read from the match once, for it never changes; None where its answer cannot be read any more."""
    kept = (saved_list.figures or {}).get("ours")
    if kept and kept["match_id"] == str(saved_list.match_id):
        return dict(kept)
    try:
        return ours_of(saved_list.match, match_document(saved_list.match, explain=0))
    except MatchNotReady:
        return None


def catalogue_of(run: MatchRun) -> "LoadedCatalogue | None":
    """What lists of this run are judged by; None where it is not held any more."""
    from matching.catalogue import CatalogueEmpty, catalogue_current, catalogue_get  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415

    try:
        if run.model_version == model_for(run.season).version:
            return catalogue_get(run.data_version)
        return catalogue_current()
    except (DataVersion.DoesNotExist, CatalogueEmpty):
        return None
