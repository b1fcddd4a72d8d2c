from django import forms

from matching.services.links import DAYS

ENDS_WORDS = {"week": "in 7 days", "month": "in 30 days", "quarter": "in 90 days"}


class KeepForm(forms.Form):
    name = forms.CharField(
        label="Name of this scenario",
        max_length=80,
        help_text="Whoever you send it to reads the name too.",
        error_messages={"required": "Give it a name, so that you can tell it from the others."},
    )


class ShareForm(forms.Form):
    end = forms.ChoiceField(
        label="The link ends", choices=[(end, ENDS_WORDS[end]) for end in DAYS], initial="month"
    )
