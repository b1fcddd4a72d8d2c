from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applicants.personas import PERSONAS, Persona, persona_get
from applicants.program_names import programs_named
from applicants.schema import MAX_ROWS
from applicants.selectors import profile_latest, profiles_for_request
from applicants.services import draft_delete, profile_delete, profile_save
from applicants.steps import FIRST, LAST, STEPS, Step, step_before, step_get, step_next
from applicants.typed import Typed, checked, checked_too, row_added, row_removed, step_typed
from matching.catalogue import CatalogueEmpty
from matching.models import Match
from matching.presentation.profile_page import (
    FaultLine,
    Faults,
    ProfilePage,
    profile_page,
    step_address,
)
from matching.profile_flow import Filled, Flow, flow_of, programs_told
from matching.services import match_start

from .access import asking, owning

MOST_FOUND = 12
LONGEST_NAME = 200
LOADING = FaultLine("#main", "The programs are being loaded. Wait a minute, then send this again.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, slug: str = FIRST.slug) -> HttpResponse:
    """One step of the answers: shown as typed so far; sent, it is kept, then checked or matched."""
    step = step_get(slug)
    if step is None:
        raise Http404("No such step.")
    flow = flow_of(request, _sample(request))
    if request.method != "POST":
        return _drawn(request, _judged(flow, step))
    kept = flow.keep(_change(request, step))
    if request.POST.get("go") == "keep":  # a script that saves sends the button pressed last as well
        return _kept(request, kept, step)
    for name, answer in (("add-row", _row_changed), ("remove-row", _row_changed), ("go", _gone)):
        if name in request.POST:
            return answer(request, kept, step)
    return _next(request, kept, step)


@require_safe
def programs_found(request: HttpRequest) -> HttpResponse:
    """Programs by what is typed of their name, as choices beneath the input that asks."""
    text = next((str(value) for name, value in request.GET.items() if name.endswith("program_id")), "")
    found = programs_named([text[:LONGEST_NAME]])[:MOST_FOUND]
    return render(request, "applicants/_programs_found.html", {"found": found})


@require_POST
def profile_forget(request: HttpRequest) -> HttpResponse:
    """Delete one's own profiles and what is being typed. Lists and results stay until they are deleted."""
    for row in profiles_for_request(**asking(request)):
        profile_delete(profile=row)
    draft_delete(**asking(request))
    messages.success(request, "Your answers are deleted.")
    return redirect("matching:profile")


def _change(request: HttpRequest, step: Step) -> Callable[[Typed], Typed]:
    """What this request does to what was typed."""
    sent, go = request.POST, request.POST.get("go", "next")
    name, index = _row_of(sent.get("remove-row", ""))

    def change(typed: Typed) -> Typed:
        typed = step_typed(typed, sent, step)
        if go == "keep":
            return typed
        if sent.get("add-row") in step.rows:
            return row_added(typed, sent["add-row"])
        if name in step.rows and index < MAX_ROWS:
            return row_removed(typed, name, index)
        if "add-row" in sent or "remove-row" in sent:
            return typed
        return checked_too(typed, *_checks(go, step))

    return change


def _checks(go: str, step: Step) -> tuple[Step, ...]:
    """The steps a button sends to be checked; one nobody made means the next step."""
    if go in ("match", "anyway"):
        return STEPS
    return () if go in ("keep", "back") or step_get(go) else (step,)


def _row_changed(request: HttpRequest, flow: Flow, step: Step) -> HttpResponse:
    """The page with one row more or less; the keyboard goes to the new row, or to where the old one was."""
    focus = _row_of(request.POST.get("add-row") or request.POST.get("remove-row", ""))
    return _drawn(request, _page(flow, step, flow.filled(judged=False, focus=focus)))


def _row_of(text: str) -> tuple[str, int]:
    """List and place of ``letters-1``; without a place, or with one nobody made, the last."""
    name, _, place = text.partition("-")
    said = place.isascii() and place.isdigit() and len(place) < 3
    return name, int(place) if said else MAX_ROWS


def _gone(request: HttpRequest, flow: Flow, step: Step) -> HttpResponse:
    go = request.POST["go"]
    if go in ("match", "anyway"):
        return _matched(request, flow, step, anyway=go == "anyway")
    to = step_before(step) if go == "back" else step_get(go)
    return _next(request, flow, step) if to is None else redirect(_address(to, flow))


def _kept(request: HttpRequest, flow: Flow, step: Step) -> HttpResponse:
    """That it is saved, and what is amiss in what was typed: swapped in beside the inputs."""
    filled = flow.filled(judged=True)
    page = _page(flow, step, filled, filled.faults())
    return render(request, "applicants/_kept.html", {"page": page, "swap": True})


def _next(request: HttpRequest, flow: Flow, step: Step) -> HttpResponse:
    page = _judged(flow.as_sent(step), step)
    if page.faults:
        return _drawn(request, page, status=422)
    programs_told(flow, page.filled)
    return redirect(_address(step_next(step), flow))


def _matched(request: HttpRequest, flow: Flow, step: Step, *, anyway: bool) -> HttpResponse:
    page = _judged(flow.as_sent(step), step, everywhere=True)
    if page.faults:
        return _drawn(request, page, status=422)
    if page.needed_open and not anyway:
        return _drawn(request, replace(page, asks_again=True), status=422)
    try:
        match = _match(request, page.filled, keep=flow.sample is None)
    except CatalogueEmpty:
        # Not 503: with that the session would not be kept, and the draft with it.
        return _drawn(request, replace(page, faults=(LOADING,)), status=422)
    return redirect("matching:result", match.pk)


@transaction.atomic
def _match(request: HttpRequest, filled: Filled, *, keep: bool) -> Match:
    """A match of what was typed. ``keep`` saves it as the asker's profile: a sample must not replace that."""
    document, row = filled.profile.profile, None
    assert document is not None  # a valid form has one
    if keep:
        own = profile_latest(**asking(request))
        row = profile_save(document=document, season=settings.SEASON, row=own, **owning(request))
    return match_start(profile=document, options=filled.options.options(), profile_row=row, **owning(request))


def _sample(request: HttpRequest) -> Persona | None:
    slug = request.GET.get("sample")
    if slug is None:
        return None
    sample = persona_get(slug)
    if sample is None:
        raise Http404("No such sample profile.")
    return sample


def _address(step: Step, flow: Flow) -> str:
    return step_address(step, sample=flow.sample)


def _judged(flow: Flow, step: Step, *, everywhere: bool = False) -> ProfilePage:
    """The page with what is wrong on this step, or on all of them; only steps that were sent are judged."""
    if not checked(flow.typed) and step is not LAST:
        return _page(flow, step, flow.filled(judged=False))
    filled = flow.filled(judged=True)
    faults = filled.faults()
    for each in STEPS:
        if each.slug not in checked(flow.typed):
            faults[each.slug] = []
            filled.forgive(each)
    return _page(flow, step, filled, faults, everywhere=everywhere)


def _page(
    flow: Flow,
    step: Step,
    filled: Filled,
    faults: Faults | None = None,
    *,
    everywhere: bool = False,
) -> ProfilePage:
    return profile_page(
        filled=filled,
        typed=flow.typed,
        step=step,
        sample=flow.sample,
        kept_at=flow.kept_at,
        faults=faults or {},
        everywhere=everywhere,
        specialties=flow.specialties,
    )


def _drawn(request: HttpRequest, page: ProfilePage, *, status: int = 200) -> HttpResponse:
    context = {"page": page, "personas": PERSONAS, "season": settings.SEASON}
    return render(request, "applicants/profile.html", context, status=status)
