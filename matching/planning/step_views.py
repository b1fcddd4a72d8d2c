"""What is done with one step: each is a POST, answered by the changed part, without scripts by the page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from applicants.faults import ProfileInvalid
from matching.models import Plan
from matching.planning import step_services
from matching.planning.changes import StepImpossible, ValueInvalid
from matching.planning.feed_views import own_plan
from matching.planning.forms import StepForm
from matching.planning.selectors import plan_for_request
from matching.planning.services import PlanImpossible
from matching.planning.step_services import StepTiedUp, StepUnknown
from matching.planning.step_view import Trouble
from matching.planning.views import plan_drawn
from matching.views.access import asking

CHANGED = "Your answers have changed since, so this cannot be done as it stands. Reckon the plan anew first."
NO_NUMBER = "Type a whole number."
REFUSALS = (ValueError, StepImpossible, StepTiedUp, ProfileInvalid, PlanImpossible)


def _done(kept: Plan, form: StepForm) -> str:
    row = step_services.plan_step_done(
        plan=kept,
        code=form.cleaned_data["code"],
        program=form.program_id(),
        value=form.number(),
        today=timezone.localdate(),
    )
    return "Done, and everything is scored anew." if row.before else "Done."


def _undone(kept: Plan, form: StepForm) -> str:
    step_services.plan_step_undone(
        plan=kept,
        code=form.cleaned_data["code"],
        program=form.program_id(),
        today=timezone.localdate(),
    )
    return "Taken back."


def _snooze(kept: Plan, form: StepForm) -> str:
    until = form.snoozed_until(timezone.localdate())
    step_services.plan_step_snooze(
        plan=kept, code=form.cleaned_data["code"], program=form.program_id(), until=until
    )
    return f"Put off until {until.day} {until:%B}."


def _drop(kept: Plan, form: StepForm) -> str:
    step_services.plan_step_drop(plan=kept, code=form.cleaned_data["code"], program=form.program_id())
    return "Struck out. You can take it up again."


def _open(kept: Plan, form: StepForm) -> str:
    step_services.plan_step_open(plan=kept, code=form.cleaned_data["code"], program=form.program_id())
    return "Back among what is to do."


def _note(kept: Plan, form: StepForm) -> str:
    step_services.plan_step_note(
        plan=kept,
        code=form.cleaned_data["code"],
        program=form.program_id(),
        note=form.cleaned_data["note"],
    )
    return "Your note is kept."


ACTS: dict[str, Callable[[Plan, StepForm], str]] = {
    "done": _done,
    "undone": _undone,
    "snooze": _snooze,
    "drop": _drop,
    "open": _open,
    "note": _note,
}


@sensitive_post_parameters("value", "note")
@require_POST
def step(request: HttpRequest, act: str) -> HttpResponse:
    kept, form = own_plan(request), StepForm(request.POST)
    if act not in ACTS or (not form.is_valid() and {"code", "program", "until"} & form.errors.keys()):
        raise Http404("No such step of yours.")
    if not form.is_valid():
        return _refused(request, form, "That is too long.")
    try:
        said = ACTS[act](kept, form)
    except StepUnknown:
        raise Http404("No such step of yours.") from None
    except REFUSALS as why:
        return _refused(request, form, _words(why))
    messages.success(request, said)
    return _answer(request, form)


def _words(why: Exception) -> str:
    """What stands at the step."""
    if isinstance(why, ProfileInvalid):
        return why.faults[0].detail
    if isinstance(why, StepTiedUp):
        return f"Something else rests on it: {why} Take that back first."
    if isinstance(why, StepImpossible):
        return CHANGED
    return str(why) if isinstance(why, ValueInvalid | PlanImpossible) else NO_NUMBER


def _answer(request: HttpRequest, form: StepForm) -> HttpResponse:
    if request.headers.get("HX-Request"):
        kept = plan_for_request(**asking(request))
        assert kept is not None  # it was written a moment ago
        return plan_drawn(request, kept, swap=True)
    anchor = f"step-{form.cleaned_data['code']}-{form.cleaned_data['program']}".rstrip("-")
    return redirect(f"{reverse('matching:plan')}#{anchor}")


def _refused(request: HttpRequest, form: StepForm, words: str) -> HttpResponse:
    """The plan as it is, with what is wrong at the step, and what was typed."""
    sent = form.data
    trouble = Trouble(sent.get("code", ""), sent.get("program", ""), words, sent.get("value", "")[:20])
    swap = bool(request.headers.get("HX-Request"))
    return plan_drawn(request, own_plan(request), trouble=trouble, swap=swap)
