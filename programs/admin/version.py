from datetime import datetime

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from programs.admin.base import NoDelete, ReadOnlyAdmin
from programs.admin.pages import page_render
from programs.admin.publishing import PUBLISHED, may_publish, version_publish
from programs.desk.unpublished import unpublished
from programs.models import DataVersion, Publication


@admin.register(DataVersion)
class DataVersionAdmin(NoDelete, ReadOnlyAdmin[DataVersion]):
    """Immutable: runs name the version they were made with. A new one is published by the button."""

    list_display = ("version", "is_current", "program_count", "fact_count", "last_published", "published_by")
    fields = (*list_display, "created_at", "fingerprint")
    readonly_fields = ("is_current", "last_published", "published_by")
    change_list_template = "admin/programs/dataversion/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DataVersion]:
        newest = Publication.objects.order_by("-id")
        own = newest.filter(data_version=OuterRef("pk"))
        noted = LogEntry.objects.filter(
            content_type__app_label="programs",
            content_type__model="dataversion",
            object_id=Cast(OuterRef("pk"), TextField()),
            change_message=PUBLISHED,
        ).order_by("-action_time")
        return (
            super()
            .get_queryset(request)
            .defer("snapshot")
            .annotate(
                own_publication=Subquery(own.values("id")[:1]),
                own_published_at=Subquery(own.values("published_at")[:1]),
                newest_publication=Subquery(newest.values("id")[:1]),
                publisher=Subquery(noted.values("user__username")[:1]),
            )
        )

    @admin.display(description="current", boolean=True)
    def is_current(self, version: DataVersion) -> bool:
        own = getattr(version, "own_publication", None)
        return own is not None and own == getattr(version, "newest_publication", None)

    @admin.display(description="last published", ordering="own_published_at")
    def last_published(self, version: DataVersion) -> datetime | None:
        return getattr(version, "own_published_at", None)

    @admin.display(description="by")
    def published_by(self, version: DataVersion) -> str:
        """Who pressed the button; a load of the files publishes by itself."""
        return getattr(version, "publisher", None) or "a load of the files"

    def get_urls(self) -> list[URLPattern]:
        publish = self.admin_site.admin_view(self.publish_view)
        return [path("publish/", publish, name="programs_dataversion_publish"), *super().get_urls()]

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        if not may_publish(request):
            raise PermissionDenied
        if request.method == "POST":
            version_publish(request)
            return HttpResponseRedirect(reverse("admin:programs_dataversion_changelist"))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        crumbs = [("Data versions", reverse("admin:programs_dataversion_changelist"))]
        waiting = f"{reverse('admin:programs_programfact_changelist')}?check_state__exact=waiting"
        return page_render(
            request,
            "publish.html",
            title="Publish",
            here="publish",
            crumbs=crumbs,
            told=unpublished(),
            waiting=waiting,
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "may_publish": may_publish(request)}
        return super().changelist_view(request, context)
