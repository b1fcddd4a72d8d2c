from django.urls import URLPattern, URLResolver, path

from matching.method import views, views_measured

urlpatterns: list[URLPattern | URLResolver] = [
    path("method/", views.method, name="method"),
    path("method/parameters/", views.parameters, name="method_parameters"),
    path("method/parameters.csv", views.parameters_file, name="method_parameters_csv"),
    path("method/data/", views.data, name="method_data"),
    path("method/report-card/", views_measured.report_card, name="report_card"),
    path("method/simulation/", views_measured.simulation, name="method_simulation"),
    path("method/limits/", views.limits, name="method_limits"),
    path("method/changes/", views.changes, name="method_changes"),
]
