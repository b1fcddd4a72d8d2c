"""The OpenAPI document: what drf-spectacular reads from the views, and the errors every operation shares."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from smartpick.api_errors import MEDIA_TYPE
from smartpick.api_problem_examples import DIFFER, problem_shown
from smartpick.api_problems import PROBLEM_SCHEMA, PROBLEMS, Problem

SECURITY_NAME = "ApiKey"
ALWAYS = (400, 401, 403, 406, 429, 503)
WITH_BODY = (413, 415, 422)
HEADERS = {
    "X-Request-Id": {
        "description": "The id sent with the request if it was sane, else one of ours.",
        "schema": {"type": "string"},
    }
}


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "matching.api.keys.ApiKeyAuthentication"
    name = SECURITY_NAME

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": (
                "`Api-Key prefix.secret`. Without a key some operations answer at a low rate. While a key is "
                "changed over, its new secret and the earlier one both open it. Wrong keys are counted by "
                "address, and past their rate answered 429."
            ),
        }


class ApiSchema(AutoSchema):
    """Says where a key is needed, and with which scope."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        scope = getattr(self.view, "required_scope", None)
        needs_key = getattr(self.view, "key_required", False) or scope not in settings.API_ANONYMOUS_RATES
        return [{SECURITY_NAME: []}] if needs_key else [{SECURITY_NAME: []}, {}]

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        """With the scope in its description and, for programs, as ``x-scope``."""
        operation: dict[str, Any] | None = super().get_operation(*args)
        scope = getattr(self.view, "required_scope", None)
        if operation is not None and getattr(self.view, "any_scope", False):
            _add_to_description(operation, "Any key may ask this, whatever its scopes.")
        elif operation is not None and scope:
            _add_to_description(operation, f"Scope of a key: `{scope}`.")
            operation["x-scope"] = scope
        return operation


def _add_to_description(operation: dict[str, Any], words: str) -> None:
    operation["description"] = f"{operation.get('description', '').strip()}\n\n{words}".strip()


def problems_describe(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Post-processing: add to every operation the problems it may answer, as shared components."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    components["responses"] = {
        problem.name: _response(problem, problem.example) for problem in PROBLEMS.values()
    }
    for path, operations in result["paths"].items():
        for operation in operations.values():
            responses = operation["responses"]
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            for status in _statuses(path, operation):
                responses.setdefault(str(status), _problem_of(path, operation, status))
            for status, response in responses.items():
                if status < "400":
                    response["headers"] = {**HEADERS, **response.get("headers", {})}
    return result


def _problem_of(path: str, operation: dict[str, Any], status: int) -> dict[str, Any]:
    """Shared where it is the same for all operations, with an example of its own where it differs."""
    problem = PROBLEMS[status]
    if status not in DIFFER:
        return {"$ref": f"#/components/responses/{problem.name}"}
    return _response(problem, problem_shown(path, operation, status))


def _response(problem: Problem, example: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": problem.description,
        "headers": {**HEADERS, **problem.headers},
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {problem.name: {"value": example}},
            }
        },
    }


def _statuses(path: str, operation: dict[str, Any]) -> list[int]:
    found = list(ALWAYS)
    if "{" in path:
        found.append(404)
    if "requestBody" in operation:
        found += WITH_BODY
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ())):
        found.append(409)
    return sorted(found)
