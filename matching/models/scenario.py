import uuid

from django.db import models
from django.db.models import F, Q

from .match import Match

MOST_KEPT = 3


class Scenario(models.Model):
    """What an applicant tries out on top of one match: the one at hand (place 0), and up to three she keeps.

    Whose it is follows from its match. The profile itself is never changed by trying.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="scenarios")
    place = models.PositiveSmallIntegerField(default=0, help_text="0: being tried; from 1: kept beside it.")
    name = models.CharField(max_length=80, blank=True)
    changes = models.JSONField(default=dict, help_text="Each control that was moved, with where it stands.")
    earlier = models.JSONField(default=list, help_text="What the changes were before, the last one last.")
    figures = models.JSONField(null=True, help_text="What the list would bring, as last reckoned.")
    token = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    shared_until = models.DateTimeField(null=True, help_text="When the private link ends.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("match", "place")
        constraints = (
            models.UniqueConstraint(fields=["match", "place"], name="scenario_place_once"),
            models.CheckConstraint(name="scenario_place_in_range", condition=Q(place__lte=MOST_KEPT)),
            models.CheckConstraint(
                name="scenario_link_ends",
                condition=Q(token__isnull=True, shared_until__isnull=True)
                | Q(token__isnull=False, shared_until__isnull=False, shared_until__gt=F("created_at")),
            ),
        )

    def __str__(self) -> str:
        return self.name or f"scenario {self.place}"
