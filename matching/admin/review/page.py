"""The page of one review: all that an advisor decides by, on one screen, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matching.access import OPENED, access_note
from matching.admin.caseload import desk_link, owner_words
from matching.models import AdvisorMark, ListEntry, OutcomeReport, Review, ReviewPatch
from matching.presentation.histogram import Histogram, histogram
from matching.presentation.options import option_lines
from matching.presentation.review_page import figures
from matching.presentation.signal_counts import signal_counts
from matching.reference import model_for
from matching.review.approval import approval_of
from matching.review.marks import marks_of
from matching.review.states import may
from matching.selectors import list_entries

from .page_acts import colleagues
from .page_choices import choices_of, programs_found
from .page_effects import effect_told
from .page_form import KINDS, Typed
from .page_head import danger_parts, waiting_words, who_asks
from .page_moves import moves_possible
from .page_patches import names_in, patches_view
from .page_rows import desk_rows
from .page_told import Notice
from .page_versions import compared

PAGE = "admin/matching/review/page.html"
BARE = "admin/matching/review/withdrawn.html"


def page_response(
    request: HttpRequest,
    review: Review,
    *,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    notice: Notice | None = None,
    sent: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``typed`` and ``errors``: of the form of a change. ``sent`` and ``faults``: of a button at the head."""
    access_note(request, OPENED, review, subject=review.saved_list.owner)
    events = list(review.events.order_by("-id"))
    context = frame(request, review) | {"events": events, "notice": notice}
    if review.state == Review.State.WITHDRAWN:
        return render(request, BARE, context, status=status)
    entries = list(list_entries(review.saved_list))
    context |= list_context(review, entries) | panel_context(review, entries, typed, errors)
    context |= applicant_context(request, review)
    context |= compared(review, request.GET)
    context |= {"sent": sent or {}, "faults": faults or {}}
    return render(request, PAGE, context, status=status)


def frame(request: HttpRequest, review: Review) -> dict[str, Any]:
    """What every page of one review has around it."""
    now = timezone.now()
    return {
        **admin.site.each_context(request),
        "opts": Review._meta,
        "title": f"Review {review.code}",
        "review": review,
        "whose": owner_words(review.saved_list),
        "who": who_asks(review.saved_list.match.run.profile),
        "waiting": waiting_words(review, now),
        "danger": danger_parts(review, now.date()),
        "approval": approval_of(review),
    }


def list_context(review: Review, entries: Sequence[ListEntry]) -> dict[str, Any]:
    """The list as it stands: its odds, its signals, its programs by tier."""
    saved_list, kept = review.saved_list, review.saved_list.figures
    marks, patches = marks_of(saved_list, desk=True), _patches(review)
    model = model_for(saved_list.match.run.season)
    placed = [(e.program.specialty_id, e.program.specialty.name, e.signal) for e in entries]
    return {
        "rows": desk_rows(entries, marks, patches),
        "figures": figures(kept) if kept and kept["applications"] else (),
        "figure": seasons(kept["interviews"]) if kept and kept["applications"] else None,
        "signals": signal_counts(placed, model.signals, model.season),
    }


def seasons(interviews: Mapping[str, Any]) -> Histogram:
    """A hundred seasons of somebody else's list: they are not the reader's."""
    figure = histogram(interviews)
    text = figure.text.replace(" like yours", " with this list")
    return replace(figure, title="A hundred seasons with this list", text=text)


def panel_context(
    review: Review,
    entries: Sequence[ListEntry],
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The proposed changes, the form for one more and what can be done with the review."""
    patches, run = _patches(review), review.saved_list.match.run
    held = AdvisorMark.objects.filter(saved_list=review.saved_list_id, withdrawn_at=None)
    typed = typed or Typed()
    effect = effect_told(review, typed, each=True)
    view = patches_view(
        patches,
        names_in(patches),
        held=frozenset(held.values_list("patch_id", flat=True)),
        effects=effect.each,
    )
    others, groups = list(colleagues(review)), list(review.organisation.groups.all())
    return {
        "patches": view,
        "effect": effect,
        "moves": moves_possible(
            review,
            drafts=len(view.drafts),
            private=sum(1 for draft in view.drafts if draft.private),
            unanswered=view.unanswered,
            others=bool(others or groups),
        ),
        "others": others,
        "groups": groups,
        "may_propose": review.advisor_id is not None and may(review.state, "propose"),
        "kinds": KINDS,
        "typed": typed,
        "errors": errors or {},
        "choices": choices_of(entries, run.profile, model_for(run.season)),
        "found": programs_found(review, typed.query),
        "found_now": _chosen(typed),
    }


def _chosen(typed: Typed) -> Any:
    from programs.models import Program  # noqa: PLC0415

    return Program.objects.filter(pk=typed.found).first() if typed.found and not typed.query else None


def _patches(review: Review) -> list[ReviewPatch]:
    """Read once for a page."""
    kept = getattr(review, "_patches_read", None)
    if kept is None:
        rows = ReviewPatch.objects.filter(review=review).select_related("program", "other").order_by("id")
        kept = review._patches_read = list(rows)  # type: ignore[attr-defined]
    return list(kept)


def applicant_context(request: HttpRequest, review: Review) -> dict[str, Any]:
    """Who asks, as judged; what she told of her season, where she let it be counted."""
    saved_list, match = review.saved_list, review.saved_list.match
    report = OutcomeReport.objects.filter(saved_list=saved_list, consented_at__isnull=False).first()
    return {
        "options": option_lines(match.run.options),
        "list_link": desk_link(request, saved_list, "The saved list"),
        "profile_link": desk_link(request, match.profile, "The profile now") if match.profile else "",
        "report_link": desk_link(request, report, "What came of it") if report else "",
    }
