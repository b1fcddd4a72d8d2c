"""The form as somebody fills it in, and what it says is wrong."""

from typing import Any

from django.http import QueryDict

from applicants.forms import ProfileForm
from applicants.typed import typed_of
from tests.applicants.documents import SEASON

SPECIALTIES = {
    "family-medicine": "Family medicine",
    "internal-medicine": "Internal medicine",
    "psychiatry": "Psychiatry",
}


def shown(document: dict[str, Any] | None = None) -> ProfileForm:
    return ProfileForm(season=SEASON, specialties=SPECIALTIES, document=document)


def sent(*, draft: bool = False, focus: tuple[str, int] | None = None, **typed: Any) -> ProfileForm:
    """A form filled in by hand: names of inputs with ``__`` for the dash of a row."""
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [str(value)])
    return ProfileForm(data, season=SEASON, specialties=SPECIALTIES, draft=draft, focus=focus)


def posted(form: ProfileForm) -> QueryDict:
    """What a browser would send for a form as it is shown."""
    data = QueryDict(mutable=True)
    for name, values in typed_of(form.parts).items():
        data.setlist(name, values)
    for rows in form.rows.values():
        data[rows.count_name] = str(rows.count)
    return data


def errors(form: ProfileForm) -> dict[str, list[str]]:
    parts = (form, *(row for rows in form.rows.values() for row in rows))
    return {
        part[name].html_name if name != "__all__" else "": [str(error) for error in found]
        for part in parts
        for name, found in part.errors.items()
    }
