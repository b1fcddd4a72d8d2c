"""Addresses of what became of a list's applications."""

from django.urls import URLPattern, URLResolver, path

from matching.reporting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("outcomes/", views.together, name="outcomes_together"),
    path("lists/<uuid:list_id>/outcomes/", views.outcomes, name="outcomes"),
    path("lists/<uuid:list_id>/outcomes/withdraw/", views.withdraw, name="outcomes_withdraw"),
    path("lists/<uuid:list_id>/outcomes/delete/", views.delete, name="outcomes_delete"),
]
