from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from applicants.models import Profile
from matching.models import SavedList

NAME_MOST = SavedList._meta.get_field("name").max_length


class ListNameForm(forms.Form):
    """The name of a saved list: the one thing asked for when a list is kept."""

    name = forms.CharField(
        label="Name of the list", max_length=NAME_MOST, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class AccountDeleteForm(forms.Form):
    """Asks once more before all is gone: by the password, or by a word where the account has none."""

    WORD = "delete"

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    word = forms.CharField(
        label=f"Type {WORD}",
        help_text="Your account has no password, so a word must do.",
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        del self.fields["word" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """Through the library, which counts how often somebody guesses."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError("This is not your password. Nothing was deleted.")
        return password

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip().lower()
        if word != self.WORD:
            raise ValidationError(f"Type the word {self.WORD}. Nothing was deleted.")
        return word


class ProfileChoiceForm(forms.Form):
    """Which of two profiles counts, and whether the other one goes."""

    here = forms.UUIDField()
    there = forms.UUIDField()
    use = forms.ChoiceField(choices=[("here", "here"), ("there", "there")])
    drop = forms.BooleanField(required=False)

    def __init__(self, *args: Any, profiles: Sequence[Profile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.pk: row for row in profiles}

    def clean(self) -> dict[str, Any]:
        pair = {self.cleaned_data.get("here"), self.cleaned_data.get("there")}
        if len(pair) < 2 or not pair <= self.rows.keys():
            raise ValidationError("Choose one of your own profiles.")
        return self.cleaned_data

    def chosen(self) -> Profile:
        return self.rows[self.cleaned_data[self.cleaned_data["use"]]]

    def dropped(self) -> Profile | None:
        other = "here" if self.cleaned_data["use"] == "there" else "there"
        return self.rows[self.cleaned_data[other]] if self.cleaned_data["drop"] else None
