from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applicants.visitors import visitor_known
from matching.holdings import visitor_holdings
from matching.presentation.holdings import holding_lines
from matching.services.forgetting import visitor_forget


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """What this session made, and one button that deletes it. An account's things are not touched."""
    visitor = visitor_known(request)
    if request.method == "POST":
        if visitor is not None:
            visitor_forget(visitor=visitor)
        request.session.flush()  # with it what a form had kept there, and the login of an account
        return redirect(f"{request.path}?done=1")
    context = {"holdings": holding_lines(visitor_holdings(visitor)), "done": "done" in request.GET}
    return render(request, "matching/forget.html", context)
