"""The history of a program with its facts, and of one fact, those that are gone included."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programs.admin.deciding import LABELS
from programs.admin.pages import allow, page_render, program_or_404
from programs.desk.timeline import MOST, Entry, fact_records, facts_timeline, program_timeline
from programs.fact_fields import FACT_FIELDS
from programs.models import Institution, Program, ProgramFact
from programs.services.overriding import decisions_of
from programs.services.putting_back import fact_put_back, program_put_back


@require_safe
def program_trail_view(request: HttpRequest, program_id: str) -> HttpResponse:
    """Its own columns, what the desk decided, and all of its facts."""
    allow(request, "view_program")
    program = program_or_404(program_id)
    records = list(program.history.select_related("history_user")[:MOST])
    names = dict(
        Institution.objects.filter(pk__in={each.institution_id for each in records}).values_list("pk", "name")
    )
    facts = fact_records(program)
    entries = [*program_timeline(records, names), *facts_timeline(facts)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return page_render(
        request,
        "trail.html",
        title="History",
        here="programs",
        crumbs=[(program.name, reverse("admin:programs_program_change", args=[program.pk]))],
        heading=program.name,
        program=program,
        decisions=[{"row": each, "label": LABELS[each.field]} for each in decisions_of(program)],
        cut=max(len(records), len(facts)) >= MOST,
        **_shared(request, entries),
    )


@require_safe
def fact_trail_view(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Of one fact, also when it is withdrawn."""
    allow(request, "view_programfact")
    records = list(ProgramFact.history.filter(id=fact_id).select_related("history_user")[:MOST])
    held = ProgramFact.objects.filter(pk=fact_id).first()
    if not records and held is None:
        raise Http404("There never was such a fact.")
    field, program_id = (held.field, held.program_id) if held else (records[0].field, records[0].program_id)
    program = program_or_404(program_id)
    return page_render(
        request,
        "trail.html",
        title="History",
        here="programs",
        crumbs=[(program.name, reverse("admin:programs_program_change", args=[program.pk]))],
        heading=f"{program.name}: {FACT_FIELDS[field].label}",
        program=program,
        decisions=[],
        gone=held is None,
        **_shared(request, facts_timeline(records)),
    )


def _shared(request: HttpRequest, entries: list[Entry]) -> dict[str, Any]:
    return {
        "entries": entries,
        "may_record": request.user.has_perm("programs.add_programfact"),
        "may_decide": request.user.has_perm("programs.decide_program"),
    }


@require_POST
def fact_back_view(request: HttpRequest, history_id: int) -> HttpResponse:
    by = allow(request, "add_programfact")
    record = get_object_or_404(ProgramFact.history.all(), pk=history_id)
    try:
        fact = fact_put_back(record=record, by=by)
    except (ValidationError, Program.DoesNotExist) as error:
        words = " ".join(error.messages) if isinstance(error, ValidationError) else "Its program is gone."
        messages.error(request, f"It cannot be put back: {words}")
        return HttpResponseRedirect(reverse("admin:programs_programfact_history", args=[record.id]))
    waits = " It waits for a second reader." if fact.check_state == "waiting" else ""
    messages.success(request, f"Put back.{waits}")
    return HttpResponseRedirect(reverse("admin:programs_programfact_history", args=[fact.pk]))


@require_POST
def program_back_view(request: HttpRequest, history_id: int) -> HttpResponse:
    by = allow(request, "decide_program")
    record = get_object_or_404(Program.history.all(), pk=history_id)
    try:
        decided = program_put_back(record=record, by=by, now=timezone.now())
    except ValidationError as error:
        messages.error(request, f"It cannot be put back: {' '.join(error.messages)}")
    else:
        words = f"{len(decided)} column{'' if len(decided) == 1 else 's'} put back, each by a decision."
        messages.success(request, words if decided else "No column that the desk decides was otherwise then.")
    return HttpResponseRedirect(reverse("admin:programs_program_history", args=[record.id]))
