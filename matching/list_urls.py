"""Addresses of the lists."""

from django.urls import URLPattern, URLResolver, path

from matching.views import list_button, lists

urlpatterns: list[URLPattern | URLResolver] = [
    path("matches/<uuid:match_id>/save/", lists.save, name="list_save"),
    path("lists/", lists.index, name="lists"),
    path("lists/add/", list_button.add, name="list_add"),
    path("lists/remove/", list_button.remove, name="list_remove"),
    path("lists/<uuid:list_id>/", lists.detail, name="list"),
    path("lists/<uuid:list_id>/delete/", lists.delete, name="list_delete"),
]
