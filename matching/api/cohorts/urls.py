from django.urls import URLPattern, URLResolver, path

from matching.api.cohorts.views import CohortErrorsView, CohortResultsView, CohortsView, CohortView

urlpatterns: list[URLPattern | URLResolver] = [
    path("cohorts/", CohortsView.as_view(), name="cohorts"),
    path("cohorts/<uuid:cohort_id>/", CohortView.as_view(), name="cohort"),
    path("cohorts/<uuid:cohort_id>/results/", CohortResultsView.as_view(), name="cohort-results"),
    path("cohorts/<uuid:cohort_id>/errors/", CohortErrorsView.as_view(), name="cohort-errors"),
]
