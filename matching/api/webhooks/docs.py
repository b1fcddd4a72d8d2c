"""What the OpenAPI document says of webhooks: the operations, and the events as they reach a partner."""

from typing import Any, Literal

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    OpenApiWebhook,
    extend_schema,
)

from matching.api.webhooks import answer, examples
from matching.webhooks.services import WEBHOOKS_MOST
from programs.api_schema import paging_parameters

HEADER: Literal["header"] = "header"
TAG = ["webhooks"]
LOCATION = OpenApiParameter(
    "Location",
    {"type": "string", "format": "uri-reference"},
    location=HEADER,
    description="Where it is read.",
    response=[201],
)
NAME = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    location=HEADER,
    description="Your name for this request: sent again, the first answer comes again, its secret too.",
)
TELLING = (
    "The address answers any 2xx within 10 seconds; anything else, redirects too, is tried again with "
    "growing pauses, twelve times over about a day. 410 stops the webhook; so do three days in which nothing "
    "arrives.\n\n"
    "Told at least once and in no certain order: drop an `id` you have seen, and read the state from the "
    "API. A body names ids and counts and nothing of an applicant.\n\n"
    "Check `SmartPick-Signature`: it is `v1=` and the HMAC-SHA256, in hex, of `SmartPick-Timestamp`, a dot "
    "and the exact bytes of the body, keyed with the whole secret as text. For a day after a new secret it "
    "holds two, with a comma between. Compare in constant time, and refuse a timestamp that is more than 5 "
    "minutes off."
)
TAKEN = OpenApiResponse(None, "Taken.")
EVENT_HEADERS = {
    "SmartPick-Event": "The type of the event, as in the body.",
    "SmartPick-Delivery": "Of this delivery: the same at each attempt, another when sent again by hand.",
    "SmartPick-Timestamp": "Seconds since 1970 when this attempt was signed.",
    "SmartPick-Signature": "`v1=` and 64 hex digits; two, with a comma, for a day after a new secret.",
}


def shown(name: str, value: object) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True)


webhooks_create_schema = extend_schema(
    operation_id="webhooks_create",
    summary="Register a webhook",
    description=(
        "The address is sent a signed `webhook.verification` at once and has to answer it with its "
        'challenge, as `{"challenge": "…"}` or as bare text; then the webhook is `active`. The secret of the '
        "signatures is in this answer alone.\n\n"
        "An event needs the scope of what it tells of: `cohort.finished` `cohorts`, `run.finished` `match`, "
        "`catalogue.changed` `programs:read`. An address once for a key, "
        f"{WEBHOOKS_MOST} webhooks at most. The host has to be on the public internet, by name or address, "
        "each time something is sent."
    ),
    tags=TAG,
    request=answer.WebhookRequest,
    examples=[OpenApiExample("An office", value=examples.ASKED, request_only=True)],
    parameters=[NAME, LOCATION],
    responses={
        201: OpenApiResponse(
            answer.WebhookMade, "Registered, to be verified.", [shown("Made", examples.MADE)]
        )
    },
)
webhooks_list_schema = extend_schema(
    operation_id="webhooks_list",
    summary="List your webhooks",
    description="Newest first.",
    tags=TAG,
    parameters=paging_parameters(),
    responses={
        200: OpenApiResponse(
            answer.WebhookPage, "A page of them.", [shown("Webhooks", examples.page(examples.ACTIVE))]
        )
    },
)
webhooks_read_schema = extend_schema(
    operation_id="webhooks_read",
    summary="Read a webhook",
    tags=TAG,
    responses={
        200: OpenApiResponse(
            answer.Webhook,
            "How it stands.",
            [
                shown("Active", examples.ACTIVE),
                shown("Not verified", examples.UNVERIFIED),
                shown("Stopped", examples.STOPPED),
            ],
        )
    },
)
webhooks_delete_schema = extend_schema(
    operation_id="webhooks_delete",
    summary="Delete a webhook",
    description="With its deliveries; nothing is sent there any more, but for what is on its way.",
    tags=TAG,
    responses={204: OpenApiResponse(None, "Gone.")},
)
webhooks_verify_schema = extend_schema(
    operation_id="webhooks_verify",
    summary="Verify a webhook again",
    description=(
        "Sends `webhook.verification` once more, at most once a minute. A webhook that was stopped is active "
        "again when its address answers; one that we stopped stays so. Of one that is active nothing "
        "changes: try your receiver with it."
    ),
    tags=TAG,
    request=None,
    responses={202: OpenApiResponse(answer.Webhook, "Asked.", [shown("Pending", examples.PENDING)])},
)
webhooks_secret_schema = extend_schema(
    operation_id="webhooks_secrets_create",
    summary="Change the secret",
    description=(
        "A new secret, in this answer alone. For 24 hours deliveries are signed with the one before as well, "
        "so that none is refused while you change over; one older than that stops at once."
    ),
    tags=TAG,
    request=None,
    parameters=[NAME],
    responses={201: OpenApiResponse(answer.WebhookSecret, "Changed.", [shown("New", examples.RENEWED)])},
)
webhooks_deliveries_schema = extend_schema(
    operation_id="webhooks_deliveries",
    summary="Read what was sent",
    description="Newest first, for 30 days after its end unless the site keeps it otherwise.",
    tags=TAG,
    parameters=paging_parameters(),
    responses={
        200: OpenApiResponse(
            answer.WebhookDeliveryPage,
            "A page of deliveries.",
            [shown("Deliveries", examples.page(examples.WAITING, examples.DELIVERED))],
        )
    },
)


