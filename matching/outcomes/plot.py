"""The reliability table drawn as an SVG that says in words what it shows."""

from collections.abc import Iterator
from html import escape

from matching.calibration.outcomes_tables import Assessment, Bin

SIZE, MARGIN = 480, 56
TICKS = 5


def reliability_svg(assessment: Assessment) -> str:
    """Observed share against predicted chance, a point and its range for each bin, on the same scale both
    ways. Needs a told assessment; everything drawn also stands in the table."""
    top = _top(assessment.bins)
    parts = [*_axes(top), *(part for each in assessment.bins for part in _point(each, top))]
    title = f"Reliability, {assessment.label}"
    told = "; ".join(
        f"{each.predicted:.3f} predicted, {each.observed.value:.3f} observed" for each in assessment.bins
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" '
        f'aria-labelledby="title desc" font-family="sans-serif" font-size="12">\n'
        f'<title id="title">{escape(title)}</title>\n'
        f'<desc id="desc">{escape(told)}. On the diagonal chances are right.</desc>\n'
        f'<rect width="{SIZE}" height="{SIZE}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _top(bins: tuple[Bin, ...]) -> float:
    """The end of both axes: the largest number shown, up to the next twentieth."""
    most = max(max(each.predicted, each.observed.high) for each in bins)
    return min(1.0, (int(most * 20) + 1) / 20)


def _x(value: float, top: float) -> float:
    return MARGIN + value / top * (SIZE - 2 * MARGIN)


def _y(value: float, top: float) -> float:
    return SIZE - _x(value, top)


def _axes(top: float) -> Iterator[str]:
    low, high = _x(0, top), _x(top, top)
    yield f'<path d="M{low} {low}V{high}H{high}" fill="none" stroke="#333333"/>'
    yield f'<path d="M{low} {high}L{high} {low}" stroke="#595959" stroke-dasharray="4 4"/>'
    for step in range(TICKS + 1):
        value = top * step / TICKS
        x, y = f"{_x(value, top):.1f}", f"{_y(value, top):.1f}"
        yield f'<text x="{x}" y="{high + 16}" text-anchor="middle">{value:.2f}</text>'
        yield f'<text x="{low - 6}" y="{y}" text-anchor="end" dominant-baseline="middle">{value:.2f}</text>'
    middle = SIZE / 2
    yield f'<text x="{middle}" y="{SIZE - 16}" text-anchor="middle">Predicted chance of an interview</text>'
    yield f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">Observed share</text>'


def _point(each: Bin, top: float) -> Iterator[str]:
    x, found = f"{_x(each.predicted, top):.1f}", each.observed
    ends = f"M{x} {_y(found.low, top):.1f}V{_y(found.high, top):.1f}"
    yield f'<path d="{ends}" stroke="#0b5394" stroke-width="2"/>'
    yield f'<circle cx="{x}" cy="{_y(found.value, top):.1f}" r="4" fill="#0b5394"/>'
