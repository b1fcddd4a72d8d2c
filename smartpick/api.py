"""The v1 URL list of the partner API."""

from django.urls import URLPattern, URLResolver, path, re_path

from matching.api.cohorts import urls as cohort_urls
from matching.api.lists import urls as list_urls
from matching.api.sandbox import urls as sandbox_urls
from matching.api.views import MatchesView, MatchView
from matching.api.webhooks import urls as webhook_urls
from programs.api import ProgramsView, ProgramView, RingsView, SpecialtiesView
from smartpick.api_docs import DocsView, NothingView, SchemaView

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("programs/", ProgramsView.as_view(), name="programs"),
    path("programs/<str:program_id>/", ProgramView.as_view(), name="program"),
    path("specialties/", SpecialtiesView.as_view(), name="specialties"),
    path("rings/", RingsView.as_view(), name="rings"),
    path("matches/", MatchesView.as_view(), name="matches"),
    path("matches/<uuid:match_id>/", MatchView.as_view(), name="match"),
    *cohort_urls.urlpatterns,
    *list_urls.urlpatterns,
    *sandbox_urls.urlpatterns,
    *webhook_urls.urlpatterns,
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    # Last: what is not here is a problem too, and no path is redirected to one with a slash.
    re_path(r"", NothingView.as_view(), name="nothing"),
]
