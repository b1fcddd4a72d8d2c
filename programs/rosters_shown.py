"""A program's rosters as its page shows them: counts by season, tables of the newest, with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from programs.models import Resident, Roster
from programs.presentation import web_host
from programs.public import TOTAL, Cells, Told, roster_public
from programs.roster_rows import ResidentRow


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    column: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class RosterShown:
    """``tables`` are of the newest whole roster, or of the newest where none is whole (``complete``): those
    of which something may be told. ``listed`` are whom it lists; ``earlier``: by season what whole rosters
    before the newest say."""

    season: str
    complete: bool
    listed: Told
    tables: tuple[Table, ...]
    url: str
    host: str
    source: str
    kind: str
    observed_on: date
    earlier: Mapping[str, Mapping[str, Told]]

    @property
    def season_words(self) -> str:
        """``2025–26``, the training year that ends in the season."""
        return f"{int(self.season) - 1}–{self.season[2:]}"

    @property
    def told(self) -> bool:
        return not isinstance(self.listed, str)


def rosters_shown(program_id: str) -> RosterShown | None:
    """None where there is no roster. Two queries."""
    rosters = list(Roster.objects.filter(program_id=program_id).order_by("-season"))
    if not rosters:
        return None
    whole = [roster for roster in rosters if roster.complete] or rosters[:1]
    rows: dict[int, list[ResidentRow]] = {roster.pk: [] for roster in whole}
    residents = Resident.objects.filter(roster__in=whole).order_by("id")
    columns = ("roster_id", "class_year", "school", "country", "kind")
    for roster_id, year, school, country, kind in residents.values_list(*columns):
        rows[roster_id].append(ResidentRow(year, school, country, kind))
    newest, *before = whole
    told = roster_public(rows[newest.pk])
    tables = (
        ("By medical school", "Medical school", told.schools),
        ("By country of the school", "Country", told.countries),
        ("By class year", "Began in", told.years),
    )
    return RosterShown(
        season=newest.season,
        complete=newest.complete,
        listed=told.counts[TOTAL],
        tables=tuple(Table(title, column, cells) for title, column, cells in tables if cells is not None),
        url=newest.url if web_host(newest.url) else "",
        host=web_host(newest.url),
        source=newest.source,
        kind=newest.get_source_kind_display(),
        observed_on=newest.observed_on,
        earlier={each.season: roster_public(rows[each.pk]).counts for each in before},
    )
