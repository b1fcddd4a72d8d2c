import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from matching.presentation.balance import repaired_words
from matching.services import ListNotReady
from matching.services.repair import match_repair

from .access import match_or_404
from .current_list import choose


@require_POST
def repair(request: HttpRequest, match_id: uuid.UUID) -> HttpResponse:
    """The recommended list bettered by one click, kept as a list of its own with undo beside it."""
    match = match_or_404(request, match_id)
    try:
        repaired = match_repair(match=match)
    except ListNotReady:
        messages.warning(request, "The answer is not ready yet. Try again when it is.")
        return redirect("matching:result", match.pk)
    choose(request, repaired.written.saved_list)
    messages.success(
        request, repaired_words(repaired.before, repaired.after, repaired.added, repaired.removed)
    )
    return redirect("matching:list", repaired.written.saved_list.pk)
