from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs.admin.pages import allow, back, page_render, program_or_404
from programs.choices import Track
from programs.geography import STATE_NAMES
from programs.models import Program, ProgramOverride
from programs.models.override import DECIDED
from programs.services.merging import decision_undo
from programs.services.overrides import decided_text
from programs.services.overriding import DecisionEnded, program_decide

LABELS = {
    "name": "Name", "aliases": "Other names", "city": "City", "county": "County", "state": "State",
    "acgme_id": "ACGME id", "nrmp_code": "NRMP code", "track": "Track", "same_as": "Same as",
    "retired_on": "Takes nobody since",
}  # fmt: skip
HELP = {
    "aliases": "Joined by ; and found by the search.",
    "retired_on": "From then on no new answer holds it; old ones keep it. Empty: it is open.",
    "acgme_id": "Ten digits, or empty.",
    "nrmp_code": "Nine characters such as 1049140C0, or empty.",
}
CHOSEN = tuple(field for field in DECIDED if field != "same_as")


class DecideForm(forms.Form):
    """One column: what it shall say, why, and where that can be read."""

    value = forms.CharField(required=False, max_length=500)
    reason = forms.CharField(max_length=300, label="Why, in a sentence")
    url = forms.URLField(required=False, max_length=400, label="Where it can be read", assume_scheme="https")

    def __init__(self, field: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"track": Track.choices, "state": list(STATE_NAMES.items())}.get(field)
        if choices:
            self.fields["value"] = forms.ChoiceField(choices=choices)
        elif field == "retired_on":
            self.fields["value"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["value"].label = LABELS[field]
        self.fields["value"].help_text = HELP.get(field, "")


@require_http_methods(["GET", "HEAD", "POST"])
def decide_view(request: HttpRequest, program_id: str) -> HttpResponse:
    """What the desk decides over the files: every column with what it says, and a form for one of them."""
    by = allow(request, "view_program", "decide_program")
    program = program_or_404(program_id)
    field = request.GET.get("field", "")
    form = None
    if field in CHOSEN:
        sent = request.POST if request.method == "POST" else None
        form = DecideForm(field, sent, initial={"value": decided_text(program, field)})
        if sent is not None and form.is_valid():
            try:
                program_decide(program=program, field=field, by=by, now=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                for name, faults in error.message_dict.items():
                    form.add_error(name if name in form.fields else None, faults)
            else:
                messages.success(
                    request, f"{LABELS[field]} is decided. Publish a new data version to use it."
                )
                return HttpResponseRedirect(reverse("admin:programs_program_decide", args=[program.pk]))
    return page_render(
        request,
        "decide.html",
        title="Decide over the files",
        here="programs",
        crumbs=[(program.name, reverse("admin:programs_program_change", args=[program.pk]))],
        program=program,
        form=form,
        field=field,
        columns=_columns(program),
    )


def _columns(program: Program) -> list[dict[str, Any]]:
    standing = {each.field: each for each in program.overrides.filter(ended_at=None).select_related("by")}
    return [
        {
            "field": field,
            "label": LABELS[field],
            "says": shown(program, field),
            "decision": standing.get(field),
            "may_change": field in CHOSEN,
        }
        for field in DECIDED
    ]


def shown(program: Program, field: str) -> str:
    text = decided_text(program, field)
    return str(Track(text).label) if field == "track" else text


@require_POST
def undo_view(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One button: the program is again as the files have it."""
    by = allow(request, "decide_program")
    decision = get_object_or_404(ProgramOverride.objects.select_related("program"), pk=decision_id)
    try:
        decision_undo(decision=decision, by=by, now=timezone.now())
    except DecisionEnded:
        messages.info(request, "It was undone already.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Undone: {LABELS[decision.field].lower()} is as the files have it.")
    return back(request, reverse("admin:programs_program_decide", args=[decision.program_id]))
