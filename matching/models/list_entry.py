from django.db import models
from django.db.models import F, Q

from .saved_list import SavedList


def unit(field: str) -> Q:
    # "is not null" said in words: a check that comes out as null counts as passed.
    return Q(**{f"{field}__isnull": False, f"{field}__gte": 0, f"{field}__lte": 1})


class ListEntry(models.Model):
    """One program of a list: where its owner stands with it, and the odds it had when last judged."""

    class Tier(models.TextChoices):
        SAFETY = "safety", "safety"
        TARGET = "target", "target"
        REACH = "reach", "reach"

    class Status(models.TextChoices):
        PLAN = "plan", "plan to apply"
        APPLIED = "applied", "applied"
        INVITED = "invited", "invited"
        DECLINED = "declined", "declined"
        INTERVIEWED = "interviewed", "interviewed"
        RANKED = "ranked", "ranked"

    class Signal(models.TextChoices):
        GOLD = "gold", "gold signal"
        SILVER = "silver", "silver signal"
        SIGNAL = "signal", "signal"

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="entries")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    tier = models.CharField(
        max_length=8, choices=Tier, blank=True, help_text="Blank where there are no odds."
    )
    probability = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.PLAN)
    signal = models.CharField(max_length=8, choices=Signal, blank=True, help_text="Blank where none is sent.")
    note = models.CharField(max_length=500, blank=True)
    shown = models.JSONField(default=dict, help_text="What else the last judging said: fit, reasons, closed.")

    class Meta:
        verbose_name_plural = "list entries"
        ordering = ("saved_list", "position")
        constraints = (
            models.UniqueConstraint(fields=["saved_list", "program"], name="entry_program_once"),
            models.UniqueConstraint(fields=["saved_list", "position"], name="entry_position_once"),
            models.CheckConstraint(name="entry_position_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="entry_tier_known", condition=Q(tier__in=("safety", "target", "reach", ""))
            ),
            models.CheckConstraint(
                name="entry_status_known",
                condition=Q(status__in=("plan", "applied", "invited", "declined", "interviewed", "ranked")),
            ),
            models.CheckConstraint(
                name="entry_signal_known", condition=Q(signal__in=("gold", "silver", "signal", ""))
            ),
            # All three numbers or none: an abstained row has no odds, and half a range means nothing.
            models.CheckConstraint(
                name="entry_range_whole",
                condition=Q(probability__isnull=True, low__isnull=True, high__isnull=True)
                | (unit("probability") & unit("low") & unit("high") & Q(low__lte=F("high"))),
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.program_id}"
