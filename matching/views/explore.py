from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.catalogue import CatalogueEmpty, LoadedCatalogue, catalogue_current
from matching.explore_form import ExploreForm
from matching.exploring import Found, Odds, explore, odds_of
from matching.list_selectors import match_latest
from matching.models import Match
from matching.presentation.compare_choice import ids_of, tray
from matching.presentation.explore import explore_page
from matching.presentation.explore_rows import explore_rows
from matching.presentation.numbers import listed as words_listed

from .access import asking
from .current_list import listed

PAGE_SIZE = 25


@never_cache
@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    """The whole catalogue with one's own odds beside it, the filters in the address."""
    try:
        catalogue = catalogue_current()
    except CatalogueEmpty:
        return render(request, "matching/explore_empty.html")
    match = match_latest(**asking(request))
    odds = odds_of(match, catalogue.version) if match else None
    mine = mine_words(match, catalogue) if match and odds else ""
    form = ExploreForm(request.GET, specialties=catalogue.specialty_names, mine=mine)
    asked = form.asked()
    found = explore(catalogue, asked, odds)
    page = explore_page(
        found,
        ring=asked.ring,
        tier=asked.standing,
        state=asked.state,
        county=asked.county,
        base=reverse("programs:list"),
    )
    context = {
        "form": form,
        "page": page,
        "match": match,
        "has_odds": odds is not None,
        "counties": found.shelf.counties.get(asked.state or "CA", ()),
        "filtered": any(request.GET.get(name) for name in form.fields),
        **rows_context(request, catalogue, found, odds),
    }
    return render(request, "matching/explore.html", context)


def rows_context(
    request: HttpRequest, catalogue: LoadedCatalogue, found: Found, odds: Odds | None
) -> dict[str, object]:
    """One page of the list, what is on one's own list, what is chosen to be compared."""
    page_obj = Paginator([int(row) for row in found.rows], PAGE_SIZE).get_page(request.GET.get("page"))
    ids = ids_of(request.GET.getlist("ids"))
    rows = explore_rows(
        found,
        list(page_obj.object_list),
        specialties=catalogue.specialty_names,
        on_list=listed(request) if odds else frozenset(),
        ticked=ids,
    )
    elsewhere = [each for each in ids if each not in {row.id for row in rows}]
    return {
        "page_obj": page_obj,
        "rows": rows,
        "ids": ids,
        "tray": tray(found.shelf, elsewhere),
    }


def mine_words(match: Match, catalogue: LoadedCatalogue) -> str:
    """The specialties her answer is about, by name."""
    slugs = match.run.profile.get("specialties") or ()
    names = [catalogue.specialty_names.get(slug, slug) for slug in slugs]
    return words_listed(names) if names else "all that are open to you"
