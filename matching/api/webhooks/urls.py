from django.urls import URLPattern, URLResolver, path

from matching.api.webhooks import views

ONE = "webhooks/<uuid:webhook_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/", views.WebhooksView.as_view(), name="webhooks"),
    path(ONE, views.WebhookView.as_view(), name="webhook"),
    path(f"{ONE}deliveries/", views.WebhookDeliveriesView.as_view(), name="webhook-deliveries"),
    path(f"{ONE}secrets/", views.WebhookSecretsView.as_view(), name="webhook-secrets"),
    path(f"{ONE}verifications/", views.WebhookVerificationsView.as_view(), name="webhook-verifications"),
]
