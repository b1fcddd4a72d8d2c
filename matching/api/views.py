"""One applicant: score and answer, or store and read again. Thin: the framework is much of the cost."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.api.answering import answer_now, question_of
from matching.api.docs import match_create_schema, match_read_schema
from matching.api.errors import KeyRequired
from matching.api.keys import key_of
from matching.api.storing import idempotency_name, match_store
from matching.models import Match
from matching.selectors import MatchNotReady, match_document, match_for_request


class MatchesView(APIView):
    http_method_names = ["post"]
    required_scope = "match"

    @match_create_schema
    def post(self, request: Request) -> Response:
        question = question_of(request.data, season=settings.SEASON)
        if not question.store:
            return Response(answer_now(question, season=settings.SEASON))
        if (key := key_of(request)) is None:
            raise KeyRequired("Storing an answer needs a key, so that nobody else may read it.")
        if question.options.must_include:
            answer_now(question, season=settings.SEASON)  # what no list can hold is refused, not stored
        match = match_store(question=question, key=key, name=idempotency_name(request))
        return _stored(
            match.pk, request, status=201, headers={"Location": reverse("api:match", args=[match.pk])}
        )


class MatchView(APIView):
    http_method_names = ["get", "head"]
    required_scope = "match"
    key_required = True

    @match_read_schema
    def get(self, request: Request, match_id: uuid.UUID) -> Response:
        return _stored(match_id, request)


def _stored(
    match_id: uuid.UUID, request: Request, *, status: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The answer of one's own match; where there is none yet, how far it is."""
    try:
        match = match_for_request(match_id, api_key=key_of(request))
    except Match.DoesNotExist:
        raise Http404 from None
    try:
        return Response(match_document(match), status=status or 200, headers=headers)
    except MatchNotReady as pending:
        state: dict[str, Any] = {
            "id": str(match.pk),
            "state": pending.state,
            "reason": pending.reason or None,
        }
        failed = pending.state == "failed"
        return Response(state, status=status or (200 if failed else 202), headers=headers)
