from django.urls import URLPattern, URLResolver, path

from matching.receipts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("matches/", views.history, name="history"),
    path("matches/<uuid:before>/to/<uuid:after>/", views.receipt, name="receipt"),
]
