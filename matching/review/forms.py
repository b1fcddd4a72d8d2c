"""What an applicant may send: a list to an organisation, an answer to what is proposed."""

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIteratorValue
from django.utils.html import format_html

from matching.models import Organisation, Review, ReviewPatch

MESSAGE_MOST = Review._meta.get_field("message").max_length
ANSWER_MOST = ReviewPatch._meta.get_field("answer").max_length
TOO_LONG = "This has %(show_value)d characters; at most %(limit_value)d are sent. Shorten it."


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Each with its name and what it says of itself."""

    def label_from_instance(self, obj: Any) -> str:
        return format_html("<span><b>{}</b> {}</span>", obj.name, obj.about)


class MessageForm(forms.Form):
    """A few words to the advisor; none are needed."""

    message = forms.CharField(
        label="What do you want to know?",
        help_text="Say it in your own words. A line is enough, and you may leave it empty.",
        required=False,
        max_length=MESSAGE_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )


class SendForm(MessageForm):
    """To whom the list goes. The only organisation there is stands chosen."""

    field_order = ("organisation", "message")

    organisation = OrganisationField(
        label="Who shall look at it?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose who shall look at your list.",
            "invalid_choice": "This organisation takes no lists now. Choose another.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(takes_lists=True).order_by("name")
        open_to_lists = list(field.queryset)
        # Chosen from rows read once: the widget, the page and the check need no query more each.
        field.choices = [
            (ModelChoiceIteratorValue(row.pk, row), field.label_from_instance(row)) for row in open_to_lists
        ]
        self.organisations = open_to_lists
        if len(open_to_lists) == 1:
            field.initial = open_to_lists[0].pk


class AnswerForm(forms.Form):
    """Taken or left, with words to it if she likes."""

    accept = forms.TypedChoiceField(
        choices=(("yes", "yes"), ("no", "no")),
        coerce=lambda said: said == "yes",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Press one of the two buttons."),
    )
    words = forms.CharField(
        label="Words to your advisor",
        required=False,
        max_length=ANSWER_MOST,
        error_messages={"max_length": TOO_LONG},
    )

    @property
    def words_wrong(self) -> str:
        """What is wrong, of a form that is not valid."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
