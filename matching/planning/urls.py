from django.urls import URLPattern, URLResolver, path

from matching.planning import feed_urls, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("plan/", views.plan, name="plan"),
    *feed_urls.urlpatterns,
]
