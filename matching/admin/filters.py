"""Choices beside a list that name only what stands in the rows one sees."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class SeasonFilter(admin.SimpleListFilter):
    """Django offers each value of the table behind a relation, other people's too."""

    title = "season"
    parameter_name = "season"
    path: ClassVar[str] = "season"

    @classmethod
    def of(cls, path: str) -> type["SeasonFilter"]:
        return type("SeasonFilter", (cls,), {"path": path})

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        seen = model_admin.visible(request.user).order_by()
        found = seen.values_list(self.path, flat=True).distinct()
        return [(season, season) for season in sorted(found)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset
