"""How many programs and for how much: the two options of a match an applicant is asked for."""

from collections.abc import Mapping
from typing import Any

from django import forms

from applicants.forms.fields import DraftForm, NumberField
from matching.schema import MAX_APPLICATIONS, MAX_USD, MatchOptions

DEFAULT_APPLICATIONS = MatchOptions().max_applications


class OptionsForm(DraftForm):
    max_applications = NumberField(
        example=DEFAULT_APPLICATIONS,
        label="Programs at most",
        help_text=f"Up to {MAX_APPLICATIONS}; {DEFAULT_APPLICATIONS} if left empty.",
    )
    max_usd = NumberField(
        example=2000,
        label="Dollars at most",
        help_text="For fees alone. No limit if left empty.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, options: Mapping[str, Any] | None = None
    ) -> None:
        shown = options or {"max_applications": DEFAULT_APPLICATIONS}
        super().__init__(data, initial={name: shown.get(name) for name in self.base_fields})

    def clean_max_applications(self) -> int:
        count: int | None = self.cleaned_data["max_applications"]
        if count is None:
            return DEFAULT_APPLICATIONS
        if not 1 <= count <= MAX_APPLICATIONS:
            raise forms.ValidationError(f"Type a number from 1 to {MAX_APPLICATIONS}.", code="max_value")
        return count

    def clean_max_usd(self) -> int | None:
        usd: int | None = self.cleaned_data["max_usd"]
        if usd is not None and not 0 <= usd <= MAX_USD:
            raise forms.ValidationError(f"Type whole dollars from 0 to {MAX_USD:,}.", code="max_value")
        return usd

    def options(self) -> MatchOptions:
        """The options typed, the rest as the API takes them by default."""
        return MatchOptions(**self.cleaned_data)
