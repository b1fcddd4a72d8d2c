"""The OpenAPI document: whole, without a warning, and true."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from matching.api.docs import example
from matching.schema import MatchOptions, MatchRequest
from smartpick.api_docs import openapi_document
from smartpick.api_problems import PROBLEMS

OPERATIONS = {
    ("get", "/api/v1/programs/"): "programs_list",
    ("get", "/api/v1/programs/{program_id}/"): "programs_read",
    ("get", "/api/v1/specialties/"): "specialties_list",
    ("get", "/api/v1/rings/"): "rings_list",
    ("post", "/api/v1/matches/"): "matches_create",
    ("get", "/api/v1/matches/{match_id}/"): "matches_read",
    ("get", "/api/v1/cohorts/"): "cohorts_list",
    ("post", "/api/v1/cohorts/"): "cohorts_create",
    ("get", "/api/v1/cohorts/{cohort_id}/"): "cohorts_read",
    ("delete", "/api/v1/cohorts/{cohort_id}/"): "cohorts_cancel",
    ("get", "/api/v1/cohorts/{cohort_id}/results/"): "cohorts_results",
    ("get", "/api/v1/cohorts/{cohort_id}/errors/"): "cohorts_errors",
    ("get", "/api/v1/lists/{token}/"): "lists_read",
    ("get", "/api/v1/sandbox/personas/"): "sandbox_personas_list",
    ("get", "/api/v1/webhooks/"): "webhooks_list",
    ("post", "/api/v1/webhooks/"): "webhooks_create",
    ("get", "/api/v1/webhooks/{webhook_id}/"): "webhooks_read",
    ("delete", "/api/v1/webhooks/{webhook_id}/"): "webhooks_delete",
    ("get", "/api/v1/webhooks/{webhook_id}/deliveries/"): "webhooks_deliveries",
    ("post", "/api/v1/webhooks/{webhook_id}/secrets/"): "webhooks_secrets_create",
    ("post", "/api/v1/webhooks/{webhook_id}/verifications/"): "webhooks_verify",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(openapi_document()))
    return plain


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Validator:
    return Draft202012Validator({**schema, "components": document["components"]})


def named(document: dict[str, Any], name: str) -> Validator:
    return validator(document, {"$ref": f"#/components/schemas/{name}"})


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def test_schema_is_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")

    assert capsys.readouterr().err == ""


def test_schema_holds_every_operation(document: dict[str, Any]) -> None:
    found = {
        (method, path): operation["operationId"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }

    assert found == OPERATIONS
    assert document["openapi"].startswith("3.1")


def test_schema_is_served_as_json_and_yaml(client: Client) -> None:
    as_json = client.get("/api/v1/schema/")
    as_yaml = client.get("/api/v1/schema/", headers={"accept": "application/yaml"})

    assert as_json.json()["info"]["title"] == "SmartPick partner API"
    assert as_yaml.content.startswith(b"openapi: 3.1")


def test_schema_examples_are_many_and_true(document: dict[str, Any]) -> None:
    """Every body and every answer of every operation has an example, and each is what its schema says."""
    for operation in operations(document):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        answers = [
            document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            if "$ref" in answer
            else answer
            for answer in operation["responses"].values()
        ]
        for one in (*bodies, *answers):
            for content in one.get("content", {}).values():
                assert content["examples"], operation["operationId"]
                check = validator(document, content["schema"])
                for shown in content["examples"].values():
                    check.validate(shown["value"])


def test_schema_lists_the_problems_of_each_operation(document: dict[str, Any]) -> None:
    for operation in operations(document):
        assert {"400", "401", "403", "406", "429", "503"} <= operation["responses"].keys()
    create = document["paths"]["/api/v1/matches/"]["post"]["responses"]
    assert {"200", "201", "409", "413", "415", "422"} <= create.keys()
    assert "404" in document["paths"]["/api/v1/matches/{match_id}/"]["get"]["responses"]
    assert document["components"]["responses"].keys() == {problem.name for problem in PROBLEMS.values()}


def test_schema_says_where_a_key_is_needed(document: dict[str, Any]) -> None:
    paths = document["paths"]

    assert paths["/api/v1/matches/{match_id}/"]["get"]["security"] == [{"ApiKey": []}]
    assert paths["/api/v1/matches/"]["post"]["security"] == [{"ApiKey": []}, {}]
    assert "`programs:read`" in paths["/api/v1/programs/"]["get"]["description"]


@pytest.mark.parametrize("model", [MatchRequest, MatchOptions, ProfileDocument])
def test_schema_has_the_models_and_refuses_unknown_members(document: dict[str, Any], model: type) -> None:
    component = document["components"]["schemas"][model.__name__]

    assert component["additionalProperties"] is False
    assert component["properties"].keys() == model.model_fields.keys()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["request", "request_short"])
def test_schema_example_requests_are_accepted(name: str) -> None:
    request = MatchRequest.model_validate(example(name))

    assert profile_validate(request.profile, season="2027").specialties


def test_docs_page_has_nothing_inline(client: Client) -> None:
    response = client.get("/api/v1/docs/")

    page = response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=") == 2
    assert "http://" not in page
    assert "https://" not in page
