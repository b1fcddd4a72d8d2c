"""Pages of the data desk that are no list and no form of Django's."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from programs.choices import CheckState
from programs.models import FactReport, Program, ProgramFact


def page_render(
    request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the desk's frame. ``here`` (in the context) names its place in the strip above it."""
    shared = {**admin.site.each_context(request), "title": title, "strip": strip(request)}
    return TemplateResponse(request, f"admin/programs/desk/{template}", {**shared, **context}, status=status)


def strip(request: HttpRequest) -> list[dict[str, Any]]:
    """The places of the data desk, with what waits at each."""
    waiting = ProgramFact.objects.filter(check_state=CheckState.WAITING).count()
    reports = FactReport.objects.filter(state=FactReport.State.NEW).count()
    facts = reverse("admin:programs_programfact_changelist")
    places = (
        ("freshness", "How fresh it is", reverse("admin:programs_freshness"), None, "view_programfact"),
        (
            "checks",
            "To be read a second time",
            f"{facts}?check_state__exact=waiting",
            waiting,
            "confirm_fact",
        ),
        ("reports", "Reports", reverse("admin:programs_factreport_changelist"), reports, "view_factreport"),
        ("programs", "Programs", reverse("admin:programs_program_changelist"), None, "view_program"),
        ("imports", "Imports", reverse("admin:programs_importbatch_changelist"), None, "view_importbatch"),
        ("versions", "Publish", reverse("admin:programs_dataversion_changelist"), None, "view_dataversion"),
    )
    return [
        {"key": key, "words": words, "url": url, "count": count}
        for key, words, url, count, right in places
        if request.user.has_perm(f"programs.{right}")
    ]


def allow(request: HttpRequest, *rights: str) -> User:
    """Who asks, if she has all these rights of the catalogue. Raises PermissionDenied."""
    if not isinstance(request.user, User) or not request.user.has_perms(
        [f"programs.{each}" for each in rights]
    ):
        raise PermissionDenied
    return request.user


def program_or_404(program_id: str) -> Program:
    return get_object_or_404(
        Program.objects.select_related("specialty", "institution", "same_as"), pk=program_id
    )


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page that the form came from, if it is one of ours."""
    to = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(to if ours and to.startswith("/") else otherwise)