def _event(
    kind: str,
    model: type,
    summary: str,
    about: str,
    value: object,
    answered: OpenApiResponse = TAKEN,
) -> OpenApiWebhook:
    return OpenApiWebhook(
        name=kind,
        decorator=extend_schema(
            operation_id=kind.replace(".", "_"),
            summary=summary,
            description=f"{about}\n\n{TELLING}",
            tags=TAG,
            request=model,
            # The library sees it from our side: what we send is to it an answer.
            examples=[OpenApiExample("Event", value=value, response_only=True)],
            responses={200: answered},
        ),
    )


COHORT_FINISHED = _event(
    "cohort.finished",
    answer.CohortFinished,
    "A cohort is over",
    "Done, failed or cancelled.",
    examples.COHORT_FINISHED,
)
RUN_FINISHED = _event(
    "run.finished",
    answer.RunFinished,
    "A stored match is scored",
    "Of a match you stored that had to wait. One whose answer was there at once is told of no more.",
    examples.RUN_FINISHED,
)
CATALOGUE_CHANGED = _event(
    "catalogue.changed",
    answer.CatalogueChanged,
    "Another version of the catalogue is current",
    "Of the version that is current when we look, about once a minute: one that was replaced before is "
    "passed over.",
    examples.CATALOGUE_CHANGED,
)
VERIFICATION = _event(
    "webhook.verification",
    answer.Verification,
    "Prove that you listen",
    "Answer with the challenge within 10 seconds. Tried five times over a quarter of an hour.",
    examples.VERIFICATION,
    OpenApiResponse(
        answer.VerificationAnswer,
        "The challenge.",
        [OpenApiExample("Said back", value=examples.SAID_BACK, request_only=True)],
    ),
)


def events_describe(result: dict[str, Any], *, generator: Any, **_: object) -> dict[str, Any]:
    """Post-processing: the library describes no headers of what is sent to partners, and takes its list of
    components before it has looked at the events."""
    schemas = result["components"]["schemas"]
    for name, schema in generator.registry.build({})["schemas"].items():
        schemas.setdefault(name, schema)
    for methods in result.get("webhooks", {}).values():
        for operation in methods.values():
            operation["parameters"] = [
                {
                    "name": name,
                    "in": "header",
                    "required": True,
                    "description": about,
                    "schema": {"type": "string"},
                }
                for name, about in EVENT_HEADERS.items()
            ]
    return result
