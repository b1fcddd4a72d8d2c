"""Where the three steps of a profile are."""

from django.urls import URLPattern, path

from matching.views import profile

urlpatterns: list[URLPattern] = [
    path("profile/", profile.profile, name="profile"),
    path("profile/forget/", profile.profile_forget, name="profile_forget"),
    path("profile/programs/", profile.programs_found, name="profile_programs"),
    path("profile/<slug:slug>/", profile.profile, name="profile_step"),
]
