"""Who of the staff looked at what of whose, to be read: nobody writes or deletes here."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest

from matching.access.words import thing_words
from matching.admin.people import Scoped
from matching.caseload import Reader, lists_visible, organisations_led
from matching.models import Membership, StaffAccess
from programs.admin.base import NoDelete, ReadOnlyAdmin


def accesses_of_staff(user: Reader) -> QuerySet[StaffAccess]:
    """What the members of her organisations did."""
    staff = Membership.objects.filter(organisation__in=organisations_led(user), user=OuterRef("user"))
    return StaffAccess.objects.filter(Exists(staff))


@admin.register(StaffAccess)
class StaffAccessAdmin(NoDelete, Scoped[StaffAccess], ReadOnlyAdmin[StaffAccess]):
    """A lead reads of her organisation's people; whose it was only of her own applicants."""

    visible = staticmethod(accesses_of_staff)
    list_display = ("at", "user_name", "action", "what", "whose", "rows")
    list_filter = ("action",)
    date_hierarchy = "at"
    search_fields = ("user_name",)
    search_help_text = "The name of the member of staff."
    fields = ("at", "user_name", "action", "what", "whose", "rows")
    readonly_fields = ("what", "whose")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffAccess]:
        rows = super().get_queryset(request)
        shown: Any = Q(subject__isnull=False)
        if not request.user.is_superuser:
            shown &= Exists(lists_visible(request.user).filter(owner=OuterRef("subject")))
        named = Case(When(shown, then=F("subject__username")), default=Value(""), output_field=CharField())
        return rows.annotate(whose_name=named)

    @admin.display(description="what", ordering="model")
    def what(self, access: StaffAccess) -> str:
        return thing_words(access.model)

    @admin.display(description="whose")
    def whose(self, access: StaffAccess) -> str:
        return str(getattr(access, "whose_name", "")) or "–"

    def get_search_fields(self, request: HttpRequest) -> Any:
        return ("user_name", "subject__username") if request.user.is_superuser else self.search_fields
