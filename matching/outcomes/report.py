"""The findings told as a Markdown page: what was measured, how surely, and what was decided."""

from collections.abc import Iterable, Iterator

from matching.calibration.outcomes_fits import Line
from matching.calibration.outcomes_recalibrate import Candidate, Fitted
from matching.calibration.outcomes_tables import Assessment, Estimate
from matching.outcomes.measuring import Decision, Findings

GROUP_TITLES = {
    "specialty": "By specialty",
    "applicant_type": "By kind of graduate",
    "score_band": "By Step 2 CK score",
}
MEASURES = (
    "Group", "Rows", "Applicants", "Interviews", "Predicted", "Observed", "Brier", "Brier of the share",
    "Log loss", "Log loss of the share", "Calibration error",
)  # fmt: skip


def report_markdown(findings: Findings, new_version: str, *, plot: str | None) -> str:
    """The whole report. ``new_version``: of the model with what was kept; ``plot``: name of the picture."""
    blocks = [
        "# Predicted chances and what happened",
        *_start(findings),
        "## How it is measured",
        _method(findings),
        "## By version of the model",
        _measures(findings.by_version),
        f"## Version {findings.version}",
        *_whole(findings, plot),
        *_groups(findings),
        "## Recalibration",
        *_decisions(findings, new_version),
        "## From interview to match",
        *_matches(findings),
    ]
    return "\n\n".join(blocks) + "\n"


def _start(findings: Findings) -> Iterator[str]:
    counts = findings.counts
    yield (
        f"{counts.rows} rows of {counts.applicants} applicants, seasons {', '.join(counts.seasons)}. The "
        f"model's version is {findings.current}; what follows by group and as recalibration speaks of "
        f"{findings.version}."
    )
    if counts.unknown:
        yield (
            f"{counts.unknown} rows without a known outcome are left out. Mean chance of the rows left "
            f"out: {_number(counts.mean_left_out)}, of the others: {_number(counts.mean_used)}."
        )
    if counts.programs_unknown:
        yield (
            f"{counts.programs_unknown} rows are of programs that the catalogue at hand does not have; "
            "they count as programs whose residents nobody has counted."
        )
    for warning in findings.warnings:
        yield f"**{warning}**"


def _method(findings: Findings) -> str:
    rules = findings.rules
    return (
        f"Ranges hold {rules.level:.0%} of {rules.resamples} bootstrap resamples of whole applicants, "
        f"seed {rules.seed}: programs read the same file, so rows of one applicant hang together. "
        f"Calibration error is the expected calibration error over at most {rules.bins} bins of equal "
        "count; it is never zero, and its range leans upwards where there are few applicants. An "
        "observed share in a table is never given more surely than by Wilson's range for independent "
        "rows. *Of the share*: what somebody would score who said the observed share each time. Groups "
        f"of fewer than {rules.least_group} applicants are withheld; no bin holds fewer than "
        f"{rules.least_cell} applicants."
    )


def _whole(findings: Findings, plot: str | None) -> Iterator[str]:
    whole = findings.whole
    if whole.withheld:
        yield f"Withheld: {whole.withheld}."
        return
    if findings.noise and whole.ece:
        noise = findings.noise
        yield (
            f"Calibration error {_estimate(whole.ece)}. Were the model right in every respect, these "
            f"rows would show {noise.ece:.4f} ({noise.low:.4f} to {noise.high:.4f}) by luck alone."
        )
    if whole.parts:
        parts = whole.parts
        yield (
            f"Parts of the Brier score: reliability {parts.reliability:.5f} (0 is best), resolution "
            f"{parts.resolution:.5f}, uncertainty {parts.uncertainty:.5f}, within bins {parts.within:.5f}."
        )
    if plot:
        yield f"![Observed share against predicted chance; the numbers are in the table]({plot})"
    yield _reliability(whole)


def _groups(findings: Findings) -> Iterator[str]:
    for name, assessments in findings.groups.items():
        yield f"## {GROUP_TITLES[name]}"
        yield _measures(assessments)
        for each in assessments:
            if not each.withheld:
                yield f"### {_group(each)}"
                yield _reliability(each)


