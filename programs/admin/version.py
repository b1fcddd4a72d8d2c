from datetime import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from programs.admin.base import NoDelete, ReadOnlyAdmin
from programs.admin.publishing import may_publish, version_publish
from programs.models import DataVersion, Publication


@admin.register(DataVersion)
class DataVersionAdmin(NoDelete, ReadOnlyAdmin[DataVersion]):
    """Immutable: runs name the version they were made with. A new one is published by the button."""

    list_display = ("version", "is_current", "program_count", "fact_count", "created_at", "last_published")
    fields = (*list_display, "fingerprint")
    readonly_fields = ("is_current", "last_published")
    change_list_template = "admin/programs/dataversion/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DataVersion]:
        newest = Publication.objects.order_by("-id")
        own = newest.filter(data_version=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .defer("snapshot")
            .annotate(
                own_publication=Subquery(own.values("id")[:1]),
                own_published_at=Subquery(own.values("published_at")[:1]),
                newest_publication=Subquery(newest.values("id")[:1]),
            )
        )

    @admin.display(description="current", boolean=True)
    def is_current(self, version: DataVersion) -> bool:
        own = getattr(version, "own_publication", None)
        return own is not None and own == getattr(version, "newest_publication", None)

    @admin.display(description="last published", ordering="own_published_at")
    def last_published(self, version: DataVersion) -> datetime | None:
        return getattr(version, "own_published_at", None)

    def get_urls(self) -> list[URLPattern]:
        publish = self.admin_site.admin_view(self.publish_view)
        return [path("publish/", publish, name="programs_dataversion_publish"), *super().get_urls()]

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        if not may_publish(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        version_publish(request)
        return HttpResponseRedirect(reverse("admin:programs_dataversion_changelist"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "may_publish": may_publish(request)}
        return super().changelist_view(request, context)
