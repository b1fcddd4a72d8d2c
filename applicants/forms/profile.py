"""The applicant's whole form, whichever of its steps is shown: no script needed, nothing typed is lost."""

from collections.abc import Mapping
from typing import Any

from django import forms

from applicants.faults import Fault, Location, ProfileInvalid
from applicants.forms.answers import NONE_OF_THESE, AnswersForm
from applicants.forms.asked import as_asked
from applicants.forms.errors import ErrorLine, error_lines, row_name
from applicants.forms.members import INPUTS, LISTS, MEMBERS, initial_of, member_set, rows_of
from applicants.forms.programs import programs_resolve
from applicants.forms.rows import (
    ExperienceRow,
    LanguageRow,
    LetterRow,
    Row,
    RowSet,
    ServiceRow,
    StateRow,
    TieRow,
)
from applicants.schema import ProfileDocument
from applicants.selectors import program_ids_known
from applicants.services import profile_validate
from applicants.steps import ROWS, Step
from applicants.words import label_of

ROW_KINDS: dict[str, type[Row]] = {
    "experience": ExperienceRow,
    "letters": LetterRow,
    "service": ServiceRow,
    "ties": TieRow,
    "languages": LanguageRow,
    "states": StateRow,
}
PLACED = ("experience", "letters")


class ProfileForm(AnswersForm):
    """Answers and rows together; ``profile`` is the validated document once ``is_valid()`` says so."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        season: str,
        specialties: Mapping[str, str],
        document: Mapping[str, Any] | None = None,
        draft: bool = False,
        focus: tuple[str, int] | None = None,
    ) -> None:
        """``draft``: shown as typed, before anything is judged. ``focus``: the row the keyboard goes to."""
        super().__init__(data, initial=initial_of(document or {}), use_required_attribute=False)
        self.season = season
        self.known_specialties = specialties
        self.profile: ProfileDocument | None = None
        self.draft = draft
        field = self.fields["specialties"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(specialties.items())
        filled = rows_of(document or {})
        self.rows = {
            name: RowSet(
                row,
                name=name,
                data=data,
                initial=filled[name],
                draft=draft,
                focus=focus[1] if focus and focus[0] == name else None,
                **({"specialties": specialties} if name in PLACED else {}),
            )
            for name, row in ROW_KINDS.items()
        }
        # Row by row and member by member: where in the page each part of the document was typed.
        self._typed: dict[tuple[str | int, ...], tuple[forms.Form, str]] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        rows_valid = [rows.is_valid() for rows in self.rows.values()]
        programs_resolve([row for name in PLACED for row in self.rows[name]])
        rows_valid += [not row.errors for name in PLACED for row in self.rows[name]]
        document = self._document(cleaned)
        try:
            profile = profile_validate(
                document,
                season=self.season,
                specialties=self.known_specialties,
                program_ids=program_ids_known(_program_ids(document)),
            )
        except ProfileInvalid as invalid:
            for fault in invalid.faults:
                self._fault_show(fault)
        else:
            self.profile = profile if all(rows_valid) else None
        return cleaned

    def is_valid(self) -> bool:
        return super().is_valid() and self.profile is not None

    @property
    def parts(self) -> tuple[forms.Form, ...]:
        """The answers, then every row."""
        return (self, *(form for rows in self.rows.values() for form in rows))

    def error_lines(self) -> list[ErrorLine]:
        """Every error of answers and rows with a link to where it was typed."""
        return [line for form in self.parts for line in error_lines(form)]

    def forgive(self, step: Step) -> None:
        """Show no fault of a step that nobody asked to check yet."""
        for name in [name for name in self.errors if step.asks(name)]:
            del self.errors[name]
        for rows in (self.rows[name] for name in step.rows):
            for row in rows:
                row.errors.clear()

    def _document(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        document: dict[str, Any] = {}
        said = as_asked(cleaned)
        for name, path in MEMBERS.items():
            member_set(document, path, said.get(name))
        for name, path in LISTS.items():
            member_set(document, path, cleaned.get(name) or None)
        for name in ROWS:
            member_set(document, (name,), self._rows_of(name, none=bool(cleaned.get(f"{name}_none"))))
        member_set(document, ("languages",), self._languages(cleaned.get("languages") or []))
        member_set(document, ("wishes", "states"), self._codes("states", ("wishes", "states")) or None)
        member_set(document, ("red_flags",), self._red_flags(cleaned.get("red_flags") or []))
        return document

    def _rows_of(self, name: str, *, none: bool) -> list[dict[str, Any]] | None:
        """The rows filled in; [] where none is ticked; None, not known, where there is neither."""
        filled = self.rows[name].filled()
        for place, (index, _) in enumerate(filled):
            self._typed[(name, place)] = (self.rows[name].forms[index], ROW_KINDS[name].key)
        if none and filled:
            self.add_error(
                f"{name}_none", "You ticked none, but a row below is filled in. Untick it or empty the row."
            )
        return [row for _, row in filled] or ([] if none else None)

    def _codes(self, name: str, where: tuple[str, ...], *, after: int = 0) -> list[str]:
        key = ROW_KINDS[name].key
        filled = self.rows[name].filled()
        for place, (index, _) in enumerate(filled, start=after):
            self._typed[(*where, place)] = (self.rows[name].forms[index], key)
        return [row[key] for _, row in filled]

    def _languages(self, ticked: list[str]) -> list[str] | None:
        return [*ticked, *self._codes("languages", ("languages",), after=len(ticked))] or None

    def _red_flags(self, ticked: list[str]) -> list[str] | None:
        flags = [code for code in ticked if code != NONE_OF_THESE]
        if flags and len(flags) < len(ticked):
            self.add_error("red_flags", "You ticked none of these and one of them. Untick one of the two.")
        return flags or ([] if ticked else None)

    def _fault_show(self, fault: Fault) -> None:
        """Put a fault beside the input it is about; what belongs to no input stands on top."""
        path: Location = tuple(int(part) if part.isdigit() else part for part in fault.pointer.split("/")[1:])
        form, name = self._typed.get(path[:2]) or self._typed.get(path[:3]) or (self, "")
        if form is not self and isinstance(path[-1], str) and path[-1] in form.fields:
            name = path[-1]
        elif form is self:
            names = tuple(part for part in path if isinstance(part, str))
            name = INPUTS.get(names) or (f"{names[0]}_none" if names and names[0] in ROWS else "")
        if fault.code == "required" and name in form.errors:
            return  # what was chosen there could not be read, and says so already
        detail = _said_on_page(fault, form, path)
        form.add_error(name or None, forms.ValidationError(detail, code=fault.code))


def _said_on_page(fault: Fault, form: forms.Form, path: Location) -> str:
    """The words of a fault, with the number its row has on the page: empty rows stand there too."""
    row = row_name(form)
    if not row:
        return fault.detail
    if fault.code == "required":
        return "Choose one, or empty the rest of this row."
    return fault.detail.replace(label_of(path[:2]), row, 1)


def _program_ids(document: Mapping[str, Any]) -> set[str]:
    rows = (row for name in ("experience", "letters") for row in document.get(name) or ())
    return {row["program_id"] for row in rows if "program_id" in row}
