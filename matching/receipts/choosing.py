"""Two answers chosen to be compared."""

from typing import Any

from django import forms


class TwoForm(forms.Form):
    before = forms.UUIDField(
        error_messages={"required": "Choose the earlier answer.", "invalid": "Choose one."}
    )
    after = forms.UUIDField(error_messages={"required": "Choose the later answer.", "invalid": "Choose one."})

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        if chosen.get("before") and chosen.get("before") == chosen.get("after"):
            self.add_error("after", "Choose two different answers.")
        return chosen
