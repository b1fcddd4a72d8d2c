from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.landing import holdings_current, sample_document
from matching.presentation.landing_page import held_rings
from matching.presentation.result_page import result_page, row_open
from matching.presentation.tiers import TIERS
from programs.models import ProgramFact

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
    "button",
    *(name for tier in TIERS for name in (tier, f"{tier}-wash")),
    *(name for kind in ("bad", "warn", "good") for name in (kind, f"{kind}-wash")),
)
TYPE_SCALE = ("5", "4", "3", "2", "1", "0", "-1")
SPACES = tuple(range(1, 9))
SECTIONS = (
    ("ink", "Ink and ground"),
    ("type", "Type"),
    ("space", "Space"),
    ("marks", "Tiers"),
    ("row", "A program"),
    ("figures", "Figures"),
    ("advice", "Advice"),
    ("forms", "Forms"),
    ("words", "Said aside"),
    ("tables", "Tables"),
)
OF_A_RESULT = {"row", "figures", "advice"}


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
    page = result_page(document, profile={}) if document else None
    for level, words in ((messages.INFO, "Something to know."), (messages.SUCCESS, "Kept at 11:52 pm.")):
        messages.add_message(request, level, words)
    held = holdings_current()
    context = {
        "colours": COLOURS,
        "type_scale": TYPE_SCALE,
        "spaces": SPACES,
        "sections": [(id_, title) for id_, title in SECTIONS if page or id_ not in OF_A_RESULT],
        "tiers": TIERS,
        "page": page,
        "row": row_open(document, page.groups[0].rows[0].id) if document and page and page.groups else None,
        "fact": ProgramFact.objects.filter(url__gt="").order_by("pk").first(),
        "held_rings": held_rings(held.rings) if held else (),
        "form": StyleForm(),
        "bad_form": StyleForm({}, auto_id="bad_%s"),
        "page_obj": Paginator(range(100), 10).get_page(request.GET.get("page", 3)),
    }
    return render(request, "matching/styleguide.html", context)
