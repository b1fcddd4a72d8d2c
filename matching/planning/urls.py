from django.urls import URLPattern, URLResolver, path

from matching.planning import feed_urls, step_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("plan/", views.plan, name="plan"),
    path("plan/start/", views.start, name="plan_start"),
    path("plan/refresh/", views.refresh, name="plan_refresh"),
    path("plan/aim/", views.aim, name="plan_aim"),
    path("plan/steps/<slug:act>/", step_views.step, name="plan_step"),
    *feed_urls.urlpatterns,
]
