"""Who belongs where. A lead takes in and lets go advisors of her organisation; a superuser names leads."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from matching.admin.membership_form import MembershipForm
from matching.admin.people import Scoped
from matching.caseload import Reader, organisations_led
from matching.memberships import membership_end
from matching.models import Membership


def memberships_led(user: Reader) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation__in=organisations_led(user))


@admin.register(Membership)
class MembershipAdmin(Scoped[Membership]):
    """The groups of rights follow from these rows: matching/memberships.py."""

    form = MembershipForm
    visible = staticmethod(memberships_led)
    list_display = ("user", "organisation", "group", "role")
    list_display_links = ("user",)
    list_filter = ("role",)
    list_select_related = ("user", "organisation", "group")
    search_fields = ("user__username", "user__first_name", "user__last_name")
    search_help_text = "The account's name."

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        fields = ("user" if obj else "account", "organisation", "group")
        # To a lead, whom she takes in is an advisor: the box is not there, and what is posted is not read.
        return (*fields, "role") if request.user.is_superuser or obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        fixed = ("user", "organisation")
        return fixed if request.user.is_superuser else (*fixed, "role")

    def get_form(
        self, request: HttpRequest, obj: Membership | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        # "account" is the form's own box, not the model's.
        kwargs["fields"] = [name for name in self.get_fields(request, obj) if name != "account"]
        made: Any = super().get_form(request, obj, change, **kwargs)
        made.reader = request.user  # Django makes the class anew for each request
        return made

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return _may(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return _may(request, obj) and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        assert isinstance(request.user, User)
        released = membership_end(membership=obj, by=request.user, now=timezone.now())
        if released:
            messages.info(request, f"Given back to the pool: {released} of her reviews.")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for membership in queryset:
            self.delete_model(request, membership)


def _may(request: HttpRequest, obj: Membership | None) -> bool:
    """Not herself and not another lead: who leads is a superuser's to say."""
    return bool(request.user.is_superuser) or obj is None or obj.role == Membership.Role.ADVISOR
