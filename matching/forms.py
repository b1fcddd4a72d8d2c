from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User

from matching.models import SavedList

# Generic for the type checker only.
if TYPE_CHECKING:
    UserCreation = UserCreationForm[User]
else:
    UserCreation = UserCreationForm

NAME_MOST = SavedList._meta.get_field("name").max_length


class ListNameForm(forms.Form):
    """The name of a saved list: the one thing asked for when a list is kept."""

    name = forms.CharField(
        label="Name of the list", max_length=NAME_MOST, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SignUpForm(UserCreation):
    """A name and a password: nothing else is needed to keep a list."""

    class Meta(UserCreationForm.Meta):
        fields = ("username",)
        help_texts = {"username": "Any name you will remember. It need not be your real one."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = "At least 8 characters, not only numbers, not a common word."
