"""The dated pass marks of the USMLE steps, from fixtures/parameters.csv (``step2ck.pass_mark.2025-07``)."""

from functools import lru_cache

from programs.reference import reference_rows

Marks = tuple[tuple[str, int], ...]


@lru_cache(maxsize=1)
def _marks() -> dict[str, Marks]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in reference_rows("parameters"):
        exam, _, rest = row["name"].partition(".pass_mark.")
        if rest:
            found.setdefault(exam, []).append((rest, int(row["value"])))
    return {exam: tuple(sorted(marks, reverse=True)) for exam, marks in found.items()}


def pass_mark(exam: str, month: str) -> int | None:
    """The mark in force in ``month`` (YYYY-MM), or None before the first mark on record.

    Marks change on the first of a month. The 2022 change of Step 1 fell on the day its scores ended,
    so no scored Step 1 ever met it and it is not on record here.
    """
    for start, mark in _marks().get(exam, ()):
        if month >= start:
            return mark
    return None
