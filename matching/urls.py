from django.urls import URLPattern, URLResolver, path

from matching import leave_urls, list_urls, me_urls, profile_urls
from matching.brief import urls as brief_urls
from matching.developers import urls as developer_urls
from matching.digests import urls as digest_urls
from matching.method import urls as method_urls
from matching.planning import urls as plan_urls
from matching.privacy import urls as privacy_urls
from matching.receipts import urls as receipt_urls
from matching.reporting import urls as outcome_urls
from matching.review import urls as review_urls
from matching.views import landing, repair, result, styleguide
from matching.whatif import urls as what_if_urls

app_name = "matching"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing.landing, name="landing"),
    *profile_urls.urlpatterns,
    path("personas/<slug:slug>/", landing.persona, name="persona"),
    path("matches/latest/", landing.latest, name="latest"),
    path("matches/<uuid:match_id>/", result.result, name="result"),
    path("matches/<uuid:match_id>/repair/", repair.repair, name="match_repair"),
    *list_urls.urlpatterns,
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    *me_urls.urlpatterns,
    *leave_urls.urlpatterns,
    *what_if_urls.urlpatterns,
    *plan_urls.urlpatterns,
    *brief_urls.urlpatterns,
    *receipt_urls.urlpatterns,
    *method_urls.urlpatterns,
    *outcome_urls.urlpatterns,
    *privacy_urls.urlpatterns,
    *review_urls.urlpatterns,
    *digest_urls.urlpatterns,
    *developer_urls.urlpatterns,
]
