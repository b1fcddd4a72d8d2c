from typing import Any

from django import forms
from django.core.validators import URLValidator

from programs.fact_fields import FACT_FIELDS, TOPICS
from programs.services.reports import LONGEST

PROGRAM_ITSELF = "The program itself: name, place, codes, whether it exists"


class LongText(forms.CharField):
    """Text of several lines. A browser counts a line break as one character and sends two."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").strip()


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class ReportForm(forms.Form):
    """What is wrong with what we hold of one program. ``company`` is there for robots alone."""

    field = forms.ChoiceField(required=False, label="What is it about?")
    said = LongText(
        label="What is wrong, and what is right?",
        max_length=LONGEST,
        help_text="In your own words. Leave out anything about yourself.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Say what is wrong, and what is right.",
            "max_length": "Shorten it to %(limit_value)d characters. It has %(show_value)d.",
        },
    )
    url = WebAddressField(
        required=False,
        max_length=400,
        assume_scheme="https",
        label="Where can it be read?",
        help_text="The address of the page, if there is one. It lets us check at once.",
        error_messages={"invalid": "Enter the address of a web page, such as https://program.example/apply"},
    )
    company = forms.CharField(required=False, max_length=200, label="Leave this empty")

    def __init__(self, *args: Any, about_fact: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about_fact:
            del self.fields["field"]
            return
        choices: list[Any] = [("", PROGRAM_ITSELF)]
        for topic, name in TOPICS.items():
            entries = [entry for entry in FACT_FIELDS.values() if entry.topic == topic]
            choices.append((name, [(entry.field, entry.label) for entry in entries]))
        self.fields["field"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_company(self) -> str:
        """Hidden from people: who fills it in is a robot, or a browser that filled in too much."""
        value = str(self.cleaned_data["company"])
        if value:
            raise forms.ValidationError("Leave this box empty. It is only there to stop robots.")
        return value
