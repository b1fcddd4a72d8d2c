"""Where a partner wants to be told. One's own webhooks alone; another's is not found."""

import uuid
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from matching.api.idempotency import json_answer, json_body, name_of, named_answer
from matching.api.keys import key_of
from matching.api.webhooks import docs
from matching.api.webhooks.document import delivery_document, made_document, secret_document, webhook_document
from matching.api.webhooks.registering import secret_renew, webhook_register
from matching.api.webhooks.request import webhook_asked
from matching.models import ApiKey, Webhook
from matching.webhooks.services import webhook_verify
from programs.api_query import Parameters, faults_raise


class OwnWebhooks(APIView):
    any_scope = True
    key_required = True

    def key(self, request: Request) -> ApiKey:
        key = key_of(request)
        assert key is not None  # the permission has seen to it
        return key

    def own(self, request: Request, webhook_id: uuid.UUID) -> Webhook:
        try:
            return Webhook.objects.select_related("api_key").get(pk=webhook_id, api_key=self.key(request))
        except Webhook.DoesNotExist:
            raise Http404 from None

    def page(self, request: Request, rows: "QuerySet[Any]", document: Any) -> Response:
        parameters = Parameters(request.query_params)
        parameters.unknown_refused()
        paginator = cast(Any, api_settings.DEFAULT_PAGINATION_CLASS)()
        faults_raise(parameters, lambda: paginator.get_page_size(request))
        paginator.ordering = ("-created_at", "id")
        found = paginator.paginate_queryset(rows, request, view=self)
        answer: Response = paginator.get_paginated_response([document(row) for row in found])
        return answer


class WebhooksView(OwnWebhooks):
    http_method_names = ["get", "head", "post"]

    @docs.webhooks_list_schema
    def get(self, request: Request) -> Response:
        return self.page(request, Webhook.objects.filter(api_key=self.key(request)), webhook_document)

    @docs.webhooks_create_schema
    def post(self, request: Request) -> HttpResponse:
        key = self.key(request)
        asked = webhook_asked(request.data, key=key)
        webhook, named = webhook_register(asked=asked, key=key, name=name_of(request), now=timezone.now())
        headers = {"Location": reverse("api:webhook", args=[webhook.pk]), "Cache-Control": "no-store"}
        if named is None:
            return Response(made_document(webhook), status=201, headers=headers)
        answer = named_answer(named, lambda: (201, json_body(request, made_document(webhook))))
        return json_answer(*answer, headers)


class WebhookView(OwnWebhooks):
    http_method_names = ["get", "head", "delete"]

    @docs.webhooks_read_schema
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        return Response(webhook_document(self.own(request, webhook_id)))

    @docs.webhooks_delete_schema
    def delete(self, request: Request, webhook_id: uuid.UUID) -> Response:
        self.own(request, webhook_id).delete()
        return Response(status=204)


class WebhookVerificationsView(OwnWebhooks):
    http_method_names = ["post"]

    @docs.webhooks_verify_schema
    def post(self, request: Request, webhook_id: uuid.UUID) -> Response:
        webhook = self.own(request, webhook_id)
        webhook_verify(webhook=webhook, now=timezone.now())
        return Response(webhook_document(webhook), status=202)


class WebhookSecretsView(OwnWebhooks):
    http_method_names = ["post"]

    @docs.webhooks_secret_schema
    def post(self, request: Request, webhook_id: uuid.UUID) -> HttpResponse:
        webhook = self.own(request, webhook_id)
        webhook, named = secret_renew(webhook=webhook, name=name_of(request), now=timezone.now())
        headers = {"Cache-Control": "no-store"}
        if named is None:
            return Response(secret_document(webhook), status=201, headers=headers)
        answer = named_answer(named, lambda: (201, json_body(request, secret_document(webhook))))
        return json_answer(*answer, headers)


class WebhookDeliveriesView(OwnWebhooks):
    http_method_names = ["get", "head"]

    @docs.webhooks_deliveries_schema
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        rows = self.own(request, webhook_id).deliveries.defer("body")
        return self.page(request, rows, delivery_document)
