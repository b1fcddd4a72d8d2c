from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs.admin.pages import allow, page_render, program_or_404
from programs.models import Program, ProgramFact
from programs.search import search_words
from programs.selectors import programs_open
from programs.services.merging import programs_merge

MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def merge_view(request: HttpRequest, program_id: str) -> HttpResponse:
    """Says which other listing is the same program: found by a search, chosen, with a reason."""
    by = allow(request, "view_program", "decide_program")
    program = program_or_404(program_id)
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        faults, kept = {}, Program.objects.filter(pk=request.POST.get("kept", "")).first()
        if kept is None:
            faults = {"kept": ["Choose the listing that goes on."]}
        else:
            try:
                programs_merge(
                    duplicate=program, kept=kept, by=by, now=timezone.now(),
                    reason=request.POST.get("reason", ""), url=request.POST.get("url", "").strip(),
                )  # fmt: skip
            except ValidationError as error:
                faults = error.message_dict
            else:
                messages.success(
                    request, f"{program} is {kept} from now on. Lists that held it take that one."
                )
                return HttpResponseRedirect(reverse("admin:programs_program_history", args=[program.pk]))
    query = request.GET.get("q", "")
    return page_render(
        request,
        "merge.html",
        title="Merge with the same program",
        here="programs",
        crumbs=[(program.name, reverse("admin:programs_program_change", args=[program.pk]))],
        program=program,
        query=query,
        found=_found(program, query),
        faults=faults,
        sent=request.POST,
        goes=_goes(program),
    )


def _found(program: Program, query: str) -> list[Program]:
    """Of the same specialty: what the search finds, or else what stands in the same place."""
    rows = programs_open().filter(specialty=program.specialty, same_as=None).exclude(pk=program.pk)
    if words := search_words(query):
        for word in words:
            rows = rows.filter(search_text__contains=word)
    else:
        city = Q(city=program.city, state=program.state) if program.city else Q()
        rows = (
            rows.filter(Q(institution=program.institution) | city)
            if city
            else rows.filter(institution=program.institution)
        )
    counted = Count("facts", filter=Q(facts__is_current=True))
    rows = rows.select_related("institution").defer("search_text").annotate(fact_count=counted)
    return list(rows.order_by("name", "id")[:MOST])


def _goes(program: Program) -> dict[str, Any]:
    """What would go along."""
    return {
        "facts": program.facts.filter(id__gte=ProgramFact.HAND_IDS_FROM).count(),
        "files": program.facts.filter(id__lt=ProgramFact.HAND_IDS_FROM).count(),
        "rosters": program.rosters.count(),
        "reports": program.reports.filter(state="new").count(),
    }
