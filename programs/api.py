"""The catalogue's part of the partner API: programs, specialties, rings. All reads, all plain dicts."""

from typing import Any, cast

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from programs import api_schema
from programs.api_query import Parameters, faults_raise, query_read
from programs.api_rows import fact_rows, program_row, program_rows, program_values, unknown_rows
from programs.choices import Ring
from programs.geography import LOS_ANGELES_COUNTIES, RINGS, WEST_COAST_STATES, rings_within
from programs.models import Program
from programs.selectors import facts_listed, programs_find, rings_counted, specialties_counted

SCOPE = "programs:read"


class ProgramsView(APIView):
    """The catalogue's program tracks, by filters; alternatives of one filter are repeated parameters."""

    required_scope = SCOPE

    @api_schema.PROGRAMS
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        query, ordering = query_read(parameters)
        paginator = cast(Any, api_settings.DEFAULT_PAGINATION_CLASS)()
        paginator.ordering = (ordering,) if ordering.endswith("id") else (ordering, "id")
        faults_raise(
            parameters,
            lambda: paginator.get_page_size(request),
            lambda: paginator.decode_cursor(request),
        )
        page = paginator.paginate_queryset(program_values(programs_find(query)), request, view=self)
        answer: Response = paginator.get_paginated_response(program_rows(page))
        return answer


class ProgramView(APIView):
    """One program track with every fact, conflicting statements included, and what is not known of it."""

    required_scope = SCOPE

    @api_schema.PROGRAM
    def get(self, request: Request, program_id: str) -> Response:
        parameters = Parameters(request.query_params)
        parameters.nothing_taken()
        faults_raise(parameters)
        values = program_values(Program.objects.filter(pk=program_id)).first()
        if values is None:
            raise Http404
        facts = facts_listed(program_id)
        current = {fact.field: fact.value for fact in facts if fact.is_current}
        tracks = (
            Program.objects.filter(program_key=values["program_key"]).exclude(pk=program_id).order_by("id")
        )
        return Response(
            program_row(values, current)
            | {
                "tracks": list(tracks.values("id", "track", "nrmp_code")),
                "facts": fact_rows(facts),
                "unknown": unknown_rows(current),
            }
        )


class SpecialtiesView(APIView):
    """Every specialty of the catalogue, with the service one applies through."""

    required_scope = SCOPE

    @api_schema.SPECIALTIES
    def get(self, request: Request) -> Response:
        return _whole(request, specialties_counted())


class RingsView(APIView):
    """The rings around Los Angeles, innermost first; each holds the ones before it."""

    required_scope = SCOPE

    @api_schema.RINGS
    def get(self, request: Request) -> Response:
        return _whole(request, [{**RING_PLACES[count["ring"]], **count} for count in rings_counted()])


RING_PLACES = {
    ring: {
        "ring": ring,
        "name": Ring(ring).label,
        "holds": list(rings_within(ring)),
        "states": {"west-coast": list(WEST_COAST_STATES), "national": None}.get(ring, ["CA"]),
        "counties": list(LOS_ANGELES_COUNTIES) if ring == "los-angeles" else None,
    }
    for ring in RINGS
}


def _whole(request: Request, rows: object) -> Response:
    """A short list in the shape of every other, always on one page."""
    parameters = Parameters(request.query_params)
    parameters.nothing_taken()
    faults_raise(parameters)
    return Response({"next": None, "previous": None, "results": rows})
