from django.urls import URLPattern, URLResolver, path

from matching.views import landing, links, lists, method, profile, result, styleguide

app_name = "matching"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing.landing, name="landing"),
    path("profile/", profile.profile, name="profile"),
    path("profile/forget/", profile.profile_forget, name="profile_forget"),
    path("personas/<slug:slug>/", landing.persona, name="persona"),
    path("matches/latest/", landing.latest, name="latest"),
    path("matches/<uuid:match_id>/", result.result, name="result"),
    path("matches/<uuid:match_id>/save/", lists.save, name="list_save"),
    path("lists/", lists.index, name="lists"),
    path("lists/<uuid:list_id>/", lists.detail, name="list"),
    path("lists/<uuid:list_id>/delete/", lists.delete, name="list_delete"),
    path("method/report-card/", method.report_card, name="report_card"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("l/<slug:token>/", links.private, name="list_private"),
]
