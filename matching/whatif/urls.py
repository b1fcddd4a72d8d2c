from django.urls import URLPattern, URLResolver, path

from matching.whatif import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("what-if/", views.latest, name="what_if_latest"),
    path("matches/<uuid:match_id>/what-if/", views.what_if, name="what_if"),
]
