from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from programs.admin.base import DeskAdmin
from programs.admin.pages import allow, page_render
from programs.admin.roster_form import RosterForm, initial_of, posted
from programs.choices import SourceKind
from programs.models import Resident, Roster
from programs.roster_rows import COLUMNS, IMGS, LABELS, roster_counts
from programs.search import search_words
from programs.services.rosters import RosterInvalid, roster_delete, roster_rows, roster_write

WORDS = {
    "residents_total": "residents",
    "residents_img": "IMGs",
    "residents_us_img": "US-citizen IMGs",
    "residents_non_us_img": "other IMGs",
}
KINDS = [(kind.value, kind.label) for kind in Resident.Kind]


@admin.register(Roster)
class RosterAdmin(DeskAdmin[Roster]):
    """Lists of residents, without names, and what is counted from them. Entered on a page of their own."""

    list_display = ("program", "season", "residents_listed", "imgs", "complete", "source_kind", "observed_on")
    list_filter = ("complete", "source_kind", "season")
    list_select_related = ("program",)
    ordering = ("-updated_at",)
    search_fields = ("program__search_text",)
    search_help_text = "The program: name, institution, city or code."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Roster]:
        imgs = Count("residents", filter=Q(residents__kind__in=IMGS))
        return super().get_queryset(request).annotate(listed=Count("residents"), img_count=imgs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Roster], search_term: str
    ) -> tuple[QuerySet[Roster], bool]:
        words = search_words(search_term)
        if search_term.strip() and not words:
            return queryset.none(), False
        for word in words:
            queryset = queryset.filter(program__search_text__contains=word)
        return queryset, False

    @admin.display(description="residents", ordering="listed")
    def residents_listed(self, roster: Roster) -> int:
        return int(getattr(roster, "listed", 0))

    @admin.display(description="IMGs listed", ordering="img_count")
    def imgs(self, roster: Roster) -> int:
        return int(getattr(roster, "img_count", 0))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return roster_view(request, None)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        pk = object_id if object_id.isascii() and object_id.isdigit() else 0
        return roster_view(request, get_object_or_404(Roster.objects.select_related("program"), pk=pk))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is counted from a roster goes with it: who may delete the one may have the other go."""
        found, counts, _, protected = super().get_deleted_objects(objs, request)
        return found, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Roster) -> None:
        roster_delete(roster=obj, user=allow(request, "delete_roster"), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Roster]) -> None:
        for roster in queryset:
            self.delete_model(request, roster)


def roster_view(request: HttpRequest, roster: Roster | None) -> HttpResponse:
    """A roster as lines or in a table: looked at first, or written at once where nothing is wrong."""
    sends = request.method == "POST"
    may = request.user.has_perm(f"programs.{'change' if roster else 'add'}_roster")
    if not may and (sends or roster is None or not request.user.has_perm("programs.view_roster")):
        raise PermissionDenied
    if sends:
        form = RosterForm(posted(request.POST))
        if form.whole and "write" in request.POST and (written := _write(request, form, roster)):
            return HttpResponseRedirect(reverse("admin:programs_roster_change", args=[written.pk]))
    else:
        form = RosterForm(initial=_initial(request, roster))
    return _page(request, form, roster, may=may)


def _initial(request: HttpRequest, roster: Roster | None) -> dict[str, Any]:
    if roster is not None:
        return initial_of(roster, roster_rows(roster))
    today = timezone.localdate()
    # Training years end in June: from July on it is that of next year.
    season = today.year + (today.month > 6)
    return {
        "program": request.GET.get("program", ""),
        "season": season,
        "observed_on": today,
        "source_kind": SourceKind.PROGRAM_PAGE,
        "complete": True,
    }


def _write(request: HttpRequest, form: RosterForm, roster: Roster | None) -> Roster | None:
    """None where the service refuses it; the form says why."""
    data = form.cleaned_data
    if roster is not None and (roster.program_id, roster.season) != (data["program"].pk, data["season"]):
        form.add_error("season", "This is the roster of another program or season: add that one instead.")
        return None
    by = allow(request, "change_roster" if roster else "add_roster")
    if roster is None and Roster.objects.filter(program=data["program"], season=data["season"]).exists():
        form.add_error("season", "There is a roster of this season already: open it and change it.")
        return None
    named = ("season", "complete", "observed_on", "url", "source")
    try:
        written = roster_write(
            program=data["program"],
            rows=form.rows,
            source_kind=SourceKind(data["source_kind"]),
            user=by,
            now=timezone.now(),
            **{name: data[name] for name in named},
        )
    except (RosterInvalid, ValidationError) as refused:
        form.add_error(None, str(refused) if isinstance(refused, RosterInvalid) else refused.messages)
        return None
    messages.success(request, _said(form))
    return written


def _said(form: RosterForm) -> str:
    told = f"{len(form.rows)} residents written."
    if not form.cleaned_data["complete"]:
        return f"{told} The roster is not whole, so nothing is counted from it."
    return f"{told} What is counted from them is a fact now, and is used from the next publishing on."


def _page(request: HttpRequest, form: RosterForm, roster: Roster | None, *, may: bool) -> HttpResponse:
    sends = form.is_bound
    if not sends:  # what is written is shown as it is read
        form.faults = []
    as_table = request.POST.get("to") == "table" or ("as_table" in request.POST and "to" not in request.POST)
    rows = form.rows if sends else list(roster_rows(roster)) if roster else []
    counts = roster_counts([row.kind for row in rows]) if rows and not form.faults else {}
    return page_render(
        request,
        "roster.html",
        title=f"Roster {roster.season}" if roster else "Add a roster",
        here="programs",
        crumbs=_crumbs(roster),
        status=422 if sends and "write" in request.POST else 200,
        form=form,
        roster=roster,
        as_table=as_table,
        columns=[(name, LABELS[name]) for name in COLUMNS],
        kinds=KINDS,
        counts=[(WORDS[field], counts[field]) for field in WORDS if field in counts],
        rows=rows,
        looked=sends and bool(rows),
        may=may,
    )


def _crumbs(roster: Roster | None) -> list[tuple[str, str]]:
    crumbs = [("Rosters", reverse("admin:programs_roster_changelist"))]
    if roster is not None:
        program = roster.program
        crumbs.append((program.name, reverse("admin:programs_program_change", args=[program.pk])))
    return crumbs
