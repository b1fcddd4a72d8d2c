"""The site's addresses and two views that do nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from smartpick.urls import urlpatterns as site_urls


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"{}", content_type="application/json")


class BareRest(APIView):
    required_scope = "match"

    def post(self, request: Request) -> Response:
        return Response({"members": len(request.data)})


urlpatterns = [path("api/bare/", bare), path("api/bare-rest/", BareRest.as_view()), *site_urls]
