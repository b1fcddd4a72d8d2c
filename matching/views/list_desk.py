"""What the page of one's own list shows, whichever of its forms was sent."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from matching.list_forms import BulkForm, SortForm
from matching.list_selectors import lists_by_use, match_latest, match_newer
from matching.list_state import Edit, undo_target
from matching.models import SavedList
from matching.presentation.list_desk import LastChange, list_desk
from matching.reference import model_for
from matching.review.marks import Mark, marks_of
from matching.selectors import list_entries
from matching.services.list_writing import UNDID

from .access import asking
from .current_list import chosen


def desk_context(
    request: HttpRequest,
    saved_list: SavedList,
    *,
    typed: Mapping[str, Edit] | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The whole page's context; the parts that are swapped alone take it too."""
    run = saved_list.match.run
    desk = list_desk(
        list(list_entries(saved_list)),
        kept=saved_list.figures,
        model=model_for(run.season),
        max_usd=run.options.get("max_usd"),
        typed=typed,
        errors=errors,
        advised=advised(saved_list),
    )
    mine = list(lists_by_use(**asking(request), chosen=chosen(request)))
    return {
        "saved_list": saved_list,
        "desk": desk,
        "last": last_change(saved_list),
        "lists": mine,
        "is_current": bool(mine) and mine[0].pk == saved_list.pk,
        "newer": match_newer(saved_list, match_latest(**asking(request))),
        "bulk": BulkForm(specialties=run.profile.get("specialties", ())),
        "sort": SortForm(auto_id="list_%s"),
        "errors": errors or {},
        "sure": request.GET.get("remove", ""),
    }


def advised(saved_list: SavedList) -> Mapping[str, Mark]:
    """What an advisor's word holds beside its programs; asks nothing for a list that was never sent."""
    return marks_of(saved_list, desk=False) if saved_list.owner_id is not None else {}


def last_change(saved_list: SavedList) -> LastChange | None:
    changes = list(saved_list.versions.values_list("number", "change", "created_at"))
    if not changes:
        return None
    number, words, at = max(changes)
    undone, _ = undo_target([(number, words) for number, words, _ in changes], UNDID)
    undo = next((words for number, words, _ in changes if number == undone), "")
    return LastChange(number, words, at, undo)
