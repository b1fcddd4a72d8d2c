"""Rows that repeat (experience, letters, service, ties, more languages, states) without any script."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from applicants import labels
from applicants.codes import LANGUAGES, STATES
from applicants.forms.fields import DraftForm, NumberField, OneOfField, TextField
from applicants.schema import MAX_ROWS
from applicants.typed import count_of

LEAST_ROWS = 1
PLACE = "Where"
NOT_SAID = "Not said"


class Row(DraftForm):
    """One row. ``key`` is the member a row must have; a row with nothing filled in is not there."""

    key = ""
    # How wide each input is: of twelve columns, and all across where a phone has room for one alone.
    widths: Mapping[str, str] = {}

    def cells(self) -> list[tuple[forms.BoundField, str]]:
        """The inputs of the row, each with the class of its width."""
        return [(field, self.widths.get(field.name, "cell--wide cell--6")) for field in self]

    def document(self) -> dict[str, Any]:
        """What the row says, by member; empty where nothing was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


def _ring() -> OneOfField:
    return OneOfField(labels.RINGS, empty=NOT_SAID, label=PLACE)


def _state() -> OneOfField:
    return OneOfField(STATES, empty=NOT_SAID, label="State")


def _program(label: str) -> TextField:
    field = TextField(label=label, help_text="Its name with city and specialty, or its code.")
    field.widget.attrs["class"] = "input--wide"
    return field


class PlacedRow(Row):
    """A row with a place: both California regions say the state as well."""

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        if cleaned.get("ring") in ("los-angeles", "california") and cleaned.get("state") is None:
            cleaned["state"] = "CA"
        return cleaned


class SpecialtyRow(PlacedRow):
    def __init__(self, *args: Any, specialties: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program_id"].widget.attrs["list"] = f"{self['program_id'].auto_id}_found"
        choices = [("", NOT_SAID), *specialties.items(), ("other", "Another specialty")]
        field = self.fields["specialty"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ExperienceRow(SpecialtyRow):
    key = "kind"
    widths = {
        "kind": "cell--wide cell--5",
        "ring": "cell--wide cell--4",
        "weeks": "cell--3",
        "state": "cell--wide cell--5 cell--state",
        "specialty": "cell--wide cell--7",
        "program_id": "cell--wide cell--12",
    }
    kind = OneOfField(labels.EXPERIENCE_KINDS, empty="Choose one", label="What")
    weeks = NumberField(label="Weeks (1\u2013260)", example=4)
    ring = _ring()
    state = _state()
    specialty = OneOfField({}, empty=NOT_SAID, label="Specialty")
    program_id = _program("Program")


class LetterRow(SpecialtyRow):
    key = "author"
    widths = {
        "author": "cell--wide cell--7",
        "ring": "cell--wide cell--5",
        "state": "cell--wide cell--5 cell--state",
        "specialty": "cell--wide cell--7",
        "program_id": "cell--wide cell--12",
    }
    author = OneOfField(labels.LETTER_AUTHORS, empty="Choose one", label="Who writes it")
    ring = _ring()
    state = _state()
    specialty = OneOfField({}, empty=NOT_SAID, label="Their specialty")
    program_id = _program("Program they teach at")


class ServiceRow(Row):
    key = "focus"
    widths = {"focus": "cell--wide cell--5", "months": "cell--3", "ring": "cell--wide cell--4"}
    focus = OneOfField(labels.SERVICE_FOCUSES, empty="Choose one", label="What")
    months = NumberField(label="Months (1\u2013600)", example=12)
    ring = _ring()


class TieRow(PlacedRow):
    key = "kind"
    widths = {
        "kind": "cell--wide cell--4",
        "ring": "cell--wide cell--4",
        "state": "cell--wide cell--4 cell--state",
    }
    kind = OneOfField(labels.TIE_KINDS, empty="Choose one", label="What")
    ring = _ring()
    state = _state()


class LanguageRow(Row):
    key = "code"
    code = OneOfField(
        {
            code: name
            for code, name in sorted(LANGUAGES.items(), key=lambda item: item[1])
            if code not in labels.COMMON_LANGUAGES
        },
        empty="Choose one",
        label="Another language",
    )


class StateRow(Row):
    key = "state"
    state = OneOfField(STATES, empty="Choose one", label="State")


class RowSet:
    """The rows of one list: as many as were shown, filled from what was typed or from a document."""

    def __init__(
        self,
        row: type[Row],
        *,
        name: str,
        data: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]] = (),
        draft: bool = False,
        focus: int | None = None,
        **row_kwargs: Any,
    ) -> None:
        self.name = name
        self.count_name = f"{name}-rows"
        shown = len(initial) if data is None else count_of(data, name, least=LEAST_ROWS)
        self.count = min(max(shown, LEAST_ROWS), MAX_ROWS)
        self.forms = [
            row(
                data,
                prefix=f"{name}-{index}",
                initial=dict(initial[index]) if index < len(initial) else None,
                use_required_attribute=False,
                **row_kwargs,
            )
            for index in range(self.count)
        ]
        for form in self.forms:
            form.draft = draft
        if focus is not None:
            self.forms[min(focus, self.count - 1)].fields[row.key].widget.attrs["autofocus"] = True

    def __iter__(self) -> Iterator[Row]:
        return iter(self.forms)

    def is_valid(self) -> bool:
        # Every row is looked at, so that every error shows.
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    def filled(self) -> list[tuple[int, dict[str, Any]]]:
        """The rows that say something, each with its place on the page."""
        documents = ((index, form.document()) for index, form in enumerate(self.forms))
        return [(index, document) for index, document in documents if document]

    @property
    def is_open(self) -> bool:
        """Whether anything stands in any row, right or wrong, or more rows were asked for than one."""
        return self.count > LEAST_ROWS or any(field.value() for row in self.forms for field in row)

    @property
    def can_grow(self) -> bool:
        return self.count < MAX_ROWS
