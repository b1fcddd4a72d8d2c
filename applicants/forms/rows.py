"""Rows that repeat (experience, letters, service, ties, more languages, states) without any script."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from applicants import labels
from applicants.codes import LANGUAGES, STATES
from applicants.forms.fields import DraftForm, NumberField, OneOfField, TextField
from applicants.schema import MAX_ROWS

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
        choices = [("", NOT_SAID), *specialties.items(), ("other", "Another specialty")]
        field = self.fields["specialty"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ExperienceRow(SpecialtyRow):
    key = "kind"
    widths = {
        "kind": "cell--wide cell--5",
        "ring": "cell--wide cell--5",
        "weeks": "cell--2",
        "state": "cell--4",
        "specialty": "cell--wide cell--5",
        "program_id": "cell--3",
    }
    kind = OneOfField(labels.EXPERIENCE_KINDS, empty="Choose one", label="What")
    ring = _ring()
    weeks = NumberField(label="Weeks", example=4)
    state = _state()
    specialty = OneOfField({}, empty=NOT_SAID, label="Specialty")
    program_id = TextField(label="Program id")


class LetterRow(SpecialtyRow):
    key = "author"
    widths = {
        "author": "cell--wide cell--7",
        "ring": "cell--wide cell--5",
        "specialty": "cell--wide cell--5",
        "state": "cell--4",
        "program_id": "cell--3",
    }
    author = OneOfField(labels.LETTER_AUTHORS, empty="Choose one", label="Who writes it")
    ring = _ring()
    specialty = OneOfField({}, empty=NOT_SAID, label="Their specialty")
    state = _state()
    program_id = TextField(label="Program id")


class ServiceRow(Row):
    key = "focus"
    widths = {"focus": "cell--wide cell--5", "ring": "cell--wide cell--5", "months": "cell--2"}
    focus = OneOfField(labels.SERVICE_FOCUSES, empty="Choose one", label="What")
    ring = _ring()
    months = NumberField(label="Months", example=12)


class TieRow(PlacedRow):
    key = "kind"
    widths = {"kind": "cell--wide cell--4", "ring": "cell--wide cell--4", "state": "cell--wide cell--4"}
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
        least: int,
        data: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]] = (),
        draft: bool = False,
        one_more: bool = False,
        **row_kwargs: Any,
    ) -> None:
        self.name = name
        self.count_name = f"{name}-rows"
        shown = len(initial) + 1 if data is None else _count(data.get(self.count_name)) + one_more
        self.count = min(max(shown, least), MAX_ROWS)
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
        if one_more:
            self.forms[-1].fields[row.key].widget.attrs["autofocus"] = True

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
    def can_grow(self) -> bool:
        return self.count < MAX_ROWS


def _count(text: Any) -> int:
    # A count that was tampered with is no reason to lose what was typed: the bounds hold either way.
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 4 else 0
