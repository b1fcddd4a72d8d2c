from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

from programs.choices import SourceKind
from programs.models import Program, Roster
from programs.roster_rows import COLUMNS, ResidentRow, RowFault, line_cells, roster_read, roster_text

SPARE = 6  # empty lines at the end of the table
EXAMPLE = "2024, St. George's University, GD, US-citizen IMG"


class RosterForm(forms.Form):
    """One roster: where it was read, and its residents as lines; ``rows`` and ``faults``: as read."""

    program = forms.CharField(
        max_length=20, help_text="Our id (sp00001), the ACGME id or the NRMP code.", label="Program"
    )
    season = forms.RegexField(
        r"^20[0-9]{2}$",
        label="Season",
        help_text="The year in which the training year ends: 2026 for 2025–26.",
        error_messages={"invalid": "A year such as 2026."},
    )
    observed_on = forms.DateField(
        label="Read on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source_kind = forms.ChoiceField(
        label="Kind of source",
        choices=[choice for choice in SourceKind.choices if choice[0] != SourceKind.ROSTER],
    )
    url = forms.URLField(label="URL", max_length=400, required=False, assume_scheme="https")
    source = forms.CharField(
        label="Source", max_length=300, required=False, help_text="Where there is no address."
    )
    complete = forms.BooleanField(
        label="It names every resident", required=False, help_text="Only whole rosters are counted."
    )
    text = forms.CharField(
        label="Residents, one a line",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "placeholder": EXAMPLE}),
        help_text="Class year, school, country, kind. No names. Commas, semicolons or tabs between; what is "
        "not known stays empty. Years as 2024 or PGY-2; countries as two letters or in words; kinds: "
        "US-citizen IMG, non-US IMG, IMG, US MD, US DO.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[ResidentRow] = []
        self.faults: list[RowFault] = []

    def clean_program(self) -> Program:
        code = self.cleaned_data["program"].strip()
        found = Program.objects.filter(Q(pk=code) | Q(acgme_id=code) | Q(nrmp_code=code))
        programs = list(found.select_related("specialty")[:2])
        if not programs:
            raise ValidationError("No program has this code.")
        if len(programs) > 1:
            raise ValidationError("Several tracks have this code: give our id of the one that is meant.")
        return programs[0]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not (data.get("url") or data.get("source")) and "url" not in self.errors:
            self.add_error("url", "Give the address, or name the source.")
        if season := data.get("season"):
            self.rows, self.faults = roster_read(data.get("text", ""), season=season)
            if not self.rows and not self.faults:
                self.add_error("text", "List one resident at least.")
        return data

    @property
    def whole(self) -> bool:
        """Whether it can be written: every box and every line is in order."""
        return self.is_valid() and not self.faults

    def table(self) -> list[dict[str, Any]]:
        """The lines as cells, with what is wrong with each, and some empty ones to go on with."""
        wrong: dict[int, list[RowFault]] = {}
        for fault in self.faults:
            wrong.setdefault(fault.line, []).append(fault)
        lines = str(self["text"].value() or "").splitlines()
        cells = [(number, cells_of(line)) for number, line in enumerate(lines, start=1) if line.strip()]
        filled = [{"cells": each, "faults": wrong.get(number, ())} for number, each in cells]
        return [*filled, *({"cells": [""] * len(COLUMNS), "faults": ()} for _ in range(SPARE))]


def cells_of(line: str) -> list[str]:
    """As the reader takes a line apart, so far as it can."""
    cells = line_cells(line)[: len(COLUMNS)]
    return [*cells, *[""] * (len(COLUMNS) - len(cells))]


def posted(data: QueryDict) -> Mapping[str, Any]:
    """What was sent, with the rows of the table as lines where it came as one."""
    sent = data.copy()
    if "as_table" in data:
        columns = [data.getlist(f"cell_{name}") for name in COLUMNS]
        rows = [[" ".join(cell.split()) for cell in row] for row in zip(*columns, strict=False)]
        sent["text"] = "\n".join("\t".join(row) for row in rows if any(row))
    return sent


def initial_of(roster: Roster, rows: tuple[ResidentRow, ...]) -> dict[str, Any]:
    named = ("season", "observed_on", "source_kind", "url", "source", "complete")
    told = {name: getattr(roster, name) for name in named}
    return {**told, "program": roster.program_id, "text": roster_text(rows)}
