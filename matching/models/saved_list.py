import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .match import Match


class SavedList(models.Model):
    """Programs an applicant means to apply to: hers to change, and each change can be gone back on.

    The odds beside them are those of the match it stands on, until she asks for new ones: later data or a
    later model does not move it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # RESTRICT, not PROTECT: a match with lists is not deleted on its own, an account goes with all it owns.
    match = models.ForeignKey(Match, on_delete=models.RESTRICT, related_name="lists")
    name = models.CharField(max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="saved_lists"
    )
    visitor = models.UUIDField(null=True, db_index=True)
    note = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Number of the last change.")
    figures = models.JSONField(null=True, help_text="What the whole list may bring, as last judged.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "saved list"
        ordering = ("-created_at", "id")
        constraints = (
            models.CheckConstraint(
                name="list_one_owner",
                condition=Q(owner__isnull=False, visitor__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=False),
            ),
            models.CheckConstraint(name="list_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="list_version_from_one", condition=Q(version__gte=1)),
        )

    def __str__(self) -> str:
        return self.name
