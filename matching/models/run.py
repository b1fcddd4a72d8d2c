from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    def claimable(self, *, now: datetime) -> Self:
        """What a worker may take: waiting, or in the hands of one that let its lease run out."""
        return self.filter(
            Q(state=MatchRun.State.QUEUED) | Q(state=MatchRun.State.RUNNING, claimed_until__lt=now)
        )

    def unheard(self, *, now: datetime, grace: timedelta) -> Self:
        """Claimable, and the last ring is not to be counted on: lost, or heard by one that died."""
        return self.claimable(now=now).filter(
            Q(rung_at__lt=now - grace) | Q(state=MatchRun.State.RUNNING, rung_at__lt=F("claimed_until"))
        )


class MatchRun(models.Model):
    """One scoring of one profile, addressed by what goes in: the same input is the same run.

    Nobody owns a run, people own a Match that points to one. Once done it is never written again: it keeps
    the model and data version it was made with, so an old answer stays readable and explainable.
    The row is also the queue: state, claim and lease say who works on it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    digest = models.CharField(max_length=64, unique=True, editable=False)
    profile = models.JSONField()
    options = models.JSONField()
    season = models.CharField(max_length=4)
    as_of = models.DateField(help_text="The day the applicant's dates are counted to.")
    model_version = models.CharField(max_length=64)
    data_version = models.CharField(max_length=64)

    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it failed, fit to be shown.")
    result = models.BinaryField(null=True, editable=False)
    whole = models.BinaryField(null=True, editable=False, help_text="Odds of every track, for browsing.")
    step = models.PositiveSmallIntegerField(default=0, help_text="How many steps of the work are done.")
    claim_token = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, help_text="The lease: after it anyone may claim the run.")
    attempts = models.PositiveSmallIntegerField(default=0)
    rung_at = models.DateTimeField(help_text="When a worker was last told of it.")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        verbose_name = "run"
        ordering = ("-created_at", "-id")
        indexes = (
            # What the ring looks for: a handful of rows among very many done ones.
            models.Index(
                fields=["state", "rung_at"], condition=Q(state__in=("queued", "running")), name="run_open"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="run_state_known", condition=Q(state__in=("queued", "running", "done", "failed"))
            ),
            models.CheckConstraint(
                name="run_result_when_done",
                condition=Q(state="done", result__isnull=False) | (~Q(state="done") & Q(result__isnull=True)),
            ),
            models.CheckConstraint(
                name="run_claim_when_running",
                condition=Q(state="running", claim_token__isnull=False, claimed_until__isnull=False)
                | (~Q(state="running") & Q(claim_token__isnull=True, claimed_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="run_reason_when_failed",
                condition=(Q(state="failed") & ~Q(reason="")) | (~Q(state="failed") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="run_finished_when_over",
                condition=Q(state__in=("done", "failed"), finished_at__isnull=False)
                | (~Q(state__in=("done", "failed")) & Q(finished_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"run {self.pk} ({self.state})"
