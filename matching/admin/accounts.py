"""Accounts and groups of rights: a superuser's. Whoever else may look at accounts sees colleagues alone."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from matching.accounts.second_factor import factors_remove
from matching.admin.people import Guarded
from matching.caseload import staff_visible

admin.site.unregister((User, Group, Authenticator))


@admin.register(User)
class AccountAdmin(Guarded[User], UserAdmin):  # type: ignore[type-arg]  # UserAdmin is not generic
    """To change an account is to be able to become anybody, so only a superuser does."""

    visible = staticmethod(staff_visible)
    actions = ("second_factor_remove",)

    def subjects(self, obj: User) -> list[User | None]:
        return [obj]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    @admin.action(description="Take the second factor away (telephone lost)", permissions=["change"])
    def second_factor_remove(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if factors_remove(user):
                self.log_change(request, user, "Took the second factor away.")
                messages.success(
                    request, f"{user.get_username()} sets a new second factor up at the next login."
                )
            else:
                messages.info(request, f"{user.get_username()} has no second factor.")


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The staff's four groups get their rights back with every migrate; others may be made beside them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)
