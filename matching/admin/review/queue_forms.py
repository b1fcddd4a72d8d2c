"""What an action of the queue asks before it is done."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User

from matching.models import AdvisorGroup
from matching.review.members import MEMBERS
from matching.review.queue.colleagues import colleagues, groups

from .queue_filters import today

NOTE = 200


class NoteForm(forms.Form):
    """With a name on its fields that nothing of the list around it has."""

    prefix = "act"
    button = ""
    note = forms.CharField(max_length=NOTE, required=False, widget=forms.TextInput)


def person(user: User) -> str:
    return user.get_full_name() or user.get_username()


class HandOverForm(NoteForm):
    """To a colleague or a group, in one field: never to both."""

    button = "Hand over"
    to = forms.ChoiceField(label="To whom")
    note = forms.CharField(
        max_length=NOTE,
        required=False,
        help_text="What whoever takes it should know. The applicant never sees it.",
    )
    field_order = ("to", "note")

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {f"person-{user.pk}": user for user in colleagues(organisation_id)}
        self._groups = {f"group-{group.pk}": group for group in groups(organisation_id)}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Choose"),
            ("A colleague", [(key, person(user)) for key, user in self._people.items()]),
            ("A group, whose advisors may claim it", [(key, str(row)) for key, row in self._groups.items()]),
        ]

    @property
    def named(self) -> str:
        return person(self.colleague) if self.colleague else str(self.group)

    @property
    def colleague(self) -> User | None:
        return self._people.get(self.cleaned_data["to"])

    @property
    def group(self) -> AdvisorGroup | None:
        return self._groups.get(self.cleaned_data["to"])


class SnoozeForm(NoteForm):
    button = "Snooze"
    until = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day it comes back into the queue. Empty: it comes back now.",
    )
    note = forms.CharField(
        max_length=NOTE, required=False, help_text="What it waits for. The applicant never sees it."
    )
    field_order = ("until", "note")

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until <= today():
            raise forms.ValidationError("Choose a day after today, or none.")
        if until is not None and (until - today()).days > 366:
            raise forms.ValidationError("Choose a day within a year.")
        return until


class AskForm(forms.Form):
    """A member of the profile, or the advisor's own words, or both."""

    prefix = "act"
    button = "Ask"
    field = forms.ChoiceField(label="What is asked for", required=False)
    text = forms.CharField(
        label="In your words",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The applicant reads this. Each of them gets the same words.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Only what I write below"), *MEMBERS.items()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("field") and not told.get("text"):
            raise forms.ValidationError("Choose what you ask for, or write it.")
        return told
