"""One applicant against the whole catalogue: the way through the stages, in the order of the model."""

from dataclasses import replace

import numpy as np

from matching.scoring.advice import asks_of, flips_of
from matching.scoring.answer import Answer
from matching.scoring.applicant import Applicant, Options
from matching.scoring.balance_measures import listed_balance
from matching.scoring.choice import best_tracks, contenders, listable, required_of, scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined, examine
from matching.scoring.list_figures import interviews_of, scope_answers
from matching.scoring.listing import Lists, fees_saved, lists_make, lists_none, slope_of, willing_of
from matching.scoring.model import Model
from matching.scoring.probability import screen_probability
from matching.scoring.rows_told import rows_causes, rows_range, rows_tiers, rows_told, rows_verdicts
from matching.scoring.scored import Scored, catalogue_score
from matching.scoring.screened import screened_by
from matching.scoring.signal_ranges import (
    match_ranges,
    signal_ranges,
    signalled_examined,
    signalled_ranged,
    signals_used,
)
from matching.scoring.tiers import TIERS, abstentions
from matching.scoring.whole import whole_of

MARGIN = 1e-3  # the single-precision look errs by far less


__all__ = ["Scored", "catalogue_score", "score"]


def score(
    applicant: Applicant, options: Options, columns: Columns, model: Model, *, whole: bool = False
) -> Answer:
    """Score ``applicant`` against ``columns``: tiers, lists, ranges and reasons for the rows kept.

    ``whole``: keep the odds of every track as well, for browsing.
    Raises ListInfeasible where what must be in the list does not fit its limits. The same input gives the
    same answer to the byte.
    """
    scored = catalogue_score(applicant, columns, model if options.ranges else model.central)
    scope = scope_of(columns, applicant, options)
    open_rows = (scope.asked & ~scored.screening.out).nonzero()[0]
    p = _screen(scored, open_rows, model)
    candidates, shown = _choose(scored, p, applicant, options, open_rows, model)
    examined = examine(scored.terms, scored.sd, _rows_of(len(columns), candidates, shown), model)
    lists = lists_none(scope.rings)
    if options.max_applications or options.must_include:
        lists = lists_make(examined, candidates, applicant, options, columns, model, scope.rings, scored.sd)
    order = _row_order(lists, examined, shown, options.top)
    hopeful = examined.rows[examined.p >= model.parameters.values["tier.safety_low"]]
    ranged_rows = _rows_of(len(columns), hopeful, *((order, *lists.picked) if options.ranges else ()))
    ranged = rows_range(applicant, scored, examined, ranged_rows, model)
    examined = signalled_examined(examined, lists)
    tiers = rows_tiers(scored, examined, ranged, columns, model)  # its low end is without a signal
    told = ranged if options.ranges else None
    signalled = signal_ranges(told, lists, model, slope_of(applicant, model)) if told else None
    match = match_ranges(lists, told, signalled, columns, willing_of(applicant, model))
    causes = rows_causes(scored, told, order, lists, applicant, model)
    told = signalled_ranged(told, signalled, lists) if told else None
    closed = best_tracks(columns, (scope.asked & scored.screening.out).nonzero()[0], scored.log_odds)
    saved, saved_in_all = fees_saved(lists, closed, columns, model)
    return Answer(
        season=model.season,
        applicant=applicant,
        scopes=scope_answers(lists, match, applicant, columns, model),
        interviews=interviews_of(lists, model),
        rows=rows_told(scored, examined, told, tiers, lists, order, causes, applicant, columns, model),
        verdicts=rows_verdicts(scored.gates, np.concatenate((order, closed))),
        screened=closed,
        screened_usd=saved,
        screened_total_usd=saved_in_all,
        screened_by=screened_by(scored.gates, closed, lists, columns, model),
        waived=order[scored.screening.waived[order]],
        tiers_all=_tiers_all(scored, p, examined, tiers, open_rows, columns, model),
        unknown=scored.person.unknown,
        match_cause=causes.match,
        match_cause_share=causes.match_share,
        signals=signals_used(lists, columns, model),
        balance=listed_balance(lists, tiers[examined.at(lists.widest)], applicant, columns, model),
        flips=flips_of(scored, examined, order, tiers[examined.at(order)], applicant, options, model),
        asks=asks_of(scored, examined, lists, candidates, applicant, options, columns, model),
        whole=whole_of(scored, examined, tiers, lists, scope.asked, applicant, model) if whole else None,
    )


