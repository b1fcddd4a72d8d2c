import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .saved_list import SavedList


def applicant_code() -> str:
    """Says which rows are one person's, and nothing else of her."""
    return secrets.token_hex(8)


class OutcomeReport(models.Model):
    """What became of the applications of one list, and whether it may be counted. It goes with its list.

    What the odds were made with is kept beside it: chances are held against outcomes by version.
    """

    class Evidence(models.TextChoices):
        SAID = "said", "as the applicant says"
        SEEN = "seen", "seen by an advisor"

    saved_list = models.OneToOneField(SavedList, on_delete=models.CASCADE, related_name="outcome_report")
    code = models.CharField(max_length=16, unique=True, default=applicant_code, editable=False)
    season = models.CharField(max_length=4)
    model_version = models.CharField(max_length=64)
    data_version = models.CharField(max_length=64)
    applicant_type = models.CharField(max_length=12, blank=True, help_text="Blank: she has not said.")
    step2ck_band = models.CharField(max_length=12, blank=True, help_text="Blank: not known.")
    evidence = models.CharField(max_length=4, choices=Evidence, default=Evidence.SAID)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True, help_text="Null: it is hers alone and counts nowhere.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "outcome report"
        constraints = (
            models.CheckConstraint(name="outcome_evidence_known", condition=Q(evidence__in=("said", "seen"))),
            models.CheckConstraint(
                name="outcome_seen_when_seen",
                condition=Q(evidence="seen", seen_at__isnull=False)
                | Q(evidence="said", seen_at__isnull=True, seen_by__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"outcomes {self.code}"


class Outcome(models.Model):
    """How far one application came, beside the chance of an interview it was given before."""

    class Result(models.TextChoices):
        SILENT = "silent", "no answer"
        DECLINED = "declined", "declined by the program"
        INVITED = "invited", "invited"
        INTERVIEWED = "interviewed", "interviewed"
        RANKED = "ranked", "ranked"
        MATCHED = "matched", "matched there"

    report = models.ForeignKey(OutcomeReport, on_delete=models.CASCADE, related_name="outcomes")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=12, choices=Result)
    probability = models.FloatField(null=True, help_text="Null where no odds were shown.")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)

    class Meta:
        ordering = ("report", "id")
        constraints = (
            models.UniqueConstraint(fields=["report", "program"], name="outcome_program_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(result="matched"), name="outcome_matched_once"
            ),
            models.CheckConstraint(
                name="outcome_result_known",
                condition=Q(result__in=("silent", "declined", "invited", "interviewed", "ranked", "matched")),
            ),
            models.CheckConstraint(
                name="outcome_range_whole",
                condition=Q(probability__isnull=True, low__isnull=True, high__isnull=True)
                | Q(
                    probability__isnull=False,
                    low__isnull=False,
                    high__isnull=False,
                    low__gte=0,
                    high__lte=1,
                    low__lte=F("high"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id}: {self.result}"
