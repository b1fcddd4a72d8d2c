from django.urls import URLPattern, URLResolver, path

from matching import leave_urls, list_urls, me_urls, profile_urls
from matching.views import landing, method, repair, result, styleguide

app_name = "matching"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing.landing, name="landing"),
    *profile_urls.urlpatterns,
    path("personas/<slug:slug>/", landing.persona, name="persona"),
    path("matches/latest/", landing.latest, name="latest"),
    path("matches/<uuid:match_id>/", result.result, name="result"),
    path("matches/<uuid:match_id>/repair/", repair.repair, name="match_repair"),
    *list_urls.urlpatterns,
    path("method/report-card/", method.report_card, name="report_card"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    *me_urls.urlpatterns,
    *leave_urls.urlpatterns,
]
