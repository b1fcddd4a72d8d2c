"""What may be sent to a plan."""

from datetime import date, timedelta
from typing import Any

from django import forms

NOTE_MOST = 500
SNOOZES = {"week": (7, "for a week"), "month": (30, "for a month"), "quarter": (91, "for three months")}
APPLIED = (("", "I have not said"), ("no", "No, this is the first time"), ("yes", "Yes"))
SAID = {"yes": True, "no": False, "": None}


class StepForm(forms.Form):
    """Which step is meant. Codes and ids are checked against the plan itself."""

    code = forms.SlugField(max_length=60)
    program = forms.SlugField(max_length=7, required=False)
    value = forms.CharField(max_length=20, required=False)
    note = forms.CharField(max_length=NOTE_MOST, required=False)
    until = forms.ChoiceField(choices=[(code, words) for code, (_, words) in SNOOZES.items()], required=False)

    def program_id(self) -> str | None:
        return self.cleaned_data["program"] or None

    def number(self) -> int | None:
        """What was typed as a value. None where nothing was; raises ValueError where it is no number."""
        text = self.cleaned_data["value"].strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise ValueError(text)
        return int(text)

    def snoozed_until(self, today: date) -> date:
        return today + timedelta(days=SNOOZES[self.cleaned_data["until"] or "month"][0])


class AimForm(forms.Form):
    """Which opening is aimed at, and whether she applied before."""

    season = forms.ChoiceField(label="Which season do you aim at?")
    applied = forms.ChoiceField(label="Did you apply in an earlier season?", choices=APPLIED, required=False)

    def __init__(self, *args: Any, seasons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"] = forms.ChoiceField(label="Which season do you aim at?", choices=seasons)

    def applied_before(self) -> bool | None:
        return SAID[self.cleaned_data["applied"]]
