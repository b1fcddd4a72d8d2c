from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applicants.visitors import visitor_id
from matching.list_selectors import match_latest
from matching.presentation.program_page import program_page
from matching.program_answer import ProgramAnswer, program_answer, program_similar
from matching.tracks import miles_to
from programs.fact_fields import FACT_FIELDS
from programs.models import Program, ProgramFact
from programs.presentation import fact_line
from programs.report_form import ReportForm
from programs.rosters_shown import rosters_shown
from programs.selectors import facts_listed
from programs.services import TooManyReports, report_make
from programs.snapshot import version_current

from .access import asking
from .current_list import listed


@never_cache
@require_safe
def program_detail(request: HttpRequest, program_id: str) -> HttpResponse:
    program = program_or_404(program_id)
    answer = answer_of(request, program)
    run = answer.match.run if answer else None
    version, season = (run.data_version, run.season) if run else (version_current(), settings.SEASON)
    facts, year = facts_listed(program.pk), timezone.now().year
    whole = answer.whole if answer else None
    context = {
        "program": program,
        "page": program_page(
            program,
            facts,
            answer,
            season=season,
            year=year,
            miles=miles_to(version, program.pk),
            roster=rosters_shown(program.pk),
        ),
        "match": answer.match if answer else None,
        "listed": answer is not None and program.pk in listed(request),
        "similar": program_similar(program.pk, program.specialty_id, version, whole) if version else (),
        "tracks": Program.objects.filter(program_key=program.program_key).exclude(pk=program.pk),
        "duplicates": program.duplicates.all(),
    }
    return render(request, "matching/program.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def program_report(request: HttpRequest, program_id: str) -> HttpResponse:
    """Says that something is wrong, without an account. ``fact`` in the address names a statement."""
    program = program_or_404(program_id)
    named = request.GET.get("fact", "")
    fact = fact_named(program, named)
    sends = request.method == "POST"
    if named and fact is None and not sends:
        raise Http404("This program has no such statement.")
    form = ReportForm(
        request.POST if sends else None,
        about_fact=fact is not None,
        initial={"field": request.GET.get("field", "")},
    )
    if sends and named and fact is None:
        form.add_error(None, GONE)
    if sends and form.is_valid() and report_send(request, program, fact, form):
        return redirect(f"{reverse('programs:report', args=[program.pk])}?sent=1")
    about = about_fact(fact) if fact else None
    context = {"program": program, "form": form, "about": about, "sent": "sent" in request.GET}
    return render(request, "matching/report.html", context)


GONE = "We no longer hold the statement this was about. Choose what it is about and send it again."
TOO_MANY = "You have sent many reports today, and we are grateful. Come back with this one tomorrow."


def report_send(request: HttpRequest, program: Program, fact: ProgramFact | None, form: ReportForm) -> bool:
    """Whether it was kept; if not the form says why."""
    told = form.cleaned_data
    try:
        report_make(
            program=program,
            fact=fact,
            field=told.get("field", ""),
            said=told["said"],
            url=told["url"],
            reporter=visitor_id(request),
            now=timezone.now(),
        )
    except TooManyReports:
        form.add_error(None, TOO_MANY)
        return False
    return True


def program_or_404(program_id: str) -> Program:
    try:
        return Program.objects.select_related("specialty", "institution", "same_as").get(pk=program_id)
    except Program.DoesNotExist:
        raise Http404(f"No program has the id {program_id}.") from None


def answer_of(request: HttpRequest, program: Program) -> ProgramAnswer | None:
    """The asker's newest answer on the program; None for whoever has none."""
    who = asking(request)
    if who["visitor"] is None and not request.user.is_authenticated:
        return None
    match = match_latest(**who)
    return program_answer(match, program.pk) if match else None


def fact_named(program: Program, named: str) -> ProgramFact | None:
    """The statement of this program that has the id; None for any other."""
    return next((fact for fact in facts_listed(program.pk) if str(fact.pk) == named), None) if named else None


def about_fact(fact: ProgramFact) -> dict[str, object]:
    """What the report is about: the field and what we hold of it."""
    held = fact_line(fact, timezone.now().year).value
    return {"id": fact.pk, "label": FACT_FIELDS[fact.field].label, "held": held}
