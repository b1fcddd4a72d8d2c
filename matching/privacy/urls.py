from django.urls import URLPattern, URLResolver, path

from matching.privacy import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("privacy/", views.privacy, name="privacy"),
]
