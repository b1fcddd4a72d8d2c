from django.urls import URLPattern, URLResolver, path

from matching.brief import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("brief/", views.brief_latest, name="brief_latest"),
    path("matches/<uuid:match_id>/brief/", views.brief, name="brief"),
]
