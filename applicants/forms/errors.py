"""The errors of a form as lines of one summary, each with a link to its input."""

from collections.abc import Iterator
from typing import TypedDict

from django import forms

from applicants.forms.members import MEMBERS
from applicants.words import LABELS, ROWS

# Where errors lead that belong to no input.
TOP = "main"


class ErrorLine(TypedDict):
    name: str
    anchor: str
    text: str


def row_name(form: forms.Form) -> str:
    """ "Letter 2" for the second row of letters; empty for a form that is no row."""
    name, _, index = (form.prefix or "").rpartition("-")
    return f"{ROWS[name]} {int(index) + 1}" if name else ""


def error_lines(form: forms.Form) -> Iterator[ErrorLine]:
    """One line an error, in the order of the inputs; the label is said once."""
    for words in form.non_field_errors():
        yield {"name": "", "anchor": TOP, "text": str(words)}
    row = row_name(form)
    for field in form:
        label = LABELS.get(MEMBERS.get(field.name, ()), str(field.label))
        for error in field.errors:
            # A choice of several is offered beside the input; the summary says that there is one.
            words, label = str(error).partition(":\n")[0], row or label
            text = words if words.startswith(label) else f"{label}: {words}"
            yield {"name": field.html_name, "anchor": field.auto_id, "text": text}
