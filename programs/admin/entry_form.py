"""Several facts of one page at once: the source is said once, then a row a field; empty rows say nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from programs.choices import Confidence, SourceKind, Strictness
from programs.desk.checks import GATED_FIELDS
from programs.fact_fields import CODE_LABELS, FACT_FIELDS, FactField
from programs.models import Program, ProgramFact
from programs.services.facts import fact_value_set

# Counts come from rosters; a program page is what is mostly read.
SOURCES = [(code, words) for code, words in SourceKind.choices if code != SourceKind.ROSTER]
OF_SOURCE = ("source_kind", "url", "source", "page_year", "observed_on", "season", "confidence")


class SourceForm(forms.Form):
    """Where and when it was read: holds for every row below."""

    source_kind = forms.ChoiceField(choices=SOURCES, label="Kind of source")
    url = forms.URLField(required=False, max_length=400, label="Address of the page", assume_scheme="https")
    source = forms.CharField(
        required=False,
        max_length=300,
        label="Or its name",
        help_text="Where it has no address: a letter, a call.",
    )
    observed_on = forms.DateField(
        label="Read on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    page_year = forms.IntegerField(
        required=False,
        min_value=1990,
        max_value=2100,
        label="Year of the page",
        help_text="Empty where it has none.",
    )
    season = forms.RegexField(
        r"^20\d\d$",
        required=False,
        label="Season",
        help_text="A year such as 2027, where the page names one.",
        error_messages={"invalid": "A year such as 2027."},
    )
    confidence = forms.ChoiceField(choices=Confidence.choices, label="How sure it is read")

    def clean_observed_on(self) -> object:
        day = self.cleaned_data["observed_on"]
        if day > timezone.localdate():
            raise ValidationError("A day to come.")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data["url"] and not data["source"]:
            self.add_error("url", "Give the address of the page, or name the source.")
        return data


class RowForm(forms.Form):
    """What the source says on one field. ``held`` is what we hold of it already."""

    value = forms.CharField(required=False, max_length=30)
    value_as_stated = forms.CharField(required=False, max_length=200, label="As stated")
    strictness = forms.ChoiceField(choices=Strictness.choices)
    note = forms.CharField(required=False, max_length=300)

    def __init__(self, entry: FactField, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": entry.field})
        self.entry = entry
        self.held: list[dict[str, Any]] = []
        self.fields["strictness"].initial = _strictness(entry)
        if entry.kind == "code":
            codes = [("", "—"), *((code, CODE_LABELS[code]) for code in entry.codes)]
            self.fields["value"] = forms.ChoiceField(choices=codes, required=False)
        if entry.kind == "prose":
            del self.fields["value"]
        for name, words in (("value", ""), ("value_as_stated", ", as stated"), ("note", ", note")):
            if name in self.fields:
                self.fields[name].widget.attrs["aria-label"] = f"{entry.label}{words}"
        self.fields["strictness"].widget.attrs["aria-label"] = f"{entry.label}, strictness"
        if entry.kind == "number" and entry.codes:
            self.fields["value"].widget.attrs["placeholder"] = f"number, {' or '.join(entry.codes)}"

    @property
    def said(self) -> bool:
        """Whether anything is filled in."""
        return any(
            str(self.data.get(self.add_prefix(name), "")).strip()
            for name in ("value", "value_as_stated", "note")
        )

    def check(self, program: Program, source: Mapping[str, Any]) -> None:
        """The same check as the service's, so that a fault stands beside its box."""
        fact = ProgramFact(program=program, field=self.entry.field, **source, **self.statement)
        try:
            fact_value_set(fact, self.cleaned_data.get("value", ""))
        except ValidationError as error:
            for name, faults in error.message_dict.items():
                place = "value" if name in ("value_code", "value_number", NON_FIELD_ERRORS) else name
                self.add_error(place if place in self.fields else "value_as_stated", faults)

    @property
    def statement(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("value_as_stated", "strictness", "note")}


def _strictness(entry: FactField) -> str:
    if entry.topic == "numbers" or entry.field == "avg_step2ck":
        return Strictness.COUNT
    return Strictness.STRICT if entry.field in GATED_FIELDS else Strictness.STATEMENT


def rows_make(data: Any = None, initial: Mapping[str, Mapping[str, Any]] | None = None) -> list[RowForm]:
    """A row for every field a person may enter: what is counted from rosters and files is not among them."""
    return [
        RowForm(entry, data, initial=dict((initial or {}).get(entry.field, {})))
        for entry in FACT_FIELDS.values()
        if entry.topic != "hospital"
    ]
