from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from programs.admin.fact_words import fact_says, fact_source
from programs.admin.pages import allow, back, page_render
from programs.choices import Ring
from programs.desk.freshness import KEY_FIELDS, KINDS, MEANT, NOTHING, Asked, Board, Line, freshness
from programs.fact_fields import FACT_FIELDS
from programs.models import ProgramFact, Specialty
from programs.services.reading_again import NotReadable, fact_read_again, may_read_again

PER_PAGE = 50
FILTERS = ("kind", "field", "ring", "specialty")


@require_safe
def freshness_view(request: HttpRequest) -> HttpResponse:
    """The board: what should be read again, the most used first."""
    allow(request, "view_programfact")
    choices = _choices()
    asked = _asked(request, choices)
    board = freshness(asked, today=timezone.localdate(), per_page=PER_PAGE)
    pages = max(1, -(-board.found // PER_PAGE))
    return page_render(
        request,
        "freshness.html",
        title="How fresh it is",
        here="freshness",
        board=board,
        figures=_figures(request, board),
        rows=[_row(line) for line in board.lines],
        choices=choices,
        asked={name: getattr(asked, name) for name in FILTERS},
        chosen=asked,
        first=(asked.page - 1) * PER_PAGE + 1,
        last=(asked.page - 1) * PER_PAGE + len(board.lines),
        before=_address(request, page=asked.page - 1) if asked.page > 1 else "",
        after=_address(request, page=asked.page + 1) if asked.page < pages else "",
        may_record=request.user.has_perm("programs.add_programfact"),
    )


@require_POST
def read_again_view(request: HttpRequest, fact_id: int) -> HttpResponse:
    """One click: read today, and still so."""
    by = allow(request, "add_programfact")
    fact = get_object_or_404(ProgramFact.objects.select_related("program"), pk=fact_id)
    try:
        fact_read_again(fact=fact, by=by, today=timezone.localdate())
    except NotReadable:
        messages.error(request, "There is no page to read it on again, or it does not count: record it anew.")
    else:
        label = FACT_FIELDS[fact.field].label
        messages.success(request, f"{fact.program.name}, {label}: {fact_says(fact)}, as of today.")
    return back(request, reverse("admin:programs_freshness"))


def _choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "kind": [("", "whatever is held and not fresh"), *KINDS.items()],
        "field": [("", "all key fields"), *((name, FACT_FIELDS[name].label) for name in KEY_FIELDS)],
        "ring": [("", "everywhere"), *((ring.value, str(ring.label)) for ring in Ring)],
        "specialty": [
            ("", "all specialties"),
            *Specialty.objects.order_by("name").values_list("slug", "name"),
        ],
    }


def _asked(request: HttpRequest, choices: dict[str, list[tuple[str, str]]]) -> Asked:
    """What the address asks for; what it may not ask for is left out."""
    said: dict[str, Any] = {
        name: value
        for name in FILTERS
        if (value := request.GET.get(name, "")) in {code for code, _ in choices[name]}
    }
    page = request.GET.get("page", "")
    return Asked(**said, page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1)


def _figures(request: HttpRequest, board: Board) -> list[dict[str, Any]]:
    figures: list[dict[str, Any]] = [
        {
            "words": words,
            "count": board.counts[kind],
            "meant": MEANT[kind],
            "url": _address(request, kind=kind, page=""),
            "chosen": request.GET.get("kind") == kind,
        }
        for kind, words in KINDS.items()
        if kind != NOTHING
    ]
    meant = f"of {board.cells:,} that there are"
    url = _address(request, kind=NOTHING, page="")
    chosen = request.GET.get("kind") == NOTHING
    held = {"words": "held", "count": board.held, "meant": meant, "url": "", "chosen": False}
    missing = {"words": KINDS[NOTHING], "count": board.counts[NOTHING], "meant": MEANT[NOTHING]}
    return [held, *figures, {**missing, "url": url, "chosen": chosen}]


def _address(request: HttpRequest, **changes: object) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _row(line: Line) -> dict[str, Any]:
    fact = line.fact
    entry = reverse("admin:programs_program_enter", args=[line.program.pk])
    return {
        "line": line,
        "place": ", ".join(part for part in (line.program.city, line.program.state) if part),
        "says": [
            {"words": fact_says(each), "source": fact_source(each), "fact": each} for each in line.facts
        ],
        "again": fact.pk if fact is not None and may_read_again(fact) else None,
        "record": f"{entry}?field={line.field}#{line.field}",
        "check": reverse("admin:programs_programfact_check", args=[line.waiting.pk]) if line.waiting else "",
    }
