"""The pages of an import. Each view fetches with permission, calls a service and answers."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from programs.admin.checking import waiting_address
from programs.admin.imports.forms import (
    ColumnsForm,
    ConfirmForm,
    LayoutForm,
    ReplaceForm,
    UploadForm,
    file_name_of,
)
from programs.admin.imports.receiving import LimitedHandler, TooLarge, declared_check, limit_set, upload_laid
from programs.admin.imports.shown import PER_PAGE, VERDICTS, error_rows, rows_shown
from programs.choices import CheckState
from programs.importing.intake.layout import Choices, Layout
from programs.importing.intake.limits import FileUnreadable
from programs.importing.mapping import mapping_propose
from programs.importing.presets import PRESETS
from programs.models import ImportBatch
from programs.services.checking import waiting_for
from programs.services.importing import (
    ColumnsInvalid,
    ImportNotSo,
    import_columns,
    import_confirm,
    import_drop,
    import_hand_in,
    import_lay_out,
    import_replace,
    import_take_back,
)
from programs.services.importing.exporting import TABLES, csv_lines, xlsx_bytes
from programs.services.importing.handing_in import MAY_APPLY, left_out_of

State = ImportBatch.State
AT_WORK = (State.READING, State.APPLYING, State.UNDOING)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def allow(request: HttpRequest, right: str) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm(f"programs.{right}"):
        raise PermissionDenied
    return request.user


def page(
    request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    crumbs = [("Imports", reverse("admin:programs_importbatch_changelist"))]
    shared = {**admin.site.each_context(request), "title": title, "crumbs": crumbs, **context}
    return TemplateResponse(request, f"admin/programs/imports/{template}", shared, status=status)


def to(batch: ImportBatch, name: str = "change") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:programs_importbatch_{name}", args=[batch.pk]))


def fetch(batch_id: uuid.UUID) -> ImportBatch:
    people = ("source", "created_by", "applied_by", "undone_by")
    return get_object_or_404(ImportBatch.objects.select_related(*people), pk=batch_id)


@csrf_exempt  # reading the token would read the file: its size is looked at first, the token then
def upload_view(request: HttpRequest) -> HttpResponse:
    allow(request, "add_importbatch")
    if request.method != "POST":
        return page(request, "upload.html", title="Import a file", form=UploadForm())
    handler = limit_set(request)
    try:
        declared_check(request)
    except TooLarge as error:
        form = UploadForm()
        return page(
            request, "upload.html", title="Import a file", form=form, too_large=str(error), status=413
        )
    return _upload_checked(request, handler)


@csrf_protect
def _upload_checked(request: HttpRequest, handler: LimitedHandler) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    status = 422
    if handler.too_large:
        form.errors.clear()
        status, words = 413, str(TooLarge())
        return page(request, "upload.html", title="Import a file", form=form, too_large=words, status=status)
    if form.is_valid():
        data, upload = form.cleaned_data, form.cleaned_data["file"]
        try:
            with upload_laid(upload) as path:
                batch = import_hand_in(
                    path=path,
                    file_name=file_name_of(upload),
                    kind=data["kind"],
                    source_name=data["source"],
                    preset=data["preset"],
                    rights=data["rights"],
                    rights_statement=data["rights_statement"],
                    by=allow(request, "add_importbatch"),
                    now=timezone.now(),
                )
            return to(batch, "columns")
        except FileUnreadable as fault:
            form.add_error("file", f"{fault}.")
    return page(request, "upload.html", title="Import a file", form=form, status=status)


@csrf_exempt
def replace_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    allow(request, "add_importbatch")
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    handler = limit_set(request)
    try:
        declared_check(request)
    except TooLarge as error:
        return _told(request, fetch(batch_id), str(error))
    return _replace_checked(request, handler, batch_id)


@csrf_protect
def _replace_checked(request: HttpRequest, handler: LimitedHandler, batch_id: uuid.UUID) -> HttpResponse:
    batch, form = fetch(batch_id), ReplaceForm(request.POST, request.FILES)
    if handler.too_large:
        return _told(request, batch, str(TooLarge()))
    if not form.is_valid():
        return _told(request, batch, "Choose the corrected file first.")
    upload, by = form.cleaned_data["file"], allow(request, "add_importbatch")
    try:
        with upload_laid(upload) as path:
            name = file_name_of(upload)
            new = import_replace(batch=batch, path=path, file_name=name, by=by, now=timezone.now())
    except (FileUnreadable, ImportNotSo) as fault:
        return _told(request, batch, f"{fault}".rstrip(".") + ".")
    messages.success(request, "The corrected file takes the place of the one before, which was dropped.")
    return to(new)


def _told(request: HttpRequest, batch: ImportBatch, words: str) -> HttpResponse:
    messages.error(request, words)
    return to(batch)


def columns_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    allow(request, "add_importbatch")
    batch = fetch(batch_id)
    if batch.state not in (State.UPLOADED, State.READY, State.FAILED):
        return to(batch)
    layout = Layout.of(batch.layout)
    preset = PRESETS.get(batch.preset)
    kept = batch.source.mapping if batch.source else {}
    remembered = kept.get(batch.kind, {})
    mapping = batch.mapping or mapping_propose(
        batch.kind,
        layout.columns,
        remembered=remembered,
        preset=preset.columns if preset else {},
        left_out=kept.get(left_out_of(batch.kind), ()),
    )
    form = ColumnsForm(request.POST or None, batch=batch, mapping=mapping)
    if form.is_bound and form.is_valid():
        try:
            import_columns(batch=batch, mapping=form.mapping, defaults=form.defaults, now=timezone.now())
            return to(batch)
        except (ColumnsInvalid, ImportNotSo) as fault:
            for words in getattr(fault, "faults", [str(fault)]):
                form.add_error(None, words)
    return page(
        request,
        "columns.html",
        title="What the columns are",
        status=422 if form.errors else 200,
        batch=batch,
        layout=layout,
        form=form,
        layout_form=LayoutForm(layout=layout) if batch.state == State.UPLOADED else None,
        remembered=bool(remembered) and not batch.mapping,
        preset=preset,
    )


@require_POST
def layout_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    allow(request, "add_importbatch")
    batch = fetch(batch_id)
    form = LayoutForm(request.POST, layout=Layout.of(batch.layout))
    if not form.is_valid():
        messages.error(request, "The header is one of the first 40 rows.")
        return to(batch, "columns")
    try:
        import_lay_out(batch=batch, choices=Choices(**form.cleaned_data))
    except (FileUnreadable, ImportNotSo) as fault:
        messages.error(request, f"Nothing was changed: {fault}.")
    return to(batch, "columns")


@require_safe
def import_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The import as it stands: at work, to be confirmed, written, undone."""
    by = allow(request, "view_importbatch")
    batch = fetch(batch_id)
    if batch.state == State.UPLOADED:
        return to(batch, "columns")
    if batch.state in AT_WORK:
        return page(request, "progress.html", title=batch.file_name, batch=batch, **_progress(batch))
    return page(request, "import.html", title=batch.file_name, batch=batch, **_preview(request, batch, by))


