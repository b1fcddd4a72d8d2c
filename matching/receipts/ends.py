"""The two ends of a comparison, and every mixture of them, scored by the core."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.inputs import applicant_of, options_of
from matching.models import MatchRun
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.applicant import Applicant, Options
from matching.scoring.columns import Columns, columns_build
from matching.scoring.draws import Floats
from matching.scoring.list_rules import ListInfeasible, ProgramsBarred
from matching.scoring.model import Model
from matching.scoring.score import score
from programs.geography import DIVISION_BY_STATE

if TYPE_CHECKING:
    from matching.scoring.answer import Answer, Whole

FIGURES = ("match", "los_angeles", "interviews", "cost")


@dataclass(frozen=True)
class End:
    """One end: what was asked, of which catalogue, by which model."""

    applicant: Applicant
    options: Options
    catalogue: LoadedCatalogue
    model: Model

    @property
    def columns(self) -> Columns:
        return columns_of(self.catalogue, self.model)


@dataclass(frozen=True)
class Scored:
    """The answer of one mixture, in short: ``figures`` (4,) as FIGURES, ``p`` (n,) the chance of an interview
    at every track of its catalogue, 0 where a rule closes it, NaN where no number may be shown."""

    figures: Floats
    p: Floats
    whole: "Whole"
    answer: "Answer"


def end_of(run: MatchRun, model: Model) -> End:
    """Raises DataVersion.DoesNotExist where the run's data version is gone."""
    options = MatchOptions.model_validate(run.options)
    return End(
        applicant_of(ProfileDocument.model_validate(run.profile)),
        options_of(options),
        catalogue_get(run.data_version),
        model,
    )


_built: dict[tuple[str, str], Columns] = {}
_lock = threading.Lock()
KEPT = 4


def columns_of(catalogue: LoadedCatalogue, model: Model) -> Columns:
    """Columns as ``model`` reads them; those of an earlier model are kept for a while as well."""
    if model is model_for(model.season):
        return catalogue.columns(model.season)
    key = (catalogue.version, model.version)
    if key not in _built:
        built = columns_build(
            catalogue.scored, parameters=model.parameters, season=model.season, divisions=DIVISION_BY_STATE
        )
        with _lock:
            while len(_built) >= KEPT:
                _built.pop(next(iter(_built)))
            _built[key] = built
        return built
    return _built[key]


def end_score(end: End) -> Scored:
    """The list and the odds of every track, without ranges, which no figure here depends on."""
    answer = _answer(end)
    whole = answer.whole
    assert whole is not None  # asked for
    chosen = answer.widest
    figures = np.array(
        [chosen.match.value, chosen.p_los_angeles, answer.interviews.expected, float(chosen.cost_usd)]
    )
    return Scored(figures, np.where(whole.closed, 0.0, whole.p), whole, answer)


def _answer(end: End) -> "Answer":
    """A mixture need not be possible: a program held in by hand may be closed in it, or cost too much. Such a
    program is not held in there."""
    columns = end.columns
    known = tuple(name for name in end.options.must_include if name in columns.row_of)
    options = replace(end.options, ranges=False, top=1, explain=0, must_include=known)
    while True:
        try:
            return score(end.applicant, options, columns, end.model, whole=True)
        except ProgramsBarred as barred:
            options = replace(options, must_include=_without(options, columns, barred.rows))
        except ListInfeasible:
            options = replace(options, must_include=())


def _without(options: Options, columns: Columns, rows: Iterable[int]) -> tuple[str, ...]:
    barred = set(rows)
    return tuple(name for name in options.must_include if columns.row_of[name] not in barred)
