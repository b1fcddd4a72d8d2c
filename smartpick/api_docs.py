"""The OpenAPI document, a page that shows it, and the answer to any path that is none."""

from functools import lru_cache
from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@lru_cache(maxsize=1)
def openapi_document() -> dict[str, Any]:
    """Made once a process: nothing in it depends on who asks."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    document: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


class SchemaView(SpectacularAPIView):
    """JSON unless YAML is asked for."""

    authentication_classes = ()
    schema = None
    renderer_classes = [OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer, OpenApiYamlRenderer2]

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return Response(openapi_document())


class DocsView(TemplateView):
    """Swagger UI, its script and style from our own static files; nothing inline."""

    http_method_names = ["get", "head"]
    template_name = "api/docs.html"


class NothingView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound("There is nothing here. Paths of the API end with a slash.")
