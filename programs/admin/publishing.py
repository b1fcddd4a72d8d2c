from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction
from django.http import HttpRequest

from programs.models import DataVersion
from programs.services import data_version_publish
from programs.snapshot import version_current

if TYPE_CHECKING:
    from django.db.models import QuerySet


PUBLISHED = "Published"


def may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm("programs.add_dataversion")


@transaction.atomic
def version_publish(request: HttpRequest) -> None:
    """Publishes the catalogue as it is, notes who did and when, and says what came of it."""
    before = version_current()
    version = data_version_publish()
    if version.version != before:
        _note(request, version)
    counts = f"{version.program_count:,} programs and {version.fact_count:,} facts"
    if version.version == before:
        messages.info(request, f"Nothing has changed since {version}, which stays current: {counts}.")
    else:
        messages.success(request, f"Published {version}: {counts}. New matches use it from now on.")


def _note(request: HttpRequest, version: DataVersion) -> None:
    """The audit of the desk: on the version's own history and among what its publisher did last."""
    assert request.user.pk is not None  # who may publish is somebody
    LogEntry.objects.log_actions(
        user_id=request.user.pk,
        queryset=[version],
        action_flag=ADDITION,
        change_message=PUBLISHED,
        single_object=True,
    )


class Publishes:
    """The action beside lists whose rows a data version is made of."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request)

    @admin.action(description="Publish a new data version (all programs)", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        version_publish(request)
