from django.urls import URLPattern, URLResolver, path

from matching.method import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("method/", views.method, name="method"),
    path("method/parameters/", views.parameters, name="method_parameters"),
    path("method/data/", views.data, name="method_data"),
    path("method/report-card/", views.report_card, name="report_card"),
    path("method/simulation/", views.simulation, name="method_simulation"),
    path("method/limits/", views.limits, name="method_limits"),
    path("method/changes/", views.changes, name="method_changes"),
]
