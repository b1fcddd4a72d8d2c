"""What an operator's outcomes say of the model: assessed by version and group, recalibrated where they
win."""

from dataclasses import dataclass, field, replace

import numpy as np

from matching.calibration.outcomes import Outcomes, Rules
from matching.calibration.outcomes_fits import Data, Line
from matching.calibration.outcomes_link import Link
from matching.calibration.outcomes_metrics import bins_merged, bins_of
from matching.calibration.outcomes_noise import Noise, noise_of
from matching.calibration.outcomes_recalibrate import KEPT_AS, Recalibration, recalibrate
from matching.calibration.outcomes_tables import Assessment, Estimate, assess, assess_by, assess_groups
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.kinds import KINDS
from matching.scoring.model import Model
from matching.scoring.prior import prior_of

PARAMETER = "recalibration.{part}.{kind}"


@dataclass(frozen=True)
class Counts:
    """Rows of the file, those whose interview is not known, and those of programs that are not in the
    catalogue. ``mean_left_out`` is the mean chance given to rows left out, beside ``mean_used``."""

    rows: int
    applicants: int
    seasons: tuple[str, ...]
    unknown: int
    programs_unknown: int
    mean_used: float | None
    mean_left_out: float | None


@dataclass(frozen=True)
class MatchShare:
    """Of programs that interviewed an applicant of this ``kind``, the share she matched at."""

    kind: str
    interviews: int
    share: Estimate


@dataclass(frozen=True)
class Decision:
    """One kind of graduate: what was decided, in words and numbers, and the line now on its log-odds.
    ``after`` assesses the chances of applicants that were not fitted to."""

    kind: str
    recalibration: Recalibration
    words: str
    before: Line
    line: Line
    after: Assessment

    @property
    def changes(self) -> bool:
        return self.line != self.before


@dataclass(frozen=True)
class Findings:
    """Everything a report tells. ``version`` is the one the groups and decisions speak of, ``current`` the
    model's own; ``foreign`` where they differ."""

    rules: Rules
    counts: Counts
    current: str
    version: str
    by_version: tuple[Assessment, ...]
    whole: Assessment
    noise: Noise | None
    groups: dict[str, tuple[Assessment, ...]]
    decisions: tuple[Decision, ...]
    matches: tuple[MatchShare, ...]
    warnings: tuple[str, ...] = field(default=())

    @property
    def foreign(self) -> bool:
        return self.version != self.current


def outcomes_measure(
    outcomes: Outcomes, model: Model, columns: Columns | None, rules: Rules, from_version: str | None = None
) -> Findings:
    """Measure ``outcomes`` and decide. ``columns`` tell how much is not known of each program; a program that
    is not there (or no catalogue at all) counts as one without counted residents. ``from_version``: the
    version whose rows decide; by default the model's own, else that of the newest season with most rows.

    Raises ValueError where no row is of ``from_version``. The same input gives the same findings.
    """
    version = from_version or version_chosen(outcomes, model.version)
    if version not in outcomes.version:
        raise ValueError(f"no row was predicted by version {version}")
    chosen = outcomes.take(outcomes.version == version)
    known = chosen.take(chosen.known)
    sd, unseen = _spreads(known, model, columns)
    sigma = model.parameters.values["luck.sigma"]
    whole = assess(chosen, rules, f"version: {version}")
    return Findings(
        rules=rules,
        counts=_counts(outcomes, unseen),
        current=model.version,
        version=version,
        by_version=assess_by(outcomes, "version", outcomes.version, rules),
        whole=whole,
        noise=None if whole.withheld else _noise(known, sd, sigma, model, rules),
        groups=assess_groups(chosen, rules),
        decisions=tuple(_decide(known, sd, kind, model, rules) for kind in np.unique(known.kind).tolist()),
        matches=_matches(known, rules),
        warnings=_warnings(outcomes, version, model.version),
    )


def version_chosen(outcomes: Outcomes, current: str) -> str:
    """The current version where it has rows, else of the newest season the one with most rows."""
    if current in outcomes.version:
        return current
    newest = outcomes.version[outcomes.season == np.unique(outcomes.season)[-1]]
    names, rows = np.unique(newest, return_counts=True)
    return str(names[np.argmax(rows)])


