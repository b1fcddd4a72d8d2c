import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applicants.selectors import specialty_names
from matching.receipts.changed import runs_changed
from matching.receipts.choosing import TwoForm
from matching.receipts.history import history_rows
from matching.receipts.reading import history_page
from matching.views.access import asking, match_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """Every answer of the asker; two of them sent are compared."""
    form = TwoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("matching:receipt", form.cleaned_data["before"], form.cleaned_data["after"])
    kept = history_page(number=request.GET.get("page"), **asking(request))
    context = {
        "rows": history_rows(kept.asked, last=not kept.page.has_next()),
        "page_obj": kept.page,
        "total": kept.total,
        "form": form,
        "match": kept.asked[0].match if kept.asked else None,
    }
    return render(request, "receipts/history.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def receipt(request: HttpRequest, before: uuid.UUID, after: uuid.UUID) -> HttpResponse:
    first, last = match_or_404(request, before), match_or_404(request, after)
    changed = runs_changed(first.run, last.run, specialties=specialty_names())
    return render(request, "receipts/receipt.html", {"changed": changed, "match": last, "before": first})
