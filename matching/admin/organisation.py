"""Organisations and the groups of advisors in them. A lead keeps her own; a superuser makes them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, ForeignKey, QuerySet
from django.http import HttpRequest

from matching.admin.people import Scoped
from matching.caseload import Reader, organisations_led
from matching.memberships import group_take_new
from matching.models import AdvisorGroup, Organisation


def groups_led(user: Reader) -> QuerySet[AdvisorGroup]:
    return AdvisorGroup.objects.filter(organisation__in=organisations_led(user))


@admin.register(Organisation)
class OrganisationAdmin(Scoped[Organisation]):
    """Who advises. Its name is what applicants choose by, so only a superuser changes that."""

    visible = staticmethod(organisations_led)
    list_display = ("name", "takes_lists", "members", "reviews_held", "created_at")
    search_fields = ("name",)
    fields = ("name", "about", "takes_lists")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                member_count=Count("memberships", distinct=True), review_count=Count("reviews", distinct=True)
            )
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        return () if request.user.is_superuser else ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    @admin.display(description="members", ordering="member_count")
    def members(self, organisation: Organisation) -> int:
        return int(getattr(organisation, "member_count", 0))

    @admin.display(description="reviews", ordering="review_count")
    def reviews_held(self, organisation: Organisation) -> int:
        return int(getattr(organisation, "review_count", 0))


class AdvisorGroupForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    class Meta:
        model = AdvisorGroup
        fields = ("organisation", "name", "takes_new")

    def clean(self) -> dict[str, Any]:
        """That another group takes the new lists now is no fault: saving moves them over."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.takes_new = bool(data.get("takes_new"))
        return data | {"takes_new": False}


@admin.register(AdvisorGroup)
class AdvisorGroupAdmin(Scoped[AdvisorGroup]):
    """Advisors who share a pool. At most one group of an organisation takes its new lists."""

    form = AdvisorGroupForm
    visible = staticmethod(groups_led)
    list_display = ("name", "organisation", "takes_new", "members")
    list_select_related = ("organisation",)
    search_fields = ("name",)
    fields = ("organisation", "name", "takes_new")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AdvisorGroup]:
        return super().get_queryset(request).annotate(member_count=Count("memberships"))

    def get_readonly_fields(self, request: HttpRequest, obj: AdvisorGroup | None = None) -> tuple[str, ...]:
        return ("organisation",) if obj else ()

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, queryset=organisations_led(request.user), **kwargs
        )

    def save_model(self, request: HttpRequest, obj: AdvisorGroup, form: Any, change: bool) -> None:
        obj.save()
        if form.takes_new:
            group_take_new(group=obj)

    @admin.display(description="members", ordering="member_count")
    def members(self, group: AdvisorGroup) -> int:
        return int(getattr(group, "member_count", 0))
