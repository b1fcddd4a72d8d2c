from typing import Any

from django import forms

from programs.choices import ProgramType, Ring
from programs.geography import STATE_NAMES
from programs.models import Program, Specialty
from programs.search import LONGEST_SEARCH
from programs.selectors import ProgramQuery

ANY = [("", "Any")]
RING_WORDS = {
    Ring.LOS_ANGELES: "Los Angeles and around",
    Ring.CALIFORNIA: "All of California",
    Ring.WEST_COAST: "West Coast",
    Ring.NATIONAL: "Whole nation",
}


class ProgramFilter(forms.Form):
    """The filters of the list, all of them in the address. A wrong one is named; the others still hold."""

    search = forms.CharField(
        label="Name, city or code",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    specialty = forms.ChoiceField(label="Specialty", required=False)
    ring = forms.ChoiceField(label="Ring", required=False, choices=[*ANY, *RING_WORDS.items()])
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[*ANY, *sorted(STATE_NAMES.items(), key=lambda entry: entry[1])],
    )
    county = forms.CharField(
        label="County", required=False, max_length=80, widget=forms.TextInput(attrs={"list": "counties"})
    )
    type = forms.ChoiceField(label="Type", required=False, choices=[*ANY, *ProgramType.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["specialty"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*ANY, *Specialty.objects.order_by("name").values_list("slug", "name")]

    def query(self) -> ProgramQuery:
        """What was asked for, without the fields that are at fault."""
        self.is_valid()
        asked = self.cleaned_data
        return ProgramQuery(
            search=asked.get("search", ""),
            specialties=_one(asked.get("specialty")),
            rings=_one(asked.get("ring")),
            states=_one(asked.get("state")),
            county=asked.get("county", ""),
            program_types=_one(asked.get("type")),
        )

    def counties(self) -> list[str]:
        """Names to offer: of the chosen state, else of California."""
        state = self.cleaned_data.get("state") or "CA"
        rows = Program.objects.filter(state=state).exclude(county="").order_by("county")
        return list(rows.values_list("county", flat=True).distinct())


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
