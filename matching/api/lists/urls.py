from django.urls import URLPattern, URLResolver, path

from matching.api.lists.views import SharedListView

urlpatterns: list[URLPattern | URLResolver] = [
    path("lists/<slug:token>/", SharedListView.as_view(), name="list"),
]
