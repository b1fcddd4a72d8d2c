from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.fact_fields import FACT_FIELDS
from programs.models.fact import ProgramFact
from programs.models.program import Program


class FactReport(models.Model):
    """A reader says that something we hold is wrong. Nothing changes by it until the desk decides."""

    class State(models.TextChoices):
        NEW = "new", "new"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reports")
    field = models.CharField(
        max_length=40, blank=True, help_text="The fact's field; blank: something about the program itself."
    )
    fact = models.ForeignKey(ProgramFact, null=True, on_delete=models.SET_NULL, related_name="reports")
    said = models.TextField(max_length=1000, help_text="What is wrong, and what is right.")
    url = models.URLField(max_length=400, blank=True, help_text="Where it can be read.")
    reporter = models.UUIDField(null=True, db_index=True, help_text="The session it came from.")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    created_at = models.DateTimeField()
    # The task at the desk that it is.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_fact = models.ForeignKey(
        ProgramFact, null=True, on_delete=models.SET_NULL, related_name="+", editable=False,
        help_text="What was recorded because of it.",
    )  # fmt: skip
    settled_note = models.CharField(max_length=300, blank=True, help_text="Why, in a sentence.")

    class Meta:
        verbose_name = "report of a wrong fact"
        verbose_name_plural = "reports of wrong facts"
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(name="report_says_something", condition=~Q(said="")),
            models.CheckConstraint(name="report_field_known", condition=Q(field__in=["", *FACT_FIELDS])),
            models.CheckConstraint(
                name="report_state_known", condition=Q(state__in=("new", "accepted", "declined"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.field}".strip()
