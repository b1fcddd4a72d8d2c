from django.urls import URLPattern, URLResolver, path

from matching.developers import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("developers/", views.quick_start, name="developers"),
    path("developers/sandbox/", views.sandbox, name="developers_sandbox"),
    path("developers/cohorts/", views.cohorts, name="developers_cohorts"),
    path("developers/webhooks/", views.webhooks, name="developers_webhooks"),
    path("developers/errors/", views.errors, name="developers_errors"),
    path("developers/limits/", views.limits, name="developers_limits"),
    path("developers/data/", views.data, name="developers_data"),
    path("developers/changes/", views.changes, name="developers_changes"),
]
