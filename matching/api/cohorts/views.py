"""Many applicants: send, follow, read, take back. One's own cohorts alone; another's is not found."""

import uuid
from typing import Any, cast

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from matching.api.cohorts import docs
from matching.api.cohorts.body import body_of
from matching.api.cohorts.document import cohort_address, cohort_told
from matching.api.cohorts.error_pages import errors_page
from matching.api.cohorts.refusals import refused_as_problems
from matching.api.cohorts.renderers import LINES, LinesRenderer
from matching.api.cohorts.streaming import (
    cancelled,
    cohort_headers,
    errors_stream,
    results_stream,
    there_or_gone,
)
from matching.api.cohorts.taking import cohort_take
from matching.api.idempotency import json_answer, name_of
from matching.api.keys import key_of
from matching.api.sandbox.forced import SandboxHeaders
from matching.cohorts.running import cohort_cancel
from matching.cohorts.selectors import CohortGone, cohort_of, cohorts_of
from matching.models import ApiKey, Cohort
from programs.api_query import Parameters, faults_raise


class CohortsScope(APIView):
    required_scope = "cohorts"
    key_required = True

    def key(self, request: Request) -> ApiKey:
        key = key_of(request)
        assert key is not None  # the permission has seen to it
        return key

    def own(self, request: Request, cohort_id: uuid.UUID) -> Cohort:
        try:
            return cohort_of(self.key(request), cohort_id)
        except Cohort.DoesNotExist:
            raise Http404 from None


def nothing_asked(request: Request) -> None:
    """Raises ValidationError for any parameter: a misspelt one must not be ignored in silence."""
    parameters = Parameters(request.query_params)
    parameters.nothing_taken()
    faults_raise(parameters)


class CohortsView(SandboxHeaders, CohortsScope):
    http_method_names = ["get", "head", "post"]

    @docs.cohorts_list_schema
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.unknown_refused()
        paginator = cast(Any, api_settings.DEFAULT_PAGINATION_CLASS)()
        faults_raise(parameters, lambda: paginator.get_page_size(request))
        paginator.ordering = ("-created_at", "id")
        page = paginator.paginate_queryset(cohorts_of(self.key(request)), request, view=self)
        now = timezone.now()
        answer: Response = paginator.get_paginated_response([cohort_told(one, now=now)[0] for one in page])
        return answer

    @docs.cohorts_create_schema
    def post(self, request: Request) -> HttpResponseBase:
        name = name_of(request)
        with refused_as_problems():
            taken = cohort_take(body=body_of(request), key=self.key(request), name=name, now=timezone.now())
        return json_answer(taken.status, taken.content, {"Location": cohort_address(taken.cohort)})


class CohortView(CohortsScope):
    http_method_names = ["get", "head", "delete"]

    @docs.cohorts_read_schema
    def get(self, request: Request, cohort_id: uuid.UUID) -> Response:
        nothing_asked(request)
        document, headers = cohort_told(self.own(request, cohort_id), now=timezone.now())
        return Response(document, headers=headers)

    @docs.cohorts_cancel_schema
    def delete(self, request: Request, cohort_id: uuid.UUID) -> Response:
        nothing_asked(request)
        cohort_cancel(cohort=self.own(request, cohort_id), now=timezone.now())
        return Response(status=204)


class CohortResultsView(CohortsScope):
    http_method_names = ["get", "head"]
    renderer_classes = LINES

    @docs.cohorts_results_schema
    def get(self, request: Request, cohort_id: uuid.UUID) -> HttpResponseBase:
        return results_stream(request, there_or_gone(self.own(request, cohort_id)))


class CohortErrorsView(CohortsScope):
    http_method_names = ["get", "head"]
    renderer_classes = (*APIView.renderer_classes, *LINES)

    @docs.cohorts_errors_schema
    def get(self, request: Request, cohort_id: uuid.UUID) -> HttpResponseBase:
        cohort = there_or_gone(self.own(request, cohort_id))
        if isinstance(request.accepted_renderer, LinesRenderer):
            return errors_stream(request, cohort)
        try:
            page = errors_page(request, cohort)
        except CohortGone:  # just now
            raise cancelled() from None
        return Response(page, headers=cohort_headers(cohort))
