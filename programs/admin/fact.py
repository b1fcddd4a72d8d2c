from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programs.admin.base import DeskAdmin
from programs.admin.checking import batch_confirm_view, check_view
from programs.admin.fact_words import fact_says, fact_standing
from programs.admin.filters import OriginFilter
from programs.admin.freshness import read_again_view
from programs.admin.publishing import Publishes
from programs.admin.trail import fact_back_view, fact_trail_view
from programs.choices import COUNTED, CheckState
from programs.current import conflicts_of
from programs.models import ProgramFact
from programs.search import search_words
from programs.services import fact_change, fact_delete, fact_record
from programs.services.facts import fact_value_set

STATED = (
    "program", "field", "value_as_stated", "strictness", "source_kind", "confidence", "url", "source",
    "page_year", "season", "observed_on", "note",
)  # fmt: skip
SHOWN = ("standing", "origin")
DATES = ("page_year", "season", "observed_on")
# Where a fault of the row is shown on the form.
PLACES = {"value_code": "value", "value_number": "value", NON_FIELD_ERRORS: None}


class FactForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """One typed value in one box; what it may be follows from the field."""

    value = forms.CharField(
        required=False,
        max_length=30,
        help_text="A number or one of the field's codes (none: no limit). Empty where it cannot be typed: "
        "the statement is then shown as it is and counts as unknown.",
    )

    url = forms.URLField(
        required=False,
        max_length=400,
        label="URL",
        assume_scheme="https",
        help_text="Or name the source below.",
    )

    class Meta:
        model = ProgramFact
        fields = STATED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.instance.value
        self.initial.setdefault("value", f"{value:g}" if isinstance(value, float) else value or "")

    def clean(self) -> dict[str, Any]:
        """The same check as the service's, so that a fault is shown beside its box."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        # The model's own check comes after this one: it may not meet the old value under a new field.
        self.instance.value_number, self.instance.value_code = None, ""
        if self.errors:
            return data
        fact = ProgramFact(**{name: data[name] for name in STATED})
        try:
            fact_value_set(fact, data["value"])
        except ValidationError as error:
            for name, faults in error.message_dict.items():
                place = {"value_code": "value", "value_number": "value", NON_FIELD_ERRORS: None}.get(
                    name, name
                )
                self.add_error(place, faults)
        return data


@admin.register(ProgramFact)
class ProgramFactAdmin(Publishes, DeskAdmin[ProgramFact]):
    """Facts recorded by hand are edited here; those from fixtures/ are read here and mended there."""

    form = FactForm
    list_display = (
        "program", "field", "says", "strictness", "source_kind", "page_year", "confidence", "is_current",
        "reader",
    )  # fmt: skip
    list_filter = (
        "check_state",
        "is_current",
        OriginFilter,
        "strictness",
        "source_kind",
        "confidence",
        "field",
    )
    list_select_related = ("program",)
    ordering = ("-id",)
    search_fields = ("program__search_text",)
    search_help_text = "The program: name, institution, city or code."
    actions = ("publish",)
    autocomplete_fields = ("program",)
    readonly_fields = SHOWN
    fieldsets = (
        (
            None,
            {"fields": ("program", "field", "value", "value_as_stated", "strictness", "standing", "origin")},
        ),
        (
            "Source",
            {
                "fields": (
                    "source_kind",
                    "url",
                    "source",
                    ("page_year", "season", "observed_on"),
                    "confidence",
                )
            },
        ),
        (None, {"fields": ("note",)}),
    )

    def has_change_permission(self, request: HttpRequest, obj: ProgramFact | None = None) -> bool:
        by_hand = not (obj is not None and (obj.from_file or obj.roster_id))
        return by_hand and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ProgramFact | None = None) -> bool:
        by_hand = not (obj is not None and (obj.from_file or obj.roster_id))
        return by_hand and super().has_delete_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: ProgramFact | None = None) -> Any:
        """A fact that is only read has no form: its value is shown as it is said."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        (_, first), *rest = self.fieldsets
        names = tuple("says" if name == "value" else name for name in first["fields"])
        return [(None, {"fields": names}), *rest]

    def get_readonly_fields(self, request: HttpRequest, obj: ProgramFact | None = None) -> Any:
        return (*self.readonly_fields, "says")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ProgramFact], search_term: str
    ) -> tuple[QuerySet[ProgramFact], bool]:
        words = search_words(search_term)
        if search_term.strip() and not words:
            return queryset.none(), False
        for word in words:
            queryset = queryset.filter(program__search_text__contains=word)
        return queryset, False

    def save_model(self, request: HttpRequest, obj: ProgramFact, form: Any, change: bool) -> None:
        value, by = form.cleaned_data["value"], cast(User, request.user)
        if change:
            fact_change(fact=obj, value=value, by=by)
            self._tell(request, obj)
            return
        saved = fact_record(value=value, by=by, **{name: form.cleaned_data[name] for name in STATED})
        obj.pk, obj.is_current, obj.check_state = saved.pk, saved.is_current, saved.check_state
        self._tell(request, obj)
        obj._state.adding = False

    def delete_model(self, request: HttpRequest, obj: ProgramFact) -> None:
        fact_delete(fact=obj, by=cast(User, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ProgramFact]) -> None:
        for fact in queryset:
            fact_delete(fact=fact, by=cast(User, request.user))

    def _tell(self, request: HttpRequest, fact: ProgramFact) -> None:
        if fact.check_state == CheckState.WAITING:
            messages.info(request, "It may close the program: it counts when a second person has read it.")

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("<int:fact_id>/check/", check_view, "programs_programfact_check"),
            ("<int:fact_id>/read-again/", read_again_view, "programs_programfact_read_again"),
            ("confirm-import/<uuid:batch_id>/", batch_confirm_view, "programs_importbatch_confirm_facts"),
            ("put-back/<int:history_id>/", fact_back_view, "programs_programfact_back"),
        )
        own = [path(at, self.admin_site.admin_view(view), name=name) for at, view, name in pages]
        return [*own, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        return fact_trail_view(request, int(object_id))

    @admin.display(description="second reader", ordering="check_state")
    def reader(self, fact: ProgramFact) -> SafeString | str:
        if fact.check_state == CheckState.NOT_NEEDED:
            return "–"
        page = reverse("admin:programs_programfact_check", args=[fact.pk])
        return format_html('<a href="{}">{}</a>', page, fact.get_check_state_display())

    @admin.display(description="says")
    def says(self, fact: ProgramFact) -> str:
        return fact_says(fact)

    @admin.display(description="counts")
    def standing(self, fact: ProgramFact) -> str:
        if fact.pk is None:
            return "The rule decides when it is saved."
        others = ProgramFact.objects.filter(
            program=fact.program_id, field=fact.field, check_state__in=COUNTED
        )
        return fact_standing(fact, conflicts_of(fact.value, [other.value for other in others]))

    @admin.display(description="origin")
    def origin(self, fact: ProgramFact) -> str:
        if fact.roster_id:
            return "Counted from a roster: change that, and it is counted anew."
        if fact.from_file:
            return "From fixtures/: mend it there, or record what the program says now beside it."
        return "Recorded by hand."
