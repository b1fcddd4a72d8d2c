"""What is done to many reviews at once. Each row is done or refused by itself, and both are told by name."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from matching.models import Review
from matching.presentation.numbers import counted
from matching.review.faults import PatchInvalid, ReviewNotPossible
from matching.review.queue.asking import Asked, facts_asked
from matching.review.queue.rows import POOL
from matching.review.services import review_claim, review_hand_over, review_release, review_snooze

from .queue_filters import view_of
from .queue_forms import AskForm, HandOverForm, SnoozeForm

MOST = 200
Rows = QuerySet[Review]
Act = Callable[[Review], object]


def rows_do(request: HttpRequest, reviews: Sequence[Review], act: Act, done: str) -> None:
    """Tells for which it was done and for which not, and why. ``done``: "Claimed"."""
    worked: list[str] = []
    refused: dict[str, list[str]] = {}
    for review in reviews:
        try:
            act(review)
            worked.append(review.code)
        except ReviewNotPossible as fault:
            refused.setdefault(fault.words, []).append(review.code)
        except PatchInvalid as fault:
            refused.setdefault(str(fault), []).append(review.code)
    if worked:
        messages.success(request, f"{done}: {', '.join(worked)}.")
    for why, codes in refused.items():
        messages.error(request, f"Not {done[:1].lower()}{done[1:]}: {', '.join(codes)}. {why}")


class QueueActions:
    """Actions of the queue's admin. The rows they get are those of the view, and no others."""

    def has_work_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matching.change_review")

    @admin.action(description="Claim", permissions=["work"])
    def claim(self, request: HttpRequest, queryset: Rows) -> None:
        now, advisor = timezone.now(), user_of(request)

        def act(row: Review) -> object:
            return review_claim(review=row, advisor=advisor, now=now)

        rows_do(request, chosen_rows(request, queryset) or (), act, "Claimed")

    @admin.action(description="Give back to the pool", permissions=["work"])
    def release(self, request: HttpRequest, queryset: Rows) -> None:
        now, advisor = timezone.now(), user_of(request)

        def act(row: Review) -> object:
            return review_release(review=row, advisor=advisor, now=now)

        rows_do(request, chosen_rows(request, queryset) or (), act, "Given back")

    @admin.action(description="Hand over…", permissions=["work"])
    def hand_over(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        chosen = chosen_rows(request, queryset)
        if chosen is None:
            return None
        at_home = {row.organisation_id for row in chosen}
        if len(at_home) > 1:
            messages.error(request, "Nothing was handed over: choose lists of one organisation at a time.")
            return None
        form = HandOverForm(posted(request), organisation_id=at_home.pop())
        if not form.is_valid():
            return self._asked(request, chosen, "hand_over", form, "Hand over")
        now, advisor, note = timezone.now(), user_of(request), form.cleaned_data["note"]
        to, group = form.colleague, form.group

        def act(row: Review) -> object:
            return review_hand_over(review=row, advisor=advisor, to=to, group=group, note=note, now=now)

        rows_do(request, chosen, act, f"Handed over to {form.named}")
        return None

    @admin.action(description="Snooze…", permissions=["work"])
    def snooze(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        chosen = chosen_rows(request, queryset)
        if chosen is None:
            return None
        form = SnoozeForm(posted(request))
        if not form.is_valid():
            return self._asked(request, chosen, "snooze", form, "Snooze")
        now, advisor, told = timezone.now(), user_of(request), form.cleaned_data

        def act(row: Review) -> object:
            return review_snooze(review=row, advisor=advisor, until=told["until"], note=told["note"], now=now)

        done = f"Snoozed until {told['until']:%-d %B %Y}" if told["until"] else "Brought back"
        rows_do(request, chosen, act, done)
        return None

    @admin.action(description="Ask for a fact…", permissions=["work"])
    def ask(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        chosen = chosen_rows(request, queryset)
        if chosen is None:
            return None
        form = AskForm(posted(request))
        if not form.is_valid():
            return self._asked(request, chosen, "ask", form, "Ask for a fact")
        told = form.cleaned_data
        try:
            tell_asked(request, facts_asked(chosen, user_of(request), told["field"], told["text"]))
        except PatchInvalid as fault:
            messages.error(request, f"Nobody was asked. {fault}")
        return None

    def _asked(
        self, request: HttpRequest, chosen: Sequence[Review], action: str, form: forms.Form, title: str
    ) -> HttpResponse:
        """The page between: for which rows, and the form. It comes back to the same action."""
        model_admin = cast(Any, self)
        context = {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": f"{title}: {counted(len(chosen), 'review')}",
            "button": getattr(form, "button", title),
            "chosen": chosen,
            "named": view_of(request) != POOL,
            "action": action,
            "box": ACTION_CHECKBOX_NAME,
            "form": form,
        }
        return TemplateResponse(request, "admin/matching/review/queue_action.html", context)


def tell_asked(request: HttpRequest, found: Asked) -> None:
    if found.asked:
        messages.success(request, f"Asked: {', '.join(found.asked)}.")
    for why, codes in found.left_out.items():
        messages.warning(request, f"Not asked: {', '.join(codes)}. {why}")


def chosen_rows(request: HttpRequest, queryset: Rows) -> list[Review] | None:
    """Those that were ticked and are still in the view; what is not is said. None: nothing to be done."""
    rows = list(queryset[: MOST + 1])
    if len(rows) > MOST:
        messages.error(request, f"Nothing was done: choose at most {MOST} reviews at a time.")
        return None
    across = request.POST.get("select_across", "0") == "1"
    gone = 0 if across else len(set(request.POST.getlist(ACTION_CHECKBOX_NAME))) - len(rows)
    if gone > 0:
        messages.warning(
            request, f"{counted(gone, 'review')} of those chosen left this view meanwhile: left as they are."
        )
    return rows or None


def posted(request: HttpRequest) -> Any:
    """What the page between sent; None where the list sent its choice."""
    return request.POST if "act" in request.POST else None


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
