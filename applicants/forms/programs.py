"""The programs named in rows: by name, code or id; each becomes an id or an error beside its input."""

from collections.abc import Sequence

from django import forms

from applicants.program_names import ProgramUnclear, program_meant, programs_named

PROGRAM = "program_id"


def programs_resolve(rows: Sequence[forms.Form]) -> None:
    """Put the id each row means in place of what was typed: one query for all of them."""
    texts = {text for row in rows if (text := row.cleaned_data.get(PROGRAM))}
    named = programs_named(texts)
    for row in rows:
        text = row.cleaned_data.get(PROGRAM)
        if not text:
            continue
        try:
            row.cleaned_data[PROGRAM] = program_meant(
                text, named, specialty=row.cleaned_data.get("specialty")
            )
        except ProgramUnclear as unclear:
            row.add_error(PROGRAM, forms.ValidationError(str(unclear), code="program_unclear"))
