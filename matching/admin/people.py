"""What every page of the desk about people has in common: only what one may see is there, and who looked is
written down."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from matching.access import OPENED, REFUSED, SEARCHED, access_note
from matching.caseload import Reader
from programs.admin.base import DeskAdmin, ReadOnlyAdmin

M = TypeVar("M", bound=Model)
# Where one of these is in the address somebody looks for a person, more than at the day's list.
PAGING = {"o", "p", "all"}


class Scoped(DeskAdmin[M]):
    """Rows outside ``visible`` are as if they were not there: in lists, searches, filters, counts, links."""

    visible: Callable[[Reader], QuerySet[Any]]

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(pk__in=type(self).visible(request.user).order_by().values("pk"))

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Another's row and none at all look the same: not found, and no message that repeats the address."""
        there = None if request.user.is_superuser else self._outside(object_id)
        if there is not None:
            access_note(request, REFUSED, there, rows=0)
        raise Http404

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """An account or a list goes with all that hangs on it, also what nobody deletes by itself."""
        named, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return named, counts, set() if request.user.is_superuser else lacking, protected

    def _outside(self, object_id: str) -> M | None:
        try:
            return self.model._base_manager.only("pk").filter(pk=object_id).first()
        except (ValueError, ValidationError):
            return None


class Guarded(Scoped[M]):
    """A page about people: who opened, searched or was refused is noted. ``subjects``: whose a row is."""

    def subjects(self, obj: M) -> Iterable[User | None]:
        return [getattr(obj, "owner", None)]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M | None:
        found = super().get_object(request, object_id, from_field)
        request.desk_object = found  # type: ignore[attr-defined]
        return found

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._noted(
            request, lambda: super(Guarded, self).change_view(request, object_id, *args, **kwargs)
        )

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._noted(
            request, lambda: super(Guarded, self).delete_view(request, object_id, *args, **kwargs)
        )

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._noted(
            request, lambda: super(Guarded, self).history_view(request, object_id, *args, **kwargs)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            response = super().changelist_view(request, extra_context)
        except PermissionDenied:
            access_note(request, REFUSED, self.model, rows=0)
            raise
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None and request.method == "GET" and set(request.GET) - PAGING:
            access_note(request, SEARCHED, self.model, rows=listed.result_count)
        return response

    def _noted(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
        """What was opened is noted when it was: not where the answer is that it may not be."""
        try:
            if not self.has_view_or_change_permission(request):
                raise PermissionDenied  # before anything is looked up: not theirs to find out what is there
            response = view()
        except PermissionDenied:
            access_note(request, REFUSED, self.model, rows=0)
            raise
        obj: M | None = getattr(request, "desk_object", None)
        if obj is not None and obj.pk is not None:
            for subject in self.subjects(obj):
                access_note(request, OPENED, obj, subject)
        return response


class PeopleAdmin(Guarded[M], ReadOnlyAdmin[M]):
    """Rows about people that services make and nobody edits at the desk."""
