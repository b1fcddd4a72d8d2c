"""What every page of the desk has in common."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

M = TypeVar("M", bound=Model)

# Generic for the type checker only.
if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin
else:

    class ModelAdmin(admin.ModelAdmin):
        def __class_getitem__(cls, model: object) -> type:
            return cls


class DeskAdmin(ModelAdmin[M]):
    """A list that is cheap to open and that the address bar can filter only by what the page offers."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Django lets any column of the model be asked for in the address, and a column that is not shown
        (a token, a session's id) could be guessed letter by letter."""
        offered = {str(getattr(entry, "parameter_name", entry)) for entry in self.list_filter}
        if self.date_hierarchy:
            offered.add(self.date_hierarchy)
        return lookup.split("__", maxsplit=1)[0] in offered and super().lookup_allowed(lookup, value, request)


class ReadOnlyAdmin(DeskAdmin[M]):
    """Rows that services make and nobody edits. Who may delete them can: an account goes with all it owns."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class NoDelete:
    """Rows that stay as long as the catalogue: others point to them, or files put them back."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


if TYPE_CHECKING:
    TabularInline = admin.TabularInline
else:

    class TabularInline(admin.TabularInline):
        def __class_getitem__(cls, models: object) -> type:
            return cls


P = TypeVar("P", bound=Model)


class ReadOnlyInline(TabularInline[M, P]):
    """Rows beside their parent, to be read."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
