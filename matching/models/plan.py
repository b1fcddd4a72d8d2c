import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .match import Match


class Plan(models.Model):
    """What a person means to do until applications open: one of each account or visitor.

    It stands on a match, whose profile says what is done already. ``document`` is the plan as reckoned when
    it was made or when something was done: it is read, never reckoned again on the way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # RESTRICT, as for lists: a match with a plan is not deleted on its own, an account goes with all it owns.
    match = models.ForeignKey(Match, on_delete=models.RESTRICT, related_name="plans")
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="plan"
    )
    visitor = models.UUIDField(null=True, unique=True)
    season = models.CharField(max_length=4, help_text="The season planned for, by its Match week.")
    applied_before = models.BooleanField(null=True, help_text="Null: she has not said.")
    chosen = models.JSONField(default=list, help_text="Codes of the steps she chose, as in a kept scenario.")
    document = models.JSONField(help_text="The plan as last reckoned.")
    as_of = models.DateField(help_text="The day it was reckoned.")
    feed_token = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    remind = models.BooleanField(
        default=False, help_text="Whether mail about steps that fall due is asked for."
    )
    stop_token = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    reminded_on = models.DateField(null=True, help_text="The day of the last reminder.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="plan_one_owner",
                condition=Q(owner__isnull=False, visitor__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=False),
            ),
            # Mail goes to a proven address, which only an account has; and every mail can be stopped.
            models.CheckConstraint(
                name="plan_reminds_accounts",
                condition=Q(remind=False) | Q(owner__isnull=False, stop_token__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"plan for {self.season}"


class PlanStep(models.Model):
    """Where a person stands with one step of her plan; a step she has not touched has no row."""

    class State(models.TextChoices):
        OPEN = "open", "to do"
        DONE = "done", "done"
        SNOOZED = "snoozed", "later"
        DROPPED = "dropped", "not for me"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=60, help_text="As in the plan's document: an action or a task.")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    snoozed_until = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=200, blank=True, help_text="What it was called when it was done.")
    done_on = models.DateField(null=True)
    before = models.JSONField(null=True, help_text="The profile before it was done, to take it back.")
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "plan step"
        ordering = ("plan", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "code"], condition=Q(program__isnull=True), name="step_once"
            ),
            models.UniqueConstraint(fields=["plan", "code", "program"], name="step_at_program_once"),
            models.CheckConstraint(name="step_has_code", condition=~Q(code="")),
            models.CheckConstraint(
                name="step_state_known", condition=Q(state__in=("open", "done", "snoozed", "dropped"))
            ),
            models.CheckConstraint(
                name="step_dates_with_state",
                condition=Q(state="done", done_on__isnull=False, snoozed_until__isnull=True)
                | Q(state="snoozed", snoozed_until__isnull=False, done_on__isnull=True)
                | Q(state__in=("open", "dropped"), done_on__isnull=True, snoozed_until__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
