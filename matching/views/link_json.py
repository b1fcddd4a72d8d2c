from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.presentation.export_rows import json_of

from .links import link_or_404
from .sharing import shared_of


class SharedListView(APIView):
    """What a private link shows, as JSON. The token is the key; callers are counted as anonymous readers."""

    http_method_names = ["get", "head"]
    authentication_classes = []
    required_scope = "programs:read"
    schema = None  # it belongs to a link, not to the partner API

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Says how much may still be asked, as the API does under its own addresses."""
        told = super().finalize_response(request, response, *args, **kwargs)
        for name, value in getattr(request._request, "rate_limit_headers", {}).items():
            told[name] = value
        return told

    def get(self, request: Request, token: str) -> Response:
        link = link_or_404(token)
        return Response(json_of(shared_of(link.saved_list, link.mode), timezone.now()))
