"""The queue: reviews the most endangered first."""

from matching.models import Review
from programs.admin.base import ReadOnlyAdmin


class QueueMixin(ReadOnlyAdmin[Review]):
    """What the list of reviews shows and does."""

    list_display = ("code", "state", "danger", "submitted_at")
