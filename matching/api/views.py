"""One applicant: score and answer, or store and read again. Thin: the framework is much of the cost."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from applicants.schema import ProfileDocument
from matching.api.advice import advice_document
from matching.api.answering import answer_now, question_of
from matching.api.docs import match_create_schema, match_read_schema
from matching.api.errors import KeyRequired
from matching.api.idempotency import json_answer, json_body, name_of, named_answer
from matching.api.keys import key_of
from matching.api.sandbox.answering import sandbox_answer
from matching.api.sandbox.forced import PERSONA, SandboxHeaders, persona_of
from matching.api.storing import match_store
from matching.models import Match
from matching.selectors import MatchNotReady, match_document, match_for_request


class MatchesView(SandboxHeaders):
    http_method_names = ["post"]
    required_scope = "match"
    has_sandbox = True

    @match_create_schema
    def post(self, request: Request) -> HttpResponse:
        name = name_of(request)  # one that is no name is refused, also where nothing is kept by it
        if (persona := persona_of(request)) is not None:
            return Response(sandbox_answer(request.data, persona), headers={PERSONA: persona.slug})
        question = question_of(request.data, season=settings.SEASON)
        if not question.store:
            return Response(answer_now(question, season=settings.SEASON))
        if (key := key_of(request)) is None:
            raise KeyRequired("Storing an answer needs a key, so that nobody else may read it.")
        match, named = match_store(question=question, key=key, name=name, now=timezone.now())
        headers = {"Location": reverse("api:match", args=[match.pk])}
        if named is None:
            return Response(_shown(match.pk, request)[1], status=201, headers=headers)
        answer = named_answer(named, lambda: (201, json_body(request, _shown(match.pk, request)[1])))
        return json_answer(*answer, headers)


class MatchView(APIView):
    http_method_names = ["get", "head"]
    required_scope = "match"
    key_required = True

    @match_read_schema
    def get(self, request: Request, match_id: uuid.UUID) -> Response:
        status, document = _shown(match_id, request)
        return Response(document, status=status)


def _shown(match_id: uuid.UUID, request: Request) -> tuple[int, dict[str, Any]]:
    """The answer of one's own match; where there is none yet, how far it is."""
    try:
        match = match_for_request(match_id, api_key=key_of(request))
    except Match.DoesNotExist:
        raise Http404 from None
    try:
        document = match_document(match)
        profile = ProfileDocument.model_validate(match.run.profile)
        return 200, document | {"advice": advice_document(profile=profile, season=match.run.season)}
    except MatchNotReady as pending:
        state = {"id": str(match.pk), "state": pending.state, "reason": pending.reason or None}
        return 200 if pending.state == "failed" else 202, state