def best_value(
    scored: Scored, applicant: Applicant, options: Options, columns: Columns, model: Model
) -> float:
    """The objective of the recommended list, its signals with it, and nothing else worked out."""
    scope = scope_of(columns, applicant, options)
    open_rows = (scope.asked & ~scored.screening.out).nonzero()[0]
    p = _screen(scored, open_rows, model)
    candidates, _ = _choose(scored, p, applicant, replace(options, top=1), open_rows, model)
    examined = examine(scored.terms, scored.sd, candidates, model)
    rings = scope.rings[-1:]
    return lists_make(examined, candidates, applicant, options, columns, model, rings, scored.sd).value


def _screen(scored: Scored, open_rows: Ints, model: Model) -> Floats:
    """(n,) probabilities in single precision, to choose rows by; 0 where a track is not scored."""
    p = np.zeros(len(scored.log_odds))
    p[open_rows] = screen_probability(
        scored.log_odds[open_rows], scored.sd[open_rows], sigma=model.parameters.values["luck.sigma"]
    )
    return p


def _choose(
    scored: Scored, p: Floats, applicant: Applicant, options: Options, open_rows: Ints, model: Model
) -> tuple[Ints, Ints]:
    """Candidates of the lists (one track a program), and rows that may be shown or stand near a threshold;
    both ascending."""
    columns, values = scored.terms.columns, model.parameters.values
    picked = required = open_rows[:0]
    if options.max_applications or options.must_include:
        allowed = listable(columns, applicant, options, scored.no_base)
        programs = best_tracks(columns, open_rows[allowed[open_rows]], scored.log_odds)
        required = required_of(columns, programs, options)
        picked = contenders(columns, programs, p, scored.usual, max(options.max_applications, 1))
    best = _best_of(open_rows, p[open_rows], options.top + options.max_applications)
    near = open_rows[np.abs(p[open_rows] - values["tier.target"]) <= MARGIN]
    hopeful = open_rows[p[open_rows] >= values["tier.safety_low"] - MARGIN]
    n = len(columns)
    return _rows_of(n, picked, required), _rows_of(n, best, near, hopeful)


def _best_of(rows: Ints, p: Floats, most: int) -> Ints:
    """Of ``rows``, the ``most`` best, with all that an exact look may find as good: ties go by id."""
    if len(rows) <= most:
        return rows
    last = np.partition(p, len(p) - most)[len(p) - most]
    best: Ints = rows[p >= last * (1 - MARGIN)]
    return best


def _rows_of(n: int, *parts: Ints) -> Ints:
    """The rows in any of ``parts``, each once, ascending."""
    found = np.zeros(n, dtype=bool)
    for part in parts:
        found[part] = True
    return found.nonzero()[0]


def _row_order(lists: Lists, examined: Examined, shown: Ints, top: int) -> Ints:
    """The recommended list as picked, then the others by odds and id, to ``top`` rows in all; the whole list
    is always kept."""
    left = np.ones(int(max(shown.max(initial=0), lists.widest.max(initial=0))) + 1, dtype=bool)
    left[lists.widest] = False
    others = shown[left[shown]]
    by_odds = others[np.argsort(-examined.p[examined.at(others)], kind="stable")]
    return np.concatenate((lists.widest, by_odds[: max(0, top - len(lists.widest))]))


def _tiers_all(
    scored: Scored,
    p: Floats,
    examined: Examined,
    tiers: Ints,
    open_rows: Ints,
    columns: Columns,
    model: Model,
) -> tuple[int, int, int]:
    """How many of all tracks scored are reach, target, safety. Rows not examined lie clear of every line."""
    unexamined = np.zeros(len(columns), dtype=bool)
    unexamined[open_rows] = True
    unexamined[examined.rows] = False
    rest = unexamined.nonzero()[0]
    held = scored.screening.waived | abstentions(columns, scored.no_base)
    target = int(((p[rest] >= model.parameters.values["tier.target"]) & ~held[rest]).sum())
    counts = np.bincount(tiers, minlength=len(TIERS))
    return int(counts[0]) + len(rest) - target, int(counts[1]) + target, int(counts[2])