def _decisions(findings: Findings, new_version: str) -> Iterator[str]:
    yield (
        "Each kind of graduate is decided by itself. *shift* adds one number to the log-odds; *stretch* "
        "also multiplies them (scikit-learn's logistic regression on the logit of the chance, put on "
        "the model's own scale); *isotonic* (scikit-learn) is a check and never kept: steps cannot be "
        f"shared out among the reasons of a chance. Judged by log loss over {findings.rules.folds} folds "
        "of whole applicants. From the simplest on, one that gains more than its standard error takes "
        "the place of the one before."
    )
    for decision in findings.decisions:
        yield f"### {decision.kind}: {decision.words}"
        if not decision.recalibration.too_few:
            yield from _decision(decision)
    if new_version == findings.current:
        yield f"The model stays at version {findings.current}."
    else:
        yield f"With what was kept the model is version {new_version}."


def _decision(decision: Decision) -> Iterator[str]:
    found = decision.recalibration
    rows = (_candidate(candidate) for candidate in found.candidates)
    yield _table(("Candidate", "Log loss, unseen applicants", "Gain", "Standard error"), rows)
    if found.shift:
        yield f"Shift of the log-odds that meets the observed share: {_parts(found.shift)[0]}."
    if found.logistic:
        intercept, slope = _parts(found.logistic)
        yield f"On the logit of the chance, where 0 and 1 are right: intercept {intercept}, slope {slope}."
    if decision.changes:
        line = decision.line
        yield (
            f"New: `recalibration.intercept.{decision.kind}` {line.intercept:.4f}, "
            f"`recalibration.slope.{decision.kind}` {line.slope:.4f} (were {decision.before.intercept:g} "
            f"and {decision.before.slope:g})."
        )
        yield "Applicants that were not fitted to, with it:"
        yield _measures((decision.after,))


def _candidate(candidate: Candidate) -> tuple[str, ...]:
    if candidate.log_loss is None or candidate.gain is None or candidate.error is None:
        return candidate.name, f"refused: {candidate.refused}", "–", "–"
    if candidate.name == "identity":
        return candidate.name, f"{candidate.log_loss:.5f}", "–", "–"
    return candidate.name, f"{candidate.log_loss:.5f}", f"{candidate.gain:+.5f}", f"{candidate.error:.5f}"


def _parts(fitted: Fitted) -> tuple[str, str]:
    """Intercept and slope, each with its standard error."""

    def told(line: Line) -> tuple[float, float]:
        return line.intercept, line.slope

    intercept, slope = (
        f"{value:.3f} (standard error {error:.3f})"
        for value, error in zip(told(fitted.line), told(fitted.error), strict=True)
    )
    return intercept, slope


def _matches(findings: Findings) -> Iterator[str]:
    if not findings.matches:
        yield "Too few interviews whose end is known."
        return
    yield (
        "Of programs that interviewed an applicant, the share she matched at. It holds her own order "
        "and how many interviews she had, and is not `match.willing`, which is a chance were she wanted "
        "nowhere she likes better."
    )
    rows = ((share.kind, str(share.interviews), _estimate(share.share)) for share in findings.matches)
    yield _table(("Kind of graduate", "Interviews", "Matched there"), rows)


def _measures(assessments: Iterable[Assessment]) -> str:
    return _table(MEASURES, (_measured(each) for each in assessments))


def _measured(each: Assessment) -> tuple[str, ...]:
    if each.withheld:
        return _group(each), f"withheld: {each.withheld}", *("–",) * (len(MEASURES) - 2)
    return (
        _group(each), str(each.rows), str(each.applicants), str(each.interviews), _number(each.predicted),
        _estimate(each.observed), _estimate(each.brier), _number(each.brier_reference),
        _estimate(each.log_loss), _number(each.log_loss_reference), _estimate(each.ece),
    )  # fmt: skip


def _reliability(each: Assessment) -> str:
    rows = (
        (
            f"{row.lowest:.3f} to {row.highest:.3f}",
            str(row.rows),
            str(row.applicants),
            _number(row.predicted),
            _estimate(row.observed),
        )
        for row in each.bins
    )
    return _table(("Chances", "Rows", "Applicants", "Predicted", "Observed"), rows)


def _group(each: Assessment) -> str:
    return each.label.partition(": ")[2]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _estimate(found: Estimate | None) -> str:
    return "–" if found is None else f"{found.value:.4f} ({found.low:.4f} to {found.high:.4f})"


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
