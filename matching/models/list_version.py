from django.db import models
from django.db.models import Q

from .saved_list import SavedList


class ListVersion(models.Model):
    """A list as it was after one change. Only its name may change later: to undo is to copy one back."""

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    entries = models.JSONField(help_text="Programs in order, with signal, status and note.")
    change = models.CharField(max_length=200, help_text="What was done, in words.")
    name = models.CharField(max_length=120, blank=True, help_text="What its owner calls it: kept for good.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("saved_list", "-number")
        constraints = (
            models.UniqueConstraint(fields=["saved_list", "number"], name="version_number_once"),
            models.CheckConstraint(name="version_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="version_says_change", condition=~Q(change="")),
        )

    def __str__(self) -> str:
        return f"version {self.number}"
