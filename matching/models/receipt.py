from django.db import models
from django.db.models import F, Q

from .run import MatchRun


class ModelVersion(models.Model):
    """The parameters a version of the model had: kept, so that an old answer can be split from a new one."""

    version = models.CharField(primary_key=True, max_length=64)
    season = models.CharField(max_length=4)
    parameters = models.JSONField(help_text="The rows of the parameter file.")
    first_used_at = models.DateTimeField()

    class Meta:
        verbose_name = "model version"
        ordering = ("-first_used_at",)

    def __str__(self) -> str:
        return self.version


class Receipt(models.Model):
    """Why one answer differs from another: worked out once for two runs, and gone with either."""

    before = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="+")
    document = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["before", "after"], name="receipt_once"),
            models.CheckConstraint(name="receipt_of_two", condition=~Q(before=F("after"))),
        )

    def __str__(self) -> str:
        return f"receipt {self.before_id} to {self.after_id}"
