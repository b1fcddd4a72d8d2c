"""A hundred seasons with the changes as dots, and those of the baseline as a thin outline over them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matching.presentation.histogram import DOT, Drawing, Grid, Histogram, TableRow, columns_of, histogram

CAPTION = "Each dot is one season, above the number of interviews it brings. The thin line is the baseline."


def seasons_beside(base: Mapping[str, Any], now: Mapping[str, Any]) -> Histogram:
    """``base`` and ``now`` are the ``interviews`` of two answers."""
    before = columns_of(base)
    if before == columns_of(now):
        return histogram(now)
    figure = histogram(now, beside=before)
    columns = len(figure.table)
    return replace(
        figure,
        drawings=tuple(
            replace(drawing, outline=outline(before, drawing, columns)) for drawing in figure.drawings
        ),
        table=_table(figure.table, before),
        caption=CAPTION,
    )


def outline(seasons: Sequence[int], drawing: Drawing, columns: int) -> str:
    """The tops of the stacks the seasons would make, as one stepped line from ground to ground."""
    step, size = drawing.width / columns, drawing.size / DOT
    grid = Grid(step, size, max(1, int(step * 0.86 / size)))
    path = f"M0 {drawing.baseline:g}"
    for column, count in enumerate(seasons):
        top = drawing.baseline - (grid.rows(count) * size + 3 if count else 0)
        path += f"V{top:.1f}H{(column + 1) * step:.1f}"
    return f"{path}V{drawing.baseline:g}"


def _table(rows: Sequence[TableRow], before: Sequence[int]) -> tuple[TableRow, ...]:
    """The twin of both: now, and in brackets before."""
    was = [*before, *(0,) * (len(rows) - len(before))]
    return tuple(
        TableRow(row.count, f"{row.share} (was {seasons or 'under 1'})")
        for row, seasons in zip(rows, was, strict=True)
    )
