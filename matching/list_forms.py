"""What may be sent to a list."""

from django import forms

from matching.models import ListEntry

NOTE_MOST = ListEntry._meta.get_field("note").max_length or 0


class ButtonForm(forms.Form):
    """One program, from a button anywhere on the site. ``next``: where to go back to."""

    program = forms.RegexField(r"\Asp\d{5}\Z")
    match = forms.UUIDField(required=False)
    list = forms.UUIDField(required=False)
    next = forms.CharField(required=False, max_length=2000, empty_value="")
