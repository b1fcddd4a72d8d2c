from typing import Any

from django import forms
from django.utils.html import format_html

from matching.models import ListLink
from matching.services.links import ENDS, NEVER, SEASON

ENDS_WORDS = {
    "week": "in 7 days",
    "month": "in 30 days",
    "quarter": "in 90 days",
    SEASON: "when the season ends",
    NEVER: "when I revoke it",
}
MODES = {
    ListLink.Mode.ALL: (
        "Everything.",
        "Odds, reasons, rules you do not meet, notes, figures and your profile. For your adviser.",
    ),
    ListLink.Mode.NO_FLAGS: (
        "Without what speaks against me.",
        "Tiers, ranges, signals and status. No scores, no profile, no notes, no reasons. "
        "Programs a rule closes to you are left out, and “declined” reads “applied”.",
    ),
    ListLink.Mode.LIST: ("The programs only.", "Name, place, specialty and codes, in your order."),
}


class LinkForm(forms.Form):
    mode = forms.ChoiceField(
        label="What the link shows",
        choices=[
            (mode.value, format_html("<span><b>{}</b> {}</span>", *words)) for mode, words in MODES.items()
        ],
        widget=forms.RadioSelect,
        help_text="The name of the list is always shown.",
        initial=ListLink.Mode.LIST.value,
    )
    end = forms.ChoiceField(
        label="It ends", choices=[(end, ENDS_WORDS[end]) for end in ENDS], initial="month"
    )

    def __init__(self, *args: Any, season_open: bool = True, **kwargs: Any) -> None:
        """``season_open`` False: a link cannot run until an end that is past."""
        super().__init__(*args, **kwargs)
        if not season_open:
            field = self.fields["end"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(end, ENDS_WORDS[end]) for end in ENDS if end != SEASON]
