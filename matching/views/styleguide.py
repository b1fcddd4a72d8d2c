from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.landing import sample_document
from matching.presentation.result_page import result_page
from matching.presentation.tiers import TIERS

COLOURS = (
    "paper",
    "paper-raised",
    "paper-sunk",
    "ink",
    "ink-soft",
    "rule",
    "rule-strong",
    "accent",
    "accent-wash",
    *TIERS,
    "bad",
    "warn",
    "good",
)


class StyleForm(forms.Form):
    """One field of each kind, with errors where it is sent empty."""

    text = forms.CharField(label="A line of text", help_text="Why it is asked.")
    number = forms.IntegerField(label="A number", min_value=1, max_value=300)
    choice = forms.ChoiceField(label="One of many", choices=[("", "Choose one"), ("ca", "California")])
    radio = forms.ChoiceField(
        label="One of a few", choices=[("yes", "Yes"), ("no", "Not yet")], widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label="Some of a few",
        choices=[("en", "English"), ("es", "Spanish")],
        widget=forms.CheckboxSelectMultiple,
    )
    tick = forms.BooleanField(label="One thing to tick")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with real values, for those who build pages. Only where DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    document = sample_document()
    context = {
        "colours": COLOURS,
        "tiers": TIERS,
        "page": result_page(document, profile={}) if document else None,
        "form": StyleForm(),
        "bad_form": StyleForm({}, auto_id="bad_%s"),
        "page_obj": Paginator(range(100), 10).get_page(request.GET.get("page", 3)),
    }
    return render(request, "matching/styleguide.html", context)
