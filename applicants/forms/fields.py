"""Inputs that keep whatever was typed, and turn it into the values of the profile document."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from applicants.forms.widgets import LongSelect

UNKNOWN = "Don't know"
# What a radio button sends for "don't know": said, where nothing chosen is not said yet. Both are None.
DONT_KNOW = "unknown"
MONTH_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})\s*[-/.]\s*(?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})\s*[-/.]\s*(?P<year>[0-9]{4})"),
)
# Enough for any number a profile can hold; a longer one is a slip, and int() would refuse a huge one.
MAX_DIGITS = 9


class DescribedField(BoundField):
    """An input described by its reason and by its place for errors, which is there before any error is."""

    @property
    def aria_describedby(self) -> str | None:
        reason = f"{self.auto_id}_helptext " if self.help_text else ""
        return f"{reason}{self.auto_id}_error"


class DraftForm(forms.Form):
    """A form that can be shown again as it was typed, before anything in it is judged."""

    draft = False
    bound_field_class = DescribedField

    def full_clean(self) -> None:
        if self.draft:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()


class NumberField(forms.CharField):
    """A whole number or None. A text input, because a number input drops what it cannot read."""

    def __init__(self, *, example: int, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input--short"}
        )
        super().__init__(required=False, widget=widget, **kwargs)
        self.example = example

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if len(text) > MAX_DIGITS or not re.fullmatch(r"[+-]?[0-9]+", text):
            raise forms.ValidationError(f"Type a whole number, such as {self.example}.", code="invalid_type")
        return int(text)


class MonthField(forms.CharField):
    """A month as YYYY-MM or None; takes 2023-08 and 08/2023 alike."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "placeholder": "YYYY-MM", "class": "input--short"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        for form in MONTH_FORMS:
            found = form.fullmatch(text)
            if found and 1 <= int(found["month"]) <= 12:
                return f"{found['year']}-{int(found['month']):02d}"
        raise forms.ValidationError("Type year and month, such as 2023-08.", code="invalid_format")


class TextField(forms.CharField):
    """A line of text, or None for an empty one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


class OneOfField(forms.TypedChoiceField):
    """One code of a list, or None: the empty choice says that it is not known."""

    def __init__(
        self, choices: Mapping[str, str], *, empty: str = UNKNOWN, radio: bool = False, **kwargs: Any
    ) -> None:
        last = [(DONT_KNOW, empty)] if radio else []
        first = [] if radio else [("", empty)]
        super().__init__(
            choices=[*first, *choices.items(), *last],
            widget=forms.RadioSelect() if radio else LongSelect(),
            required=False,
            empty_value=None,
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return None if value == DONT_KNOW else cleaned


class YesNoField(OneOfField):
    """Yes, no, or None."""

    def __init__(self, *, no: str = "No", **kwargs: Any) -> None:
        super().__init__({"yes": "Yes", "no": no}, radio=True, coerce=lambda text: text == "yes", **kwargs)


class SomeOfField(forms.MultipleChoiceField):
    """Any codes of a list, as checkboxes."""

    def __init__(self, choices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(
            choices=list(choices.items()), widget=forms.CheckboxSelectMultiple(), required=False, **kwargs
        )
