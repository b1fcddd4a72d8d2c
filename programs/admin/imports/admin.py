from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from programs.admin.base import NoDelete, ReadOnlyAdmin
from programs.admin.imports import views
from programs.models import ImportBatch

NAME = "programs_importbatch"


@admin.register(ImportBatch)
class ImportBatchAdmin(NoDelete, ReadOnlyAdmin[ImportBatch]):
    """Every import that was ever handed in, with its pages. None is deleted: what was written came by it."""

    list_display = ("file_name", "kind", "source", "state", "rows", "created_by", "created_at")
    list_filter = ("state", "kind", "rights")
    list_select_related = ("source", "created_by")
    search_fields = ("file_name", "source__name")
    ordering = ("-created_at",)
    change_list_template = "admin/programs/imports/change_list.html"

    @admin.display(description="rows")
    def rows(self, batch: ImportBatch) -> str:
        counts = batch.counts
        if not counts.get("rows"):
            return ""
        faults = f", {counts['error']:,} with faults" if counts.get("error") else ""
        return f"{counts['rows']:,}{faults}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("programs.add_importbatch")

    def get_urls(self) -> list[URLPattern]:
        wrap: Any = self.admin_site.admin_view
        batch = "<uuid:batch_id>/"
        pages = [
            # Here alone the token is looked at after the size: see the views.
            path("add/", csrf_exempt(wrap(views.upload_view)), name=f"{NAME}_add"),
            path(f"{batch}replace/", csrf_exempt(wrap(views.replace_view)), name=f"{NAME}_replace"),
            path(f"{batch}change/", wrap(views.import_view), name=f"{NAME}_change"),
            path(f"{batch}columns/", wrap(views.columns_view), name=f"{NAME}_columns"),
            path(f"{batch}layout/", wrap(views.layout_view), name=f"{NAME}_layout"),
            path(f"{batch}progress/", wrap(views.progress_view), name=f"{NAME}_progress"),
            path(f"{batch}faults.csv", wrap(views.errors_view), name=f"{NAME}_errors"),
            path(f"{batch}confirm/", wrap(views.confirm_view), name=f"{NAME}_confirm"),
            path(f"{batch}undo/", wrap(views.undo_view), name=f"{NAME}_undo"),
            path(f"{batch}drop/", wrap(views.drop_view), name=f"{NAME}_drop"),
        ]
        exports = [
            path(
                f"export/{kind}.{form}",
                wrap(views.export_view),
                {"kind": kind, "form": form},
                name=f"{NAME}_export_{kind}_{form}",
            )
            for kind in ("programs", "facts")
            for form in ("csv", "xlsx")
        ]
        # Not the rest of Django's: its form and its history have nothing to say of an import.
        listed = path("", wrap(self.changelist_view), name=f"{NAME}_changelist")
        return [listed, *pages, *exports]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        may = {
            "may_add": self.has_add_permission(request),
            "may_see_facts": request.user.has_perm("programs.view_programfact"),
            "may_see_programs": request.user.has_perm("programs.view_program"),
        }
        return super().changelist_view(request, {**(extra_context or {}), **may})
