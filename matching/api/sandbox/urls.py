from django.urls import URLPattern, URLResolver, path

from matching.api.sandbox.views import PersonasView

urlpatterns: list[URLPattern | URLResolver] = [
    path("sandbox/personas/", PersonasView.as_view(), name="sandbox_personas"),
]
