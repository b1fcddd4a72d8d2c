from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applicants.forms import ProfileForm
from applicants.forms.errors import error_lines
from applicants.personas import PERSONAS, Persona, persona_get
from applicants.selectors import profile_latest, profiles_for_request, specialty_names
from applicants.services import profile_delete, profile_save
from matching.catalogue import CatalogueEmpty
from matching.models import Match
from matching.options_form import OptionsForm
from matching.services import match_start

from .access import asking, owning


class Forms(NamedTuple):
    profile: ProfileForm
    options: OptionsForm

    def are_valid(self) -> bool:
        # Both are looked at, so that every error shows at once.
        valid = [self.profile.is_valid(), self.options.is_valid()]
        return all(valid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The applicant's answers: shown as last saved; sent, they are checked, saved and matched."""
    sample = _sample(request)
    if request.method != "POST":
        return _page(request, _last(request, sample))
    filled = _forms(data=request.POST)
    if filled.profile.draft:
        return _page(request, filled)
    if not filled.are_valid():
        return _page(request, filled, status=422)
    try:
        match = _match(request, filled, keep=sample is None)
    except CatalogueEmpty:
        filled.profile.add_error(None, "The programs are being loaded. Wait a minute, then send this again.")
        return _page(request, filled, status=503)
    return redirect("matching:result", match.pk)


@require_POST
def profile_forget(request: HttpRequest) -> HttpResponse:
    """Delete every profile of one's own. Lists and results already made stay until they are deleted."""
    for row in profiles_for_request(**asking(request)):
        profile_delete(profile=row)
    messages.success(request, "Your answers are deleted.")
    return redirect("matching:profile")


@transaction.atomic
def _match(request: HttpRequest, filled: Forms, *, keep: bool) -> Match:
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


def _last(request: HttpRequest, sample: Persona | None) -> Forms:
    """The forms as a sample fills them, or as the asker last sent them."""
    if sample is not None:
        return _forms(document=sample.document)
    own = profile_latest(**asking(request))
    if own is None:
        return _forms()
    match = (
        own.matches.select_related("run").defer("run__result", "run__whole").order_by("-created_at").first()
    )
    return _forms(document=own.document, options=match.run.options if match else None)


def _forms(
    *,
    data: MultiValueDict[str, str] | None = None,
    document: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Forms:
    profile_form = ProfileForm(data, season=settings.SEASON, specialties=specialty_names(), document=document)
    options_form = OptionsForm(data, options=options)
    options_form.draft = profile_form.draft
    return Forms(profile_form, options_form)


def _page(request: HttpRequest, filled: Forms, *, status: int = 200) -> HttpResponse:
    context = {
        "form": filled.profile,
        "options": filled.options,
        "faults": [*filled.profile.error_lines(), *error_lines(filled.options)],
        "personas": PERSONAS,
        "sample": _sample(request),
        "saved": profiles_for_request(**asking(request)).exists(),
        "season": settings.SEASON,
    }
    return render(request, "applicants/profile_form.html", context, status=status)
