from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from programs.choices import Ring
from programs.geography import STATE_NAMES
from programs.models import Program, ProgramFact


class RingFilter(admin.SimpleListFilter):
    """Rings lie within one another on the pages; here each is what is in no smaller one."""

    title = "ring"
    parameter_name = "ring"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(ring.value, str(ring.label)) for ring in Ring]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Program]) -> QuerySet[Program]:
        return queryset.filter(ring=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(STATE_NAMES.items(), key=lambda state: state[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Program]) -> QuerySet[Program]:
        return queryset.filter(state=self.value()) if self.value() else queryset


class OriginFilter(admin.SimpleListFilter):
    """Whether a load decides the fact or the desk."""

    title = "origin"
    parameter_name = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("hand", "recorded by hand"), ("file", "from the files")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProgramFact]) -> QuerySet[ProgramFact]:
        first = ProgramFact.HAND_IDS_FROM
        if self.value() == "hand":
            return queryset.filter(id__gte=first)
        return queryset.filter(id__lt=first) if self.value() == "file" else queryset