def _spreads(known: Outcomes, model: Model, columns: Columns | None) -> tuple[Floats, int]:
    """(n,) standard deviation of what is not known of each row's program, and how many rows are of programs
    that the catalogue does not have."""
    sd = np.full(len(known), model.parameters.values["openness_sd"])
    if columns is None:
        return sd, len(known)
    unseen = 0
    for kind in np.unique(known.kind).tolist():
        rows = np.flatnonzero(known.kind == kind)
        at = np.array([columns.row_of.get(program, -1) for program in known.program[rows].tolist()])
        sd[rows[at >= 0]] = prior_of(columns, model.central, kind).sd[at[at >= 0]]
        unseen += int((at < 0).sum())
    return sd, unseen


def _link(sd: Floats, model: Model) -> Link:
    return Link.of(sd, sigma=model.parameters.values["luck.sigma"], nodes=model.nodes)


def _noise(known: Outcomes, sd: Floats, sigma: float, model: Model, rules: Rules) -> Noise:
    bins = bins_merged(bins_of(known.probability, rules.bins), known.applicant, rules.least_cell)
    return noise_of(Data.of(known, _link(sd, model)), sd, sigma, bins, rules)


def _decide(known: Outcomes, sd: Floats, kind: str, model: Model, rules: Rules) -> Decision:
    rows = known.kind == kind
    ours = known.take(rows)
    found = recalibrate(ours, _link(sd[rows], model), rules, kind)
    before = line_of(model, kind)
    if found.too_few:
        words, after = f"not recalibrated: {found.too_few}", Assessment("", withheld=found.too_few)
    else:
        words = KEPT_AS[found.kept]
        after = assess(replace(ours, probability=found.chances), rules, f"unseen: {kind}")
    return Decision(kind, found, words, before, found.line.after(before), after)


def line_of(model: Model, kind: str) -> Line:
    """The recalibration that the model holds for this kind of graduate."""
    values = model.parameters.values
    parts = (values[PARAMETER.format(part=part, kind=kind)] for part in ("intercept", "slope"))
    return Line(*parts)


def recalibrated_kinds(model: Model) -> list[str]:
    """The kinds of graduate whose log-odds the model moves by what outcomes taught."""
    return [kind for kind in KINDS if line_of(model, kind) != Line()]


def _counts(outcomes: Outcomes, unseen: int) -> Counts:
    known = outcomes.known

    def mean(rows: Floats) -> float | None:
        return float(rows.mean()) if len(rows) else None

    return Counts(
        rows=len(outcomes),
        applicants=outcomes.applicants,
        seasons=tuple(np.unique(outcomes.season).tolist()),
        unknown=int((~known).sum()),
        programs_unknown=unseen,
        mean_used=mean(outcomes.probability[known]),
        mean_left_out=mean(outcomes.probability[~known]),
    )


def _matches(known: Outcomes, rules: Rules) -> tuple[MatchShare, ...]:
    """By kind of graduate, where enough applicants have an interview whose end is known."""
    rows = known.take((known.interviewed > 0) & ~np.isnan(known.matched))
    found = []
    for kind in np.unique(rows.kind).tolist():
        ours = rows.take(rows.kind == kind)
        share = assess(replace(ours, interviewed=ours.matched), rules, f"matched: {kind}")
        if share.observed is not None:
            found.append(MatchShare(kind, len(ours), share.observed))
    return tuple(found)


def _warnings(outcomes: Outcomes, version: str, current: str) -> tuple[str, ...]:
    found = []
    if version != current:
        found.append(
            f"The rows that decide were predicted by version {version}, not by the current {current}. "
            "What is found there is written only where that version is named on purpose."
        )
    if others := len(np.unique(outcomes.version)) - 1:
        found.append(
            f"Groups and recalibration rest on version {version} alone. "
            f"Other versions in the file: {others}, told by themselves only."
        )
    if not outcomes.known.all():
        found.append(
            "Rows without a known outcome are left out. If programs that never answered were left empty "
            "and not 0, the observed shares are too high."
        )
    return tuple(found)
