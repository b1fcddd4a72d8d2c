import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.models import ListLink

from .access import list_or_404
from .sharing import file_response, shared_of


@never_cache
@require_safe
def export(request: HttpRequest, list_id: uuid.UUID, extension: str) -> HttpResponse:
    """One's own list as a file; ``?mode=`` leaves out what a link of that mode would."""
    saved_list = list_or_404(request, list_id)
    shared = shared_of(saved_list, request.GET.get("mode", ListLink.Mode.ALL))
    return file_response(shared, extension, timezone.now())
