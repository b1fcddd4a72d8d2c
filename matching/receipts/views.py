import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from matching.models import Match
from matching.receipts.choosing import TwoForm
from matching.receipts.history import history_rows
from matching.receipts.reading import history_page
from matching.receipts.receipt_page import receipt_page
from matching.receipts.services import ReceiptImpossible, receipt_make
from matching.selectors import matches_for_request
from matching.views.access import asking, match_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """Every answer of the asker; two of them sent are compared."""
    # What is wrong leads to the first row's buttons.
    form = TwoForm(request.POST if request.method == "POST" else None, auto_id="%s-1")
    if request.method == "POST" and form.is_valid():
        before, after = form.cleaned_data["before"], form.cleaned_data["after"]
        return receipt(request, before, after)
    kept = history_page(number=request.GET.get("page"), **asking(request))
    context = {
        "rows": history_rows(kept.asked, last=not kept.page.has_next()),
        "page_obj": kept.page,
        "total": kept.total,
        "form": form,
        "pinned": pinned(request),
        "match": kept.asked[0].match if kept.asked else None,
    }
    return render(request, "receipts/history.html", context, status=422 if form.errors else 200)


def pinned(request: HttpRequest) -> Match | None:
    """The answer to compare from, held while one looks through the other pages."""
    named = request.GET.get("from")
    if not named:
        return None
    try:
        return matches_for_request(**asking(request)).get(pk=uuid.UUID(named))
    except (ValueError, Match.DoesNotExist):
        raise Http404("No such match of yours.") from None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, before: uuid.UUID, after: uuid.UUID) -> HttpResponse:
    """Why one answer differs from another: sent, it is worked out; read, it is only shown."""
    first, last = match_or_404(request, before), match_or_404(request, after)
    if request.method == "POST":
        try:
            receipt_make(before=first, after=last)
        except ReceiptImpossible as impossible:
            messages.warning(request, str(impossible))
        return redirect("matching:receipt", first.pk, last.pk)
    page = receipt_page(first, last)
    return render(request, "receipts/receipt.html", {"page": page, "match": last, "before": first})
