import json
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_health_ok(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert json.loads(response.content) == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"
    assert response["X-Request-Id"]


@pytest.mark.django_db
def test_health_answers_any_host_over_plain_http(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", HTTP_HOST="10.1.2.3:8000").status_code == 200


@pytest.mark.django_db
def test_health_database_down_is_a_problem(client: Client) -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("gone: password=secret")):
        response = client.get("/healthz", headers={"X-Request-Id": "probe-1"})
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == 503
    assert body["instance"] == "/healthz"
    assert body["request_id"] == "probe-1"
    assert "secret" not in response.content.decode()
