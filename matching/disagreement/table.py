"""The report as rows of a file: every group with its counts, its range and the reasons given."""

from collections.abc import Iterator

from matching.exporting.columns import Cell, Column, Table

from .counting import FACETS, FEW, Counted, Group, wilson
from .page import by_reason, ordered
from .words import REASONS, TITLES

COLUMNS = (
    Column("Grouped by", 20), Column("Group", 34), Column("Programs looked at", 12), Column("Likelier", 10),
    Column("Less likely", 10), Column("For the desk alone", 10), Column("Share moved", 10),
    Column("Share from", 10), Column("Share to", 10), Column("Lists with a move", 10),
    Column("Small group", 10),
    *(Column(f"Reason: {words}", 12) for words in REASONS.values()),
)  # fmt: skip


def table_of(found: Counted) -> Table:
    return Table(COLUMNS, tuple(_rows(found)))


def _rows(found: Counted) -> Iterator[tuple[Cell, ...]]:
    yield _row("All", "All", found.total)
    for facet in FACETS:
        for group, name in ordered(facet, found):
            yield _row(TITLES[facet], name, group)
    for group in by_reason(found):
        yield _row("By reason", REASONS.get(group.name, group.name), group)


def _row(title: str, name: str, group: Group) -> tuple[Cell, ...]:
    low, high = wilson(group.moved, group.looked_at)
    return (
        title,
        name,
        group.looked_at,
        group.up,
        group.down,
        group.private,
        round(group.moved / group.looked_at, 4) if group.looked_at else None,
        round(low, 4),
        round(high, 4),
        len(group.lists),
        f"fewer than {FEW} programs" if group.few else "",
        *(group.reasons[reason] for reason in REASONS),
    )
