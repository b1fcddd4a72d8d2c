from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.catalogue import CatalogueEmpty, LoadedCatalogue, catalogue_current
from matching.exploring import shelf_get
from matching.list_selectors import match_latest
from matching.models import Match
from matching.presentation.compare import Side, compare_blocks, differences
from matching.presentation.compare_choice import MOST, ids_of
from matching.program_answer import program_answer

from .access import asking
from .current_list import listed


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four programs side by side; more than four, or unknown ones, are named and left out."""
    try:
        catalogue = catalogue_current()
    except CatalogueEmpty:
        return render(request, "matching/explore_empty.html")
    shelf = shelf_get(catalogue.version)
    named = ids_of(request.GET.getlist("ids"))
    known = [each for each in named if each in shelf.row_of]
    match = match_latest(**asking(request))
    sides = [side_of(catalogue, each, match) for each in known[:MOST]]
    blocks = compare_blocks(sides)
    context = {
        "sides": [
            (side, address([each for each in known[:MOST] if each != side.track.id])) for side in sides
        ],
        "blocks": blocks,
        "differences": differences(blocks),
        "left_out": [shelf.tracks[shelf.row_of[each]].name for each in known[MOST:]],
        "unknown": [each for each in named if each not in shelf.row_of],
        "most": MOST,
        "match": match,
        "on_list": listed(request) if match else frozenset(),
        "more": f"{reverse('programs:list')}?{urlencode({'ids': known[:MOST]}, doseq=True)}",
    }
    return render(request, "matching/compare.html", context)


def side_of(catalogue: LoadedCatalogue, program_id: str, match: Match | None) -> Side:
    shelf = shelf_get(catalogue.version)
    row = shelf.row_of[program_id]
    track = shelf.tracks[row]
    answer = program_answer(match, program_id) if match else None
    return Side(
        track=track,
        specialty=catalogue.specialty_names.get(track.specialty, track.specialty),
        miles=float(shelf.miles[row]),
        row=answer.row if answer else None,
        listed=answer.listed if answer else None,
    )


def address(ids: list[str]) -> str:
    return f"{reverse('programs:compare')}?{urlencode({'ids': ids}, doseq=True)}"
