"""A list by one catalogue, without writing anything: as it is kept where that will do, else judged anew."""

from typing import TYPE_CHECKING

from matching.digests.comparing import Side, Stand, side_of, stand_of
from matching.models import ListEntry, SavedList
from matching.services.list_judging import catalogue_of, judged_now, list_judged
from matching.services.list_writing import list_state

if TYPE_CHECKING:
    from matching.catalogue import LoadedCatalogue


def data_of(saved_list: SavedList) -> str:
    """The data version the list is judged by."""
    judged = (saved_list.figures or {}).get("judged") or {}
    return str(judged.get("data") or saved_list.match.run.data_version)


def side_before(saved_list: SavedList) -> Side | None:
    """What the page of the list shows; judged anew where the model has changed since, so that what the model
    changes is not told as news of programs. None where it cannot be judged."""
    if not judged_now(saved_list):
        catalogue = catalogue_of(saved_list.match.run)
        return side_judged(saved_list, catalogue) if catalogue else None
    rows = ListEntry.objects.filter(saved_list=saved_list).order_by("position")
    programs: dict[str, Stand] = {
        program: stand_of(tier, shown.get("closed"), shown.get("gates", ()))
        for program, tier, shown in rows.values_list("program_id", "tier", "shown")
    }
    figures = side_of({}, saved_list.figures)
    return Side(programs, figures.none, figures.match)


def side_judged(saved_list: SavedList, catalogue: "LoadedCatalogue") -> Side | None:
    judged = list_judged(saved_list, list_state(saved_list), catalogue=catalogue)
    return None if judged.figures is None else side_of(judged.rows, judged.figures)
