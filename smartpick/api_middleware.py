"""What holds for every answer under /api/, also those no view of the API made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from smartpick.api_errors import MEDIA_TYPE, problem_response

PREFIX = "/api/"
OF_THE_BODY = {"content-type", "content-length", "content-encoding", "etag"}
DETAILS = {
    400: "The request cannot be read.",
    404: "There is nothing here. Paths of the API end with a slash.",
    500: "Something failed on our side; the request id names it in our logs.",
}


class ApiMiddleware:
    """Errors are problems and never HTML, limits are told in headers, answers are for one caller only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = self._problem(request, self._answer(request))
        for name, value in getattr(request, "rate_limit_headers", {}).items():
            response[name] = value
        _without_options(response)
        if response.status_code >= 400:
            del response["ETag"]  # a problem names its request: nobody gets the same one twice
        response.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Authorization"])
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        # No text of ours holds a NUL and PostgreSQL takes none: no view needs to look for it.
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            return problem_response(request, 400, "The address holds a NUL character.")
        return self.get_response(request)

    def _problem(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        status = response.status_code
        if status < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        kept = {name: value for name, value in response.items() if name.lower() not in OF_THE_BODY}
        detail = DETAILS.get(status, response.reason_phrase)
        return problem_response(request, status, detail, headers=kept)


def _without_options(response: HttpResponse) -> None:
    """``Allow`` names what may be asked; the framework adds OPTIONS, which nothing here answers."""
    if (allow := response.get("Allow")) is not None:
        del response["Allow"]
        if allowed := [method for method in allow.split(", ") if method != "OPTIONS"]:
            response["Allow"] = ", ".join(allowed)
