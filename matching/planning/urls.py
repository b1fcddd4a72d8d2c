from django.urls import URLPattern, URLResolver, path

from matching.planning import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("plan/", views.plan, name="plan"),
]
