import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from applicants.models import Profile
from applicants.selectors import profiles_for_request, specialty_names
from applicants.visitors import visitor_known
from matching.access.reading import looks_at
from matching.accounts.clash import clash_settle, profile_brought
from matching.digests.panel import mail_panel
from matching.forms import AccountDeleteForm, ProfileChoiceForm
from matching.my_data import data_export, drafts_for_request, kept_for_request
from matching.presentation.my_data import kept_lines
from matching.presentation.two_profiles import two_profiles
from matching.services.accounts import account_delete, profile_choose
from matching.services.claiming import draft_choose

from .access import asking
from .accounts import next_url


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What is kept of the asker, in plain words, and every way out."""
    profiles = profiles_for_request(**asking(request)).count()
    kept = kept_lines(kept_for_request(**asking(request)))
    context = {
        "kept": kept,
        "several": profiles > 1,
        "days": settings.KEEP_DAYS,
        "seen_by": looks_at(request.user),
    }
    context["news_mail"] = mail_panel(request.user)
    return render(request, "matching/me.html", context)


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything as one file."""
    name = f"smartpick-{timezone.now():%Y-%m-%d}.json"
    return JsonResponse(
        data_export(**asking(request)),
        json_dumps_params={"indent": 1, "ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@sensitive_post_parameters("password")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """The account and everything of it, for good: asked for once more by the password."""
    assert isinstance(request.user, User)
    form = AccountDeleteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user, visitor = request.user, visitor_known(request)
        logout(request)
        account_delete(user=user, visitor=visitor)
        messages.success(request, "Your account and everything in it are deleted.")
        return redirect("matching:landing")
    context = {"form": form, "kept": kept_lines(kept_for_request(**asking(request)))}
    return render(request, "matching/me_delete.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profiles(request: HttpRequest) -> HttpResponse:
    """An account's profiles, two at a time, and which of them counts."""
    rows = list(profiles_for_request(**asking(request)))
    if request.method == "POST":
        return _choose(request, rows)
    other = _other(request, rows)
    names = specialty_names() if other else {}
    context = {
        "two": two_profiles(rows[0], other, specialties=names) if other else None,
        "brought": profile_brought(request),
        "further": [row for row in rows[1:] if row != other],
        "form_waits": drafts_for_request(**asking(request)).filter(owner=None).exists(),
        "next": next_url(request),
    }
    return render(request, "matching/me_profiles.html", context)


def _choose(request: HttpRequest, rows: list[Profile]) -> HttpResponse:
    """A profile and the form that goes with it; or, where only forms met, one of these."""
    assert isinstance(request.user, User)
    visitor = visitor_known(request)
    if "draft" in request.POST and visitor is not None:
        draft_choose(visitor=visitor, user=request.user, brought=request.POST["draft"] == "browser")
    else:
        form = ProfileChoiceForm(request.POST, profiles=rows)
        if not form.is_valid():
            messages.error(request, "Choose one of the two profiles.")
            return redirect(request.get_full_path())
        brought = form.chosen().pk == profile_brought(request)
        profile_choose(profile=form.chosen(), drop=form.dropped(), visitor=visitor, brought=brought)
    clash_settle(request)
    messages.success(request, "Done. Everything goes by the one you chose.")
    return redirect(next_url(request) or "matching:lists")


def _other(request: HttpRequest, rows: list[Profile]) -> Profile | None:
    """The second profile to be shown: the one asked for, else the one just brought, else the next."""
    asked = request.GET.get("other")
    if asked is None:
        brought = profile_brought(request)
        return next((row for row in rows[1:] if row.pk == brought), rows[1] if len(rows) > 1 else None)
    try:
        return next(row for row in rows[1:] if row.pk == uuid.UUID(asked))
    except (ValueError, StopIteration):
        raise Http404("No such profile of yours.") from None
