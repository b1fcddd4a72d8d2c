from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs.admin.entry_form import OF_SOURCE, RowForm, SourceForm, rows_make
from programs.admin.fact_words import fact_says, fact_source, fact_standing
from programs.admin.pages import allow, page_render, program_or_404
from programs.choices import CheckState, SourceKind
from programs.current import conflicts_of
from programs.fact_fields import FACT_FIELDS, TOPICS
from programs.models import FactReport, Program, ProgramFact
from programs.services.entering import facts_enter


@require_http_methods(["GET", "HEAD", "POST"])
def enter_view(request: HttpRequest, program_id: str) -> HttpResponse:
    """Facts of one page, typed in beside what we hold. ``report`` in the address: the task it comes from."""
    by = allow(request, "add_programfact")
    program = program_or_404(program_id)
    report = _report(request, program)
    sends = request.method == "POST"
    source = SourceForm(request.POST if sends else None, initial=_initial(report))
    rows = rows_make(request.POST if sends else None)
    if sends and _valid(source, rows, program):
        said = [row for row in rows if row.said]
        statements = [
            {"field": row.entry.field, "value": row.cleaned_data.get("value", ""), **row.statement}
            for row in said
        ]
        facts = facts_enter(
            program=program,
            source=_source(source),
            statements=statements,
            by=by,
            now=timezone.now(),
            report=report,
        )
        _tell(request, facts, report)
        return HttpResponseRedirect(reverse("admin:programs_program_change", args=[program.pk]))
    _held(rows, program)
    wanted = request.GET.get("field") or (report.field if report else "")
    return page_render(
        request,
        "enter.html",
        title="Record what a page says",
        here="programs",
        crumbs=[(program.name, reverse("admin:programs_program_change", args=[program.pk]))],
        program=program,
        report=report,
        report_about=FACT_FIELDS[report.field].label.lower() if report and report.field else "",
        source=source,
        topics=_topics(rows, wanted, sends=sends),
        wrong=[row for row in rows if row.is_bound and row.errors],
        none_said=sends and not any(row.said for row in rows),
    )


def _valid(source: SourceForm, rows: list[RowForm], program: Program) -> bool:
    good = source.is_valid()
    said = [row for row in rows if row.said]
    for row in said:
        if row.is_valid() and good:
            row.check(program, _source(source))
    return good and bool(said) and not any(row.errors for row in said)


def _source(source: SourceForm) -> dict[str, Any]:
    return {name: source.cleaned_data[name] for name in OF_SOURCE}


def _report(request: HttpRequest, program: Program) -> FactReport | None:
    named = request.GET.get("report", "")
    if not named:
        return None
    allow(request, "change_factreport")
    found = FactReport.objects.filter(program=program, state=FactReport.State.NEW)
    report = found.filter(pk=named).first() if named.isascii() and named.isdigit() else None
    if report is None:
        raise Http404("This task is of another program, or settled.")
    return report


def _initial(report: FactReport | None) -> dict[str, Any]:
    page = report.url if report else ""
    return {
        "observed_on": timezone.localdate(),
        "confidence": "high",
        "source_kind": SourceKind.PROGRAM_PAGE,
        "url": page,
        "page_year": timezone.localdate().year,
    }


def _held(rows: list[RowForm], program: Program) -> None:
    """What we hold already, beside each box: one query."""
    facts: dict[str, list[ProgramFact]] = {}
    for fact in program.facts.order_by("-is_current", "id"):
        facts.setdefault(fact.field, []).append(fact)
    for row in rows:
        held = facts.get(row.entry.field, [])
        values = [fact.value for fact in held if fact.check_state in ("", "confirmed")]
        row.held = [
            {
                "says": fact_says(fact),
                "source": fact_source(fact),
                "standing": fact_standing(fact, conflicts_of(fact.value, values)),
            }
            for fact in held
        ]


def _topics(rows: list[RowForm], wanted: str, *, sends: bool) -> list[dict[str, Any]]:
    """By topic; open is what something is wanted, said or held of."""
    topics = []
    for topic, name in TOPICS.items():
        own = [row for row in rows if row.entry.topic == topic]
        if own:
            opened = any(row.entry.field == wanted or (sends and row.said) for row in own)
            held = sum(1 for row in own if row.held)
            topics.append({"name": name, "rows": own, "open": opened or not (wanted or sends), "held": held})
    return topics


def _tell(request: HttpRequest, facts: list[ProgramFact], report: FactReport | None) -> None:
    waiting = [FACT_FIELDS[fact.field].label for fact in facts if fact.check_state == CheckState.WAITING]
    messages.success(request, f"{len(facts)} fact{'' if len(facts) == 1 else 's'} recorded.")
    if waiting:
        messages.info(
            request, f"Until a second person has read it, this counts nowhere: {', '.join(waiting)}."
        )
    if report:
        messages.success(request, "The report is settled with it.")
