"""The filters of Explore, all of them in the address. A wrong one is named; the others still hold."""

from collections.abc import Mapping
from typing import Any

from django import forms

from matching.exploring import PERSONAL_SORTS, SORTS, STANDINGS, Asked
from programs.choices import ProgramType
from programs.geography import RINGS, STATE_NAMES
from programs.search import LONGEST_SEARCH

ANY = [("", "Any")]
ALL = "all"
RING_WORDS = {
    "los-angeles": "Los Angeles",
    "california": "California",
    "west-coast": "West Coast",
    "national": "Whole nation",
}
SORT_WORDS = {
    "odds": "Best odds first",
    "fit": "Best fit first",
    "gain": "Most gain per dollar first",
    "distance": "Nearest to Los Angeles first",
    "name": "By name",
}
TYPES = [*ANY, *ProgramType.choices, ("unknown", "Not known")]
SHARES = [
    *ANY,
    ("10", "Known, 10% or more"),
    ("25", "Known, 25% or more"),
    ("50", "Known, half or more"),
    ("unknown", "Not known"),
]
AGES = [
    *ANY,
    ("listed-2024", "Seen listed in 2024 or later"),
    ("listed-2023", "Seen listed in 2023 or later"),
    ("said", "A page states something of it"),
    ("said-2024", "A page of 2024 or later does"),
]


class ExploreForm(forms.Form):
    """``mine`` names the specialties asked for in the profile, where there is an answer to go by: they are
    what is shown until another specialty, or all, is chosen."""

    search = forms.CharField(
        label="Name, city or code",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    specialty = forms.ChoiceField(label="Specialty", required=False)
    ring = forms.ChoiceField(label="How far", required=False, choices=[*ANY, *RING_WORDS.items()])
    tier = forms.ChoiceField(
        label="Tier", required=False, choices=[*ANY, *((name, name) for name in STANDINGS)]
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[*ANY, *sorted(STATE_NAMES.items(), key=lambda entry: entry[1])],
    )
    county = forms.CharField(
        label="County", required=False, max_length=80, widget=forms.TextInput(attrs={"list": "counties"})
    )
    type = forms.ChoiceField(label="Type", required=False, choices=TYPES)
    share = forms.ChoiceField(label="Residents who are IMGs", required=False, choices=SHARES)
    age = forms.ChoiceField(label="Age of the data", required=False, choices=AGES)
    open = forms.BooleanField(label="Hide programs that a rule closes to me", required=False)
    sort = forms.ChoiceField(label="Order", required=False)

    def __init__(self, data: Mapping[str, Any], *, specialties: Mapping[str, str], mine: str) -> None:
        super().__init__(data)
        self.has_person = bool(mine)
        first = [("", f"Mine: {mine}")] if mine else []
        named = sorted(specialties.items(), key=lambda entry: entry[1])
        self._choose("specialty", [*first, (ALL, "All specialties"), *named])
        self._choose("sort", [(sort, SORT_WORDS[sort]) for sort in SORTS])
        if not mine:
            # An address sent by somebody with odds still holds: what rests on them is left aside.
            del self.fields["tier"], self.fields["open"]
            if self.data.get("sort") in PERSONAL_SORTS:
                self.data = {**data, "sort": ""}
            shown = [sort for sort in SORTS if sort not in PERSONAL_SORTS]
            self._choose("sort", [(sort, SORT_WORDS[sort]) for sort in shown])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def asked(self) -> Asked:
        """What was asked for, without the fields that are at fault."""
        self.is_valid()
        told = self.cleaned_data
        specialty, share = told.get("specialty"), told.get("share", "")
        return Asked(
            search=told.get("search", ""),
            specialty="" if specialty in {None, ALL} else specialty or "",
            mine=self.has_person and specialty == "",
            ring="" if told.get("ring") == RINGS[-1] else told.get("ring", ""),
            standing=told.get("tier", ""),
            state=told.get("state", ""),
            county=told.get("county", ""),
            kind=told.get("type", ""),
            img_share=int(share) / 100 if share.isdigit() else None,
            img_share_unknown=share == "unknown",
            age=told.get("age", ""),
            open_only=bool(told.get("open")),
            sort=told.get("sort") or ("odds" if self.has_person else "distance"),
        )