@require_safe
def progress_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The part of the page that looks again by itself; when the work is over, the page anew."""
    allow(request, "view_importbatch")
    batch = fetch(batch_id)
    if batch.state not in AT_WORK:
        address = reverse("admin:programs_importbatch_change", args=[batch.pk])
        return HttpResponse(headers={"HX-Redirect": address})
    return TemplateResponse(
        request, "admin/programs/imports/_progress.html", {"batch": batch, **_progress(batch)}
    )


def _progress(batch: ImportBatch) -> dict[str, Any]:
    done, total = batch.counts.get("rows", 0), batch.rows_total or batch.layout.get("about") or 0
    return {"done": done, "total": max(total, done), "counted": batch.state == State.READING}


def _preview(request: HttpRequest, batch: ImportBatch, by: User) -> dict[str, Any]:
    counts = batch.counts
    shown = request.GET.get("rows", "")
    if shown not in VERDICTS:
        shown = next(
            (name for name in ("error", "conflict", "change", "add", "same") if counts.get(name)), "add"
        )
    if batch.state == State.UNDONE and counts.get("kept") and "rows" not in request.GET:
        shown = "kept"
    rows = batch.rows.exclude(faults=[]) if shown == "kept" else batch.rows.filter(verdict=shown)
    paginator = Paginator(rows.select_related(None).order_by("number"), PER_PAGE)
    paginator.count = counts.get(shown, 0)  # counted when it was read: no need to count it for every page
    listed = paginator.get_page(request.GET.get("page"))
    waiting = batch.facts.filter(check_state=CheckState.WAITING).count() if batch.counts.get("waiting") else 0
    writes = sum(counts.get(name, 0) for name in ("add", "change", "conflict"))
    return {
        "tabs": [(name, words, counts.get(name, 0)) for name, words in VERDICTS.items()],
        "shown": shown,
        "listed": listed,
        "rows": rows_shown(batch, listed, waits=batch.state != State.APPLIED or waiting > 0),
        "writes": writes,
        "may_apply": by.has_perm(MAY_APPLY),
        "may_add": by.has_perm("programs.add_importbatch"),
        "may_publish": by.has_perm("programs.add_dataversion"),
        "waiting": waiting,
        "waiting_at": waiting_address(),
        "confirmable": waiting_for(batch, by) if waiting else 0,
        "second": batch.created_by_id != by.pk,
        "replace_form": ReplaceForm(),
        "preset": PRESETS.get(batch.preset),
        "columns": [(name, column) for name, column in batch.mapping.items()],
    }


@require_POST
def confirm_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    by = allow(request, "apply_import")
    batch, form = fetch(batch_id), ConfirmForm(request.POST)
    form.is_valid()
    if batch.counts.get("error") and not form.cleaned_data.get("understood"):
        return _told(request, batch, "Say first that the rows with faults are to be left out.")
    try:
        conflicts = form.cleaned_data.get("conflicts") or "leave"
        import_confirm(batch=batch, conflicts=conflicts, by=by, now=timezone.now())
    except ImportNotSo as fault:
        return _told(request, batch, str(fault))
    return to(batch)


@require_POST
def undo_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    by = allow(request, "apply_import")
    batch = fetch(batch_id)
    try:
        import_take_back(batch=batch, by=by, now=timezone.now())
    except ImportNotSo as fault:
        return _told(request, batch, str(fault))
    return to(batch)


@require_POST
def drop_view(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    allow(request, "add_importbatch")
    batch = fetch(batch_id)
    try:
        import_drop(batch=batch)
    except ImportNotSo as fault:
        return _told(request, batch, str(fault))
    messages.success(request, "The import was dropped. Nothing of it was written.")
    return HttpResponseRedirect(reverse("admin:programs_importbatch_changelist"))


@require_safe
def errors_view(request: HttpRequest, batch_id: uuid.UUID) -> StreamingHttpResponse:
    allow(request, "view_importbatch")
    batch = fetch(batch_id)
    lines = csv_lines(("row", "column", "value", "reason"), error_rows(batch))
    return _download(lines, "text/csv; charset=utf-8", f"faults-{str(batch.pk)[:8]}.csv")


@require_safe
def export_view(request: HttpRequest, kind: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """What we hold, in the columns an import reads. Public facts, so no right but to see them."""
    allow(request, "view_programfact" if kind == "facts" else "view_program")
    columns, rows = TABLES[kind]()
    if form == "csv":
        return _download(csv_lines(columns, rows), "text/csv; charset=utf-8", f"{kind}.csv")
    return HttpResponse(
        xlsx_bytes(kind, columns, rows),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{kind}.xlsx"'},
    )


def _download(lines: Any, content_type: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)
