from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs.admin.fact_words import fact_says, fact_source
from programs.admin.pages import allow, page_render
from programs.choices import COUNTED, CheckState
from programs.fact_fields import FACT_FIELDS
from programs.models import ImportBatch, ProgramFact
from programs.services.checking import (
    NOTE_MOST,
    NoteNeeded,
    NotWaiting,
    SamePerson,
    fact_confirm,
    fact_refuse,
    facts_confirm_batch,
    may_check,
    refusal_of,
    waiting_for,
)


@require_http_methods(["GET", "HEAD", "POST"])
def check_view(request: HttpRequest, fact_id: int) -> HttpResponse:
    """The second reader opens the source, reads value beside it, and confirms or refuses with a note."""
    by = allow(request, "view_programfact")
    rows = ProgramFact.objects.select_related("program__specialty", "entered_by", "checked_by", "batch")
    fact = get_object_or_404(rows, pk=fact_id)
    fault = ""
    if request.method == "POST":
        fault = _decide(request, fact)
        if not fault:
            return HttpResponseRedirect(_next(fact) or waiting_address())
    others = ProgramFact.objects.filter(program=fact.program, field=fact.field).exclude(pk=fact.pk)
    return page_render(
        request,
        "check.html",
        title="Read by a second person",
        here="checks",
        crumbs=[(fact.program.name, reverse("admin:programs_program_change", args=[fact.program_id]))],
        fact=fact,
        label=FACT_FIELDS[fact.field].label,
        says=fact_says(fact),
        source=fact_source(fact),
        held=[
            {"says": fact_says(each), "source": fact_source(each), "fact": each}
            for each in others.filter(check_state__in=COUNTED).order_by("-is_current", "id")
        ],
        may=may_check(fact, by),
        own=fact.check_state == CheckState.WAITING and fact.entered_by_id == by.pk,
        of_batch=waiting_for(fact.batch, by) if fact.batch else 0,
        refusal=refusal_of(fact),
        fault=fault,
        note=request.POST.get("note", ""),
        note_most=NOTE_MOST,
    )


@require_POST
def batch_confirm_view(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """All that waits of one import, confirmed at once by who did not bring it in."""
    by = allow(request, "confirm_fact")
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    try:
        count = facts_confirm_batch(batch=batch, by=by, now=timezone.now())
    except SamePerson:
        messages.error(request, "You brought this import in: another person must confirm it.")
    else:
        messages.success(request, f"{count:,} facts of {batch.file_name} count from now on.")
    return HttpResponseRedirect(waiting_address())


def _decide(request: HttpRequest, fact: ProgramFact) -> str:
    """What keeps it from being decided; "" where it is."""
    by, now = allow(request, "confirm_fact"), timezone.now()
    note = request.POST.get("note", "")[:NOTE_MOST]
    try:
        if request.POST.get("decide") == "confirm":
            fact_confirm(fact=fact, by=by, now=now)
            messages.success(
                request, f"Confirmed. {fact.program.name}: {fact_says(fact)} counts from now on."
            )
        else:
            fact_refuse(fact=fact, by=by, note=note, now=now)
            messages.success(request, "Refused. It stays on the desk with your note and counts nowhere.")
    except NoteNeeded:
        return "Say in a sentence what the source says instead."
    except SamePerson:
        return "You entered this: another person must read it."
    except NotWaiting:
        return "It waits no more: another reader was quicker, or it was changed."
    return ""


def _next(fact: ProgramFact) -> str:
    """The next of the same page of the same program, so that it is opened once."""
    waiting = ProgramFact.objects.filter(program=fact.program, url=fact.url, check_state=CheckState.WAITING)
    found = waiting.exclude(pk=fact.pk).order_by("id").values_list("pk", flat=True).first()
    return reverse("admin:programs_programfact_check", args=[found]) if found else ""


def waiting_address() -> str:
    return f"{reverse('admin:programs_programfact_changelist')}?check_state__exact=waiting"
