from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programs.admin.base import NoDelete, ReadOnlyAdmin
from programs.models import Institution, Specialty


@admin.register(Specialty)
class SpecialtyAdmin(NoDelete, ReadOnlyAdmin[Specialty]):
    """Decided by fixtures/specialties.csv; parameters name them."""

    list_display = ("name", "slug", "application_service", "tracks")
    list_filter = ("application_service",)
    search_fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Specialty]:
        return super().get_queryset(request).annotate(track_count=Count("programs"))

    @admin.display(description="tracks", ordering="track_count")
    def tracks(self, specialty: Specialty) -> int:
        return int(getattr(specialty, "track_count", 0))


@admin.register(Institution)
class InstitutionAdmin(NoDelete, ReadOnlyAdmin[Institution]):
    """Known by name to fixtures/programs.csv; a program's search text holds the name."""

    list_display = ("name", "tracks")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Institution]:
        return super().get_queryset(request).annotate(track_count=Count("programs"))

    @admin.display(description="tracks", ordering="track_count")
    def tracks(self, institution: Institution) -> int:
        return int(getattr(institution, "track_count", 0))
