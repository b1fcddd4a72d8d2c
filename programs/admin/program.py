import re
from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programs.admin.base import DeskAdmin, NoDelete, ReadOnlyInline
from programs.admin.deciding import decide_view, undo_view
from programs.admin.entering import enter_view
from programs.admin.fact_words import fact_says, fact_source, fact_standing
from programs.admin.filters import RingFilter, StateFilter
from programs.admin.freshness import freshness_view
from programs.admin.merging import merge_view
from programs.admin.publishing import Publishes
from programs.admin.trail import program_back_view, program_trail_view
from programs.choices import COUNTED
from programs.current import Value, conflicts_of
from programs.models import Program, ProgramFact
from programs.search import search_words

FILES_DECIDE = (
    "The catalogue's files say these. What the desk decides over them, with a reason, holds through every "
    "later load. Facts recorded by hand stay."
)


class FactInline(ReadOnlyInline[ProgramFact, Program]):
    """What is said of the program, by whom and when, and which statement counts."""

    model = ProgramFact
    fields = ("label", "says", "standing", "strictness", "from_where", "observed_on", "confidence", "note")
    readonly_fields = ("label", "says", "standing", "from_where")
    ordering = ("field", "-is_current", "id")
    verbose_name_plural = "facts"

    def get_formset(self, request: HttpRequest, obj: Program | None = None, **kwargs: Any) -> Any:
        # Django makes an inline for each request: what its rows are compared with is read here, once.
        self.said: dict[str, list[Value]] = defaultdict(list)
        counted = ProgramFact.objects.filter(program=obj, check_state__in=COUNTED)
        rows = counted.values_list("field", "value_number", "value_code")
        for field, number, code in rows:
            self.said[field].append(number if number is not None else code or None)
        return super().get_formset(request, obj, **kwargs)

    @admin.display(description="field")
    def label(self, fact: ProgramFact) -> str:
        page = reverse("admin:programs_programfact_change", args=[fact.pk])
        return format_html('<a href="{}">{}</a>', page, fact.get_field_display())

    @admin.display(description="says")
    def says(self, fact: ProgramFact) -> str:
        return fact_says(fact)

    @admin.display(description="source")
    def from_where(self, fact: ProgramFact) -> str:
        return fact_source(fact)

    @admin.display(description="counts")
    def standing(self, fact: ProgramFact) -> str:
        return fact_standing(fact, conflicts_of(fact.value, self.said[fact.field]))


@admin.register(Program)
class ProgramAdmin(Publishes, NoDelete, DeskAdmin[Program]):
    """Ids are minted with fixtures/programs.csv, so none is added or deleted here; and what the files say is
    changed by a decision alone, so that the next load knows of it."""

    list_display = (
        "name", "id", "specialty", "track", "place", "where", "listing_status", "retired_on", "facts_held",
    )  # fmt: skip
    list_filter = (
        "specialty", RingFilter, StateFilter, "listing_status", "track",
        ("retired_on", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("specialty",)
    ordering = ("name", "id")
    search_fields = ("search_text",)
    search_help_text = "Name, other name, institution, city, or any code (ours, ACGME, NRMP)."
    actions = ("publish",)
    readonly_fields = ("id", "program_key", "where", "in_los_angeles_county", "updated_at", "pages")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("id", "program_key", "pages"),
                    "name",
                    "aliases",
                    "institution",
                    ("specialty", "track"),
                    ("acgme_id", "nrmp_code"),
                    ("same_as", "retired_on"),
                ),
                "description": FILES_DECIDE,
            },
        ),
        (
            "Place",
            {
                "fields": (
                    ("city", "county", "state"),
                    ("latitude", "longitude"),
                    ("where", "in_los_angeles_county"),
                )
            },
        ),
        ("Listing", {"fields": (("listing_status", "last_listed_year"), "seen_in", "updated_at")}),
    )
    inlines = (FactInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Program | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("freshness/", freshness_view, "programs_freshness"),
            ("<str:program_id>/enter/", enter_view, "programs_program_enter"),
            ("<str:program_id>/decide/", decide_view, "programs_program_decide"),
            ("<str:program_id>/merge/", merge_view, "programs_program_merge"),
            ("undo/<int:decision_id>/", undo_view, "programs_override_undo"),
            ("put-back/<int:history_id>/", program_back_view, "programs_program_back"),
        )
        own = [path(at, self.admin_site.admin_view(view), name=name) for at, view, name in pages]
        return [*own, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return program_trail_view(request, object_id)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Program]:
        held = Count("facts", filter=Q(facts__is_current=True))
        return super().get_queryset(request).defer("search_text").annotate(fact_count=held)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Program], search_term: str
    ) -> tuple[QuerySet[Program], bool]:
        """As the public search: every word somewhere in names, institution, city or codes."""
        if not search_term.strip():
            return queryset, False
        words = search_words(search_term)
        if not words:
            return queryset.none(), False
        found = Q()
        for word in words:
            found &= Q(search_text__contains=word)
        if re.fullmatch(r"\s*\w+\s*", search_term):
            found |= Q(program_key__iexact=search_term.strip())
        return queryset.filter(found), False

    @admin.display(description="place", ordering="state")
    def place(self, program: Program) -> str:
        return ", ".join(part for part in (program.city, program.state) if part)

    @admin.display(description="ring", ordering="ring")
    def where(self, program: Program) -> str:
        return program.ring_words

    @admin.display(description="facts", ordering="fact_count")
    def facts_held(self, program: Program) -> int:
        return int(getattr(program, "fact_count", 0))

    @admin.display(description="see also")
    def pages(self, program: Program) -> SafeString | str:
        if not program.pk:
            return ""
        return format_html(
            '<a href="{}">Public page</a> · <a href="{}?q={}">Rosters</a> · '
            '<a href="{}?program={}">Add a roster</a>',
            reverse("programs:detail", args=[program.pk]),
            reverse("admin:programs_roster_changelist"),
            program.pk,
            reverse("admin:programs_roster_add"),
            program.pk,
        )
