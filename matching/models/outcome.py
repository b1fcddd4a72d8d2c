import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .saved_list import SavedList


def applicant_code() -> str:
    """Says which reports are one person's, and nothing else of her."""
    return secrets.token_hex(8)


class ChanceBefore(models.Model):
    """The chance one program of a list was given before its answer was told. Never written again.

    It is kept as it stood when the program first left "plan to apply", or when a list was first judged anew
    after programs had begun to read. It goes with its list.
    """

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="chances_before")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    season = models.CharField(max_length=4)
    tier = models.CharField(max_length=8, blank=True, help_text="Blank where there were no odds.")
    probability = models.FloatField(null=True, help_text="Null where no odds were shown.")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    model_version = models.CharField(max_length=64)
    data_version = models.CharField(max_length=64)
    made_at = models.DateTimeField(help_text="When the chance was made, at the latest.")
    kept_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True, help_text="When an answer of the program was first told here.")

    class Meta:
        ordering = ("saved_list", "id")
        constraints = (
            models.UniqueConstraint(fields=["saved_list", "program"], name="chance_before_once"),
            models.CheckConstraint(
                name="chance_before_tier_known", condition=Q(tier__in=("safety", "target", "reach", ""))
            ),
            models.CheckConstraint(
                name="chance_before_whole",
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
        return f"chance before of {self.program_id}"


class OutcomeReport(models.Model):
    """What became of the applications of one list, and whether it may be counted. It goes with its list."""

    class Evidence(models.TextChoices):
        SAID = "said", "as the applicant says"
        SEEN = "seen", "seen by an advisor"

    class Ending(models.TextChoices):
        UNKNOWN = "unknown", "not known yet"
        HERE = "here", "matched at a program of the list"
        ELSEWHERE = "elsewhere", "matched elsewhere"
        NONE = "none", "did not match"

    saved_list = models.OneToOneField(SavedList, on_delete=models.CASCADE, related_name="outcome_report")
    code = models.CharField(max_length=16, db_index=True, default=applicant_code, editable=False)
    season = models.CharField(max_length=4)
    applicant_type = models.CharField(max_length=12, blank=True, help_text="Blank: she has not said.")
    step2ck_band = models.CharField(max_length=12, blank=True, help_text="Blank: not known.")
    ending = models.CharField(max_length=12, choices=Ending, default=Ending.UNKNOWN)
    evidence = models.CharField(max_length=4, choices=Evidence, default=Evidence.SAID)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True, help_text="Null: it is hers alone and counts nowhere.")
    forecast = models.JSONField(null=True, help_text="How many interviews its chances brought to expect.")
    tally = models.JSONField(default=dict, help_text="By tier: applications that count, expected, came.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "outcome report"
        ordering = ("-created_at", "id")
        permissions = (
            ("witness_outcomereport", "Can mark an outcome report as seen"),
            ("export_outcomereport", "Can export outcome reports"),
        )
        constraints = (
            models.CheckConstraint(name="outcome_evidence_known", condition=Q(evidence__in=("said", "seen"))),
            models.CheckConstraint(
                name="outcome_ending_known",
                condition=Q(ending__in=("unknown", "here", "elsewhere", "none")),
            ),
            models.CheckConstraint(
                name="outcome_seen_when_seen",
                condition=Q(evidence="seen", seen_at__isnull=False)
                | Q(evidence="said", seen_at__isnull=True, seen_by__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"outcomes of {self.season}"  # the code stands beside no name


class Outcome(models.Model):
    """How far one application came, and the chance of an interview it was given before."""

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
    chance = models.ForeignKey(
        ChanceBefore, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Null: none was kept."
    )

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
        )

    def __str__(self) -> str:
        return f"{self.program_id}: {self.result}"
