"""Addresses of what a new catalogue changes for a list, and of ending the mail about it."""

from django.urls import URLPattern, URLResolver, path

from matching.digests import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("lists/<uuid:list_id>/news/seen/", views.seen, name="digest_seen"),
    path("lists/<uuid:list_id>/news/take/", views.take, name="digest_take"),
    path("digests/mail/", views.choose, name="digest_choose"),
    path("digests/stop/<slug:token>/", views.stop, name="digest_stop"),
]
