from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from applicants.models import Profile
from applicants.portrait import exam_words, portrait
from applicants.selectors import specialty_names
from applicants.services import profile_delete
from programs.admin.base import ReadOnlyAdmin


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin[Profile]):
    """What an applicant has stated, on one screen. Only its owner changes it.

    A visitor's identifier is as good as the session it names, so nobody is shown it.
    """

    list_display = (
        "title",
        "whose",
        "applicant_type",
        "graduation_year",
        "step1",
        "step2ck",
        "season",
        "updated_at",
    )
    list_filter = ("applicant_type", "step2ck_status", "season")
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username")
    search_help_text = "The profile's name or the account's."

    def get_fieldsets(self, request: HttpRequest, obj: Profile | None = None) -> Any:
        return []  # the template writes the page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        profile = context["original"]
        context["lines"] = portrait(profile.document, specialties=specialty_names())
        context["whose"] = self.whose(profile)
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_model(self, request: HttpRequest, obj: Profile) -> None:
        profile_delete(profile=obj)

    @admin.display(description="profile", ordering="name")
    def title(self, profile: Profile) -> str:
        return profile.name or "(no name)"

    @admin.display(description="account", ordering="owner__username")
    def whose(self, profile: Profile) -> str:
        return profile.owner.get_username() if profile.owner else "visitor without an account"

    @admin.display(description="Step 1", ordering="step1_score")
    def step1(self, profile: Profile) -> str:
        return exam_words({"status": profile.step1_status, "attempts": profile.step1_attempts})

    @admin.display(description="Step 2 CK", ordering="step2ck_score")
    def step2ck(self, profile: Profile) -> str:
        return exam_words(
            {
                "status": profile.step2ck_status,
                "score": profile.step2ck_score,
                "attempts": profile.step2ck_attempts,
            }
        )
