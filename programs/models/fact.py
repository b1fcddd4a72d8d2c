from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from programs.choices import CheckState, Confidence, SourceKind, Strictness
from programs.fact_fields import FACT_FIELDS, value_fault
from programs.models.program import Program

FIELD_CHOICES = [(entry.field, entry.label) for entry in FACT_FIELDS.values()]


class ProgramFact(models.Model):
    """What one source says of one track. Conflicting facts live side by side; one of them is current.

    Rows from fixtures/ carry the id their file gives them; rows entered by hand start at ``HAND_IDS_FROM``.
    """

    HAND_IDS_FROM = 1_000_000_000

    program = models.ForeignKey(Program, models.CASCADE, related_name="facts")
    field = models.CharField(max_length=40, choices=FIELD_CHOICES)
    value_number = models.FloatField(null=True, blank=True)
    value_code = models.CharField(max_length=30, blank=True)
    value_as_stated = models.CharField(max_length=200, blank=True)
    strictness = models.CharField(max_length=20, choices=Strictness.choices)
    url = models.URLField(max_length=400, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_kind = models.CharField(max_length=30, choices=SourceKind.choices)
    page_year = models.PositiveSmallIntegerField(null=True, blank=True)
    season = models.CharField(max_length=4, blank=True, help_text="where the source names one")
    observed_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    note = models.CharField(max_length=300, blank=True)
    is_current = models.BooleanField(default=False, editable=False)
    # A rule that closes a program to applicants counts only when a second person has read it too.
    check_state = models.CharField(
        max_length=9, choices=CheckState.choices, default=CheckState.NOT_NEEDED, editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, editable=False)
    batch = models.ForeignKey(
        "programs.ImportBatch", models.SET_NULL, null=True, editable=False, related_name="facts"
    )
    roster = models.ForeignKey(
        "programs.Roster", models.CASCADE, null=True, editable=False, related_name="facts"
    )

    history = HistoricalRecords(excluded_fields=["is_current"])

    class Meta:
        ordering = ["program_id", "field", "id"]
        permissions = [("confirm_fact", "Can confirm what another entered")]
        indexes = [
            models.Index(
                name="fact_current_code",
                fields=["field", "value_code", "program"],
                condition=Q(is_current=True),
            ),
            models.Index(
                name="fact_current_number",
                fields=["field", "value_number", "program"],
                condition=Q(is_current=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="fact_one_current", fields=["program", "field"], condition=Q(is_current=True)
            ),
            models.CheckConstraint(name="fact_field_known", condition=Q(field__in=list(FACT_FIELDS))),
            models.CheckConstraint(
                name="fact_one_typed_value", condition=Q(value_number=None) | Q(value_code="")
            ),
            models.CheckConstraint(
                name="fact_says_something",
                condition=~Q(value_number=None) | ~Q(value_code="") | ~Q(value_as_stated=""),
            ),
            models.CheckConstraint(name="fact_has_source", condition=~Q(url="") | ~Q(source="")),
            models.CheckConstraint(
                name="fact_strictness_known", condition=Q(strictness__in=Strictness.values)
            ),
            models.CheckConstraint(
                name="fact_source_kind_known", condition=Q(source_kind__in=SourceKind.values)
            ),
            models.CheckConstraint(
                name="fact_confidence_known", condition=Q(confidence__in=Confidence.values)
            ),
            models.CheckConstraint(
                name="fact_check_state_known", condition=Q(check_state__in=CheckState.values)
            ),
            models.CheckConstraint(
                name="fact_current_when_checked",
                condition=Q(is_current=False) | Q(check_state__in=("", "confirmed")),
            ),
            models.CheckConstraint(
                name="fact_checked_by_another",
                condition=Q(checked_by=None) | Q(entered_by=None) | ~Q(checked_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="fact_year_plausible", condition=Q(page_year=None) | Q(page_year__range=(1990, 2100))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.field}: {self.value_as_stated or self.value}"

    @property
    def value(self) -> float | str | None:
        """The typed value; None where the statement could not be typed."""
        return self.value_number if self.value_number is not None else self.value_code or None

    @property
    def from_file(self) -> bool:
        """Loaded from fixtures/: the next load decides it again. (A row not saved yet is by hand.)"""
        return self.pk is not None and self.pk < self.HAND_IDS_FROM

    def value_check(self, value: str) -> None:
        """Raises ValidationError where the text is no value of the field."""
        if fault := value_fault(self.field, value):
            raise ValidationError(
                {"field" if self.field not in FACT_FIELDS else "value_code": f"{value!r} {fault}."}
            )

    def clean(self) -> None:
        self.value_check("" if self.value_number is None else repr(self.value_number))
        self.value_check(self.value_code)
