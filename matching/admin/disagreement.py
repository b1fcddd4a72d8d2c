"""The report on where advisors move our tiers, at the desk: who may, of the reviews she sees."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from matching.disagreement.counting import FEW
from matching.disagreement.page import page_of
from matching.disagreement.selectors import disagreement
from matching.disagreement.table import table_of
from matching.exporting.columns import file_name
from matching.exporting.csv import csv_bytes
from matching.models import Review

PERMISSION = "matching.view_disagreement"


def report(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    _permitted(request)
    more = {
        "title": "Where advisors disagree with us",
        "page": page_of(disagreement(request.user)),
        "few": FEW,
        "opts": Review._meta,
    }
    return TemplateResponse(request, "admin/matching/disagreement.html", context | more)


def report_csv(request: HttpRequest) -> HttpResponse:
    """Counts of groups and nobody's name: no export of people."""
    _permitted(request)
    name = file_name("disagreement", f"{timezone.now():%Y-%m-%d}", "csv")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = csv_bytes(table_of(disagreement(request.user)))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _permitted(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
