"""A list on its way out: what one mode shows of it, and the file of it in one format."""

from datetime import datetime

from django.http import Http404, HttpResponse

from applicants.selectors import specialty_names
from matching.exporting.columns import file_name
from matching.models import ListLink, SavedList
from matching.presentation.export_rows import about_of, table_of
from matching.presentation.shared_list import SharedList, shared_view
from matching.review.approval import approval_of
from matching.review.selectors import review_of_list
from matching.selectors import list_entries

from .list_desk import advised

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def shared_of(saved_list: SavedList, mode: str) -> SharedList:
    """Raises Http404 for a mode that is none: what to show is never guessed."""
    if mode not in ListLink.Mode.values:
        raise Http404("A list is not shown that way.")
    review = review_of_list(saved_list) if saved_list.owner_id is not None else None
    approval = approval_of(review)
    return shared_view(
        saved_list,
        list(list_entries(saved_list)),
        saved_list.figures,
        saved_list.match.run.profile,
        mode,
        specialties=specialty_names() if mode == ListLink.Mode.ALL else None,
        advised=advised(saved_list),
        approval=approval.whole if approval else "",
    )


def file_response(shared: SharedList, extension: str, made: datetime) -> HttpResponse:
    response = HttpResponse(_bytes(shared, extension, made), content_type=TYPES[extension])
    name = file_name(shared.name, f"{made:%Y-%m-%d}", extension)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _bytes(shared: SharedList, extension: str, made: datetime) -> bytes:
    # The libraries are heavy: whoever downloads nothing loads none.
    if extension == "csv":
        from matching.exporting.csv import csv_bytes  # noqa: PLC0415

        return csv_bytes(table_of(shared))
    if extension == "xlsx":
        from matching.exporting.xlsx import xlsx_bytes  # noqa: PLC0415

        return xlsx_bytes(table_of(shared), about_of(shared, made), title=shared.name, made=made)
    from matching.exporting.pdf import pdf_bytes  # noqa: PLC0415

    return pdf_bytes(shared, made=made)
