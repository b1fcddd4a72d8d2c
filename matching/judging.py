"""The edge of judging a list as it stands, or one program: validated documents and ids in, documents out.

Called when a list changes, never when it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.documents import answer_document
from matching.inputs import applicant_of, options_of
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.answer import Answer
from matching.scoring.columns import Columns
from matching.scoring.given_brief import Brief, lists_brief
from matching.scoring.given_list import Given, list_cost, list_score
from matching.scoring.signal_offer import NONE
from matching.scoring.signals import LEVELS

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One program of a list by id, and the signal meant for it: one of ``LEVELS``, or "" for none."""

    program: str
    signal: str = ""


def list_judge(
    *,
    profile: ProfileDocument,
    options: MatchOptions,
    wanted: Sequence[Wanted],
    catalogue: LoadedCatalogue,
    season: str,
) -> Document:
    """``summary`` of the list as it stands, and ``rows`` by program id, each with gates and factors.

    A program that a strict rule closes has ``closed`` and the rules that do it instead. ``applications`` and
    ``cost_usd`` count every program, closed ones too. Raises KeyError for an id the catalogue does not know,
    ValueError where one stands twice.
    """
    answer = _answer(profile, options, wanted, catalogue, season)
    document = answer_document(answer, catalogue, explain=len(answer.rows.row))
    columns = catalogue.columns(season)
    rows, summary = _rows(wanted, columns), document["summary"]
    summary["applications"] = len(np.unique(columns.program[rows]))
    summary["cost_usd"] = list_cost(rows, columns, model_for(season))
    return {"summary": summary, "rows": _told(document)}


def lists_try(
    *, profile: ProfileDocument, lists: Sequence[Sequence[Wanted]], catalogue: LoadedCatalogue, season: str
) -> tuple[Brief, ...]:
    """A few figures of several lists for one applicant, who is scored once. Raises as ``list_judge``."""
    columns, model = catalogue.columns(season), model_for(season)
    return lists_brief(applicant_of(profile), [_given(each, columns) for each in lists], columns, model)


def program_judge(
    *,
    profile: ProfileDocument,
    options: MatchOptions,
    program: str,
    catalogue: LoadedCatalogue,
    season: str,
    signal: str = "",
) -> Document | None:
    """One program for one applicant, with ``signal`` (of ``LEVELS``) or without: its row with gates, factors
    and flips, or why it is closed. None for an id the catalogue does not know."""
    if program not in catalogue.columns(season).row_of:
        return None
    answer = _answer(profile, options, [Wanted(program, signal)], catalogue, season, flips=True)
    rows = _told(answer_document(answer, catalogue, explain=1))
    return {**rows[program], "match_if_interviewed": None}  # of a list of one: says nothing


def _answer(
    profile: ProfileDocument,
    options: MatchOptions,
    wanted: Sequence[Wanted],
    catalogue: LoadedCatalogue,
    season: str,
    *,
    flips: bool = False,
) -> Answer:
    columns, model = catalogue.columns(season), model_for(season)
    return list_score(
        applicant_of(profile), _given(wanted, columns), options_of(options), columns, model, flips=flips
    )


def _given(wanted: Sequence[Wanted], columns: Columns) -> Given:
    levels = [LEVELS.index(each.signal) if each.signal else NONE for each in wanted]
    return Given(_rows(wanted, columns), np.array(levels, dtype=np.int64))


def _rows(wanted: Sequence[Wanted], columns: Columns) -> Any:
    return np.array([columns.row_of[each.program] for each in wanted], dtype=np.int64)


def _told(document: Document) -> dict[str, Document]:
    told = {row["program"]["id"]: {**row, "closed": False} for row in document["list"]}
    nothing = {"probability": None, "low": None, "high": None, "cause": None}
    for row in document["screened_out"]:
        told[row["program"]["id"]] = {**row, "closed": True, "tier": None, "interview": nothing}
    return told
