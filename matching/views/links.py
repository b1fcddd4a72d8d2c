from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.models import SavedList
from matching.presentation.list_page import list_page
from matching.selectors import list_entries, list_for_token


@never_cache
@require_safe
def private(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link reads the list, nothing else; no search engine, no other site learns of it."""
    try:
        saved_list = list_for_token(token, now=timezone.now())
    except SavedList.DoesNotExist:
        raise Http404("No such list.") from None
    context = {"saved_list": saved_list, "page": list_page(list(list_entries(saved_list)))}
    response = render(request, "matching/list_private.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
