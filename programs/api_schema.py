"""What the catalogue's operations take and answer, for the OpenAPI document."""

from typing import Any, Literal

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.settings import api_settings

from programs import api_examples as examples
from programs.api_query import ORDERINGS, VISAS
from programs.choices import (
    ApplicationService,
    Confidence,
    ListingStatus,
    ProgramType,
    Ring,
    SourceKind,
    Strictness,
    Track,
)
from programs.fact_fields import FACT_FIELDS
from programs.geography import STATES
from programs.search import LONGEST_SEARCH

_PAGINATOR: Any = api_settings.DEFAULT_PAGINATION_CLASS

Schema = dict[str, Any]
Kind = Literal["string", "integer", "number", "boolean"]


def is_a(kind: Kind, about: str = "", **more: Any) -> Schema:
    return {"type": kind, **({"description": about} if about else {}), **more}


def or_null(schema: Schema) -> Schema:
    """Unknown is null."""
    return {
        **schema,
        "type": [schema["type"], "null"],
        **({"enum": [*schema["enum"], None]} if "enum" in schema else {}),
    }


def list_of(items: Schema, about: str = "") -> Schema:
    return {"type": "array", "items": items, **({"description": about} if about else {})}


def object_of(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


TEXT = is_a("string")
COUNT = is_a("integer", minimum=0)
YEAR = is_a("integer", minimum=1990, maximum=2100)
PROGRAM_ID = is_a("string", "Permanent; names this track everywhere.", pattern="^sp[0-9]{5}$")
TRACK = is_a("string", enum=Track.values)
RING = is_a("string", enum=Ring.values)
NRMP = or_null(is_a("string", pattern="^[0-9]{7}[A-Z][0-9]$"))
FIELD = is_a("string", enum=list(FACT_FIELDS))

ROW: dict[str, Schema] = {
    "id": PROGRAM_ID,
    "program_key": is_a("string", "The same for all tracks of one program."),
    "acgme_id": or_null(is_a("string", pattern="^[0-9]{10}$")),
    "nrmp_code": NRMP,
    "listing_status": is_a("string", enum=ListingStatus.values),
    "last_listed_year": or_null(YEAR),
    "name": TEXT,
    "specialty": is_a("string", "Slug: see specialties."),
    "track": TRACK,
    "institution": is_a("string", "The sponsor."),
    "city": or_null(TEXT),
    "county": or_null(TEXT),
    "state": is_a("string", enum=list(STATES)),
    "ring": {**RING, "description": "The innermost ring that holds it."},
    "in_los_angeles_county": is_a("boolean"),
    "latitude": or_null(is_a("number", "For maps only: a few are tens of km off.")),
    "longitude": or_null(is_a("number")),
    "same_as": or_null(is_a("string", "Id of the listing that this one repeats.")),
    "updated_at": is_a("string", format="date-time"),
    "program_type": or_null(is_a("string", enum=ProgramType.values)),
    "safety_net": or_null(is_a("boolean")),
}
FACT = object_of(
    id=is_a("integer"),
    field=FIELD,
    label=TEXT,
    value={
        "type": ["number", "string", "null"],
        "description": "A number or a code; null where the statement could not be typed.",
    },
    unit=or_null(TEXT),
    value_as_stated=or_null(TEXT),
    strictness=is_a("string", enum=Strictness.values),
    url=or_null(is_a("string", format="uri")),
    source=or_null(TEXT),
    source_kind=is_a("string", enum=SourceKind.values),
    page_year=or_null({**YEAR, "description": "Year of the page; null where undated."}),
    season=or_null(is_a("string", "Where the source names one.")),
    observed_on=or_null(is_a("string", format="date")),
    confidence=is_a("string", enum=Confidence.values),
    note=or_null(TEXT),
    is_current=is_a("boolean", "The statement that counts among those of its field."),
    conflicts=is_a("integer", "Other statements of the field that say otherwise.", minimum=0),
)
DETAIL = object_of(
    **ROW,
    tracks=list_of(object_of(id=PROGRAM_ID, track=TRACK, nrmp_code=NRMP), "The other tracks of the program."),
    facts=list_of(FACT, "Every statement, conflicting ones included."),
    unknown=list_of(
        object_of(field=FIELD, label=TEXT, question=TEXT),
        "Fields of which nothing is known, with what to ask.",
    ),
)
SPECIALTY = object_of(
    slug=TEXT,
    name=TEXT,
    application_service=is_a("string", enum=ApplicationService.values),
    tracks=COUNT,
    programs=is_a("integer", "Tracks of one program counted once.", minimum=0),
)
RING_ROW = object_of(
    ring=RING,
    name=TEXT,
    holds=list_of(RING, "The rings inside it, and itself."),
    states={**list_of(TEXT, "null: all."), "type": ["array", "null"]},
    counties={**list_of(TEXT, "null: all counties of the states."), "type": ["array", "null"]},
    tracks=COUNT,
    programs=COUNT,
)
NOTHING = {"type": "null", "description": "The list is one page."}


def whole_list(items: Schema) -> Schema:
    return object_of(next=NOTHING, previous=NOTHING, results=list_of(items))


def parameter(name: str, about: str, *, many: bool = False, **schema: Any) -> OpenApiParameter:
    """A query parameter; ``many``: repeat it for alternatives."""
    whole: Schema = (
        {"type": "array", "items": {"type": "string", **schema}} if many else {"type": "string", **schema}
    )
    return OpenApiParameter(name, whole, description=about, explode=True if many else None)


def paging_parameters() -> list[OpenApiParameter]:
    return [
        OpenApiParameter(entry["name"], entry["schema"], description=str(entry["description"]))
        for entry in _PAGINATOR().get_schema_operation_parameters(None)
    ]


def example(value: object) -> list[OpenApiExample]:
    return [OpenApiExample("Answer", value=value, response_only=True, status_codes=["200"])]


PROGRAMS = extend_schema(
    operation_id="programs_list",
    tags=["catalogue"],
    summary="Find program tracks",
    parameters=[
        parameter("specialty", "Slug.", many=True),
        parameter("state", "Two letters.", many=True, enum=list(STATES)),
        parameter("county", "Its name, with any capitals.", maxLength=80),
        parameter("ring", "Rings nest: each holds the ones before it.", many=True, enum=Ring.values),
        parameter(
            "program_type", "safety-net also finds what says yes to it.", many=True, enum=ProgramType.values
        ),
        parameter("safety_net", "Known to be so.", type="boolean"),
        parameter("track", "", many=True, enum=Track.values),
        parameter("listing_status", "", many=True, enum=ListingStatus.values),
        parameter(
            "accepts_step2ck",
            "Leaves out programs with a stated minimum above this score; an unknown minimum stays in.",
            type="integer",
            minimum=1,
            maximum=300,
        ),
        parameter("accepts_img", "Known to be so; limited counts as yes.", type="boolean"),
        parameter("visa", "Known to take it; limited counts as yes.", many=True, enum=list(VISAS)),
        parameter("code", "ACGME id or NRMP code, exactly.", maxLength=20),
        parameter("search", "Words of name, alias, institution, city or codes.", maxLength=LONGEST_SEARCH),
        parameter("updated_since", "Date or time, ISO 8601; without a zone UTC."),
        parameter(
            "ordering", "", enum=[sign + name for name in ORDERINGS for sign in ("", "-")], default="id"
        ),
        *paging_parameters(),
    ],
    responses={200: _PAGINATOR().get_paginated_response_schema(list_of(object_of(**ROW)))},
    examples=example({"next": None, "previous": None, "results": [examples.ROW]}),
)
PROGRAM = extend_schema(
    operation_id="programs_read",
    tags=["catalogue"],
    summary="Read one program track",
    parameters=[OpenApiParameter("program_id", PROGRAM_ID, OpenApiParameter.PATH)],
    responses={200: DETAIL},
    examples=example(examples.DETAIL),
)
SPECIALTIES = extend_schema(
    operation_id="specialties_list",
    tags=["catalogue"],
    summary="List the specialties",
    responses={200: whole_list(SPECIALTY)},
    examples=example({"next": None, "previous": None, "results": [examples.SPECIALTY]}),
)
RINGS = extend_schema(
    operation_id="rings_list",
    tags=["catalogue"],
    summary="List the rings",
    responses={200: whole_list(RING_ROW)},
    examples=example({"next": None, "previous": None, "results": [examples.RING]}),
)
