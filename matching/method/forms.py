from django import forms

from matching.method.data_page import ANY
from matching.method.parameters import KIND_WORDS
from programs.fact_fields import FACT_FIELDS


class ParameterFilter(forms.Form):
    """Which parameters to show."""

    q = forms.CharField(
        label="Words in name, use, source or note",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "every kind"), *((kind, kind) for kind in KIND_WORDS)]
    )


class FactFilter(forms.Form):
    """Which fact the states are shown for."""

    fact = forms.ChoiceField(
        label="What is known of",
        required=False,
        choices=[
            (ANY, "anything on a public page"),
            *((entry.field, entry.label) for entry in FACT_FIELDS.values()),
        ],
    )
