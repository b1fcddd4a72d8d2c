from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest

from programs.services import data_version_publish
from programs.snapshot import version_current

if TYPE_CHECKING:
    from django.db.models import QuerySet


def may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm("programs.add_dataversion")


def version_publish(request: HttpRequest) -> None:
    """Publishes the catalogue as it is and says what came of it."""
    before = version_current()
    version = data_version_publish()
    counts = f"{version.program_count:,} programs and {version.fact_count:,} facts"
    if version.version == before:
        messages.info(request, f"Nothing has changed since {version}, which stays current: {counts}.")
    else:
        messages.success(request, f"Published {version}: {counts}. New matches use it from now on.")


class Publishes:
    """The action beside lists whose rows a data version is made of."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request)

    @admin.action(description="Publish a new data version (all programs)", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        version_publish(request)
