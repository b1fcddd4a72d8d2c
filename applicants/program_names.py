"""Which program somebody means by a name, a code or an id typed into a row."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Q

from programs.models import Program
from programs.search import normalise, search_words

PROGRAM_ID = re.compile(r"\bsp[0-9]{5}\b")
# Shorter than this fits hundreds of programs.
LEAST_LETTERS = 3
MOST_TOLD = 4
CATEGORICAL = "categorical"


@dataclass(frozen=True, slots=True)
class Named:
    """One track, and the words it is found by."""

    id: str
    key: str
    label: str
    specialty: str
    track: str
    found_by: str

    def fits(self, words: Sequence[str]) -> bool:
        return all(word in self.found_by for word in words)


class ProgramUnclear(Exception):
    """No program, or several, where one is meant. Its text says what to type instead."""


def programs_named(texts: Collection[str]) -> list[Named]:
    """Every track that one of ``texts`` may mean, by label: one query whatever is asked."""
    asked = [words for text in texts if (words := _words(text))]
    if not asked:
        return []
    wanted = Q()
    for words in asked:
        each = Q()
        for word in words:
            each &= Q(search_text__contains=word) | Q(specialty__name__icontains=word) | Q(state__iexact=word)
        wanted |= each
    rows = Program.objects.filter(wanted).select_related("specialty")
    return sorted((_named(row) for row in rows), key=lambda named: (named.label, named.id))


def labels_of(ids: Collection[str]) -> dict[str, str]:
    """The words a program is shown by, by id."""
    if not ids:
        return {}
    rows = Program.objects.filter(pk__in=ids).select_related("specialty")
    return {row.pk: _named(row).label for row in rows}


def program_meant(text: str, named: Sequence[Named], *, specialty: str | None = None) -> str:
    """The id ``text`` means among ``named``. Raises ProgramUnclear.

    The tracks of one program are one: its rotations and letters count for all of them.
    """
    said = PROGRAM_ID.search(text)
    if said:
        return said[0]
    words = _words(text)
    fits = [each for each in named if words and each.fits(words)]
    fits = [each for each in fits if each.specialty == specialty] or fits
    if not fits:
        raise ProgramUnclear(
            f'We hold no program that fits "{text[:80]}". '
            "Type less of its name, or its code, or leave it empty."
        )
    if len({each.key for each in fits}) == 1:
        return min(fits, key=lambda each: (each.track != CATEGORICAL, each.id)).id
    raise ProgramUnclear(_several(sorted(fits, key=attrgetter("track"))))


def _several(fits: Sequence[Named]) -> str:
    first = {each.key: each.label for each in reversed(fits)}
    told = sorted(first.values())
    more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    return "\n".join(
        (
            "Several programs fit. Add the specialty, or type the code of the one you mean:",
            *told[:MOST_TOLD],
            *more,
        )
    )


def _words(text: str) -> list[str]:
    """The words of a name or a code; none where an id is given, or too little to search by."""
    if PROGRAM_ID.search(text) or len(normalise(text)) < LEAST_LETTERS:
        return []
    return search_words(text)


def _named(row: Program) -> Named:
    track = "" if row.track == CATEGORICAL else f", {row.get_track_display().lower()}"
    place = ", ".join(part for part in (row.city, row.state) if part)
    specialty = row.specialty.name
    return Named(
        id=row.pk,
        key=row.program_key,
        label=f"{row.name}, {place} · {specialty}{track} ({row.pk})",
        specialty=row.specialty_id,
        track=row.track,
        found_by=f"{row.search_text} {normalise(specialty)} {row.state.lower()}",
    )
