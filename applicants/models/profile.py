import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

EXAMS = ("step1", "step2ck", "step3")
YEARS_AHEAD = 2  # as in applicants.rules


class ApplicantType(models.TextChoices):
    US_IMG = "us_img", "US-citizen IMG"
    NON_US_IMG = "non_us_img", "non-US IMG"
    US_MD = "us_md", "US MD"
    US_DO = "us_do", "US DO"


class VisaNeed(models.TextChoices):
    NONE = "none", "no visa"
    J1 = "j1", "J-1"
    H1B = "h1b", "H-1B"
    EITHER = "either", "J-1 or H-1B"


class ExamStatus(models.TextChoices):
    PASS = "pass", "passed"
    FAIL = "fail", "failed"
    NOT_TAKEN = "not_taken", "not taken"
    PENDING = "pending", "result pending"


def _between(field: str, low: int, high: int) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (low, high)})


def _one_of(field: str, choices: type[models.TextChoices]) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__in": choices.values})


def _exam_constraints(exam: str) -> list[models.CheckConstraint]:
    status, score, attempts = f"{exam}_status", f"{exam}_score", f"{exam}_attempts"
    unscored = Q(**{f"{status}__in": [ExamStatus.NOT_TAKEN, ExamStatus.PENDING]})
    conditions = {
        "status_known": _one_of(status, ExamStatus),
        "score_range": _between(score, 1, 300),
        "attempts_range": _between(attempts, 0, 6),
        "unscored": Q(**{f"{score}__isnull": True}) | Q(**{f"{status}__isnull": True}) | ~unscored,
        # 0 attempts and not taken go together, where both are known.
        "attempts_taken": reduce(
            or_,
            (
                Q(**{f"{attempts}__isnull": True}),
                # A check that is null passes: the null has to be named.
                Q(**{attempts: 0, status: ExamStatus.NOT_TAKEN, f"{status}__isnull": False}),
                Q(**{f"{attempts}__gt": 0, f"{status}__isnull": True}),
                Q(**{f"{attempts}__gt": 0}) & ~Q(**{status: ExamStatus.NOT_TAKEN}),
            ),
        ),
        "taken_form": Q(**{f"{exam}_taken__isnull": True})
        | Q(**{f"{exam}_taken__regex": r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"}),
    }
    return [
        models.CheckConstraint(name=f"profile_{exam}_{name}", condition=condition)
        for name, condition in conditions.items()
    ]


class Profile(models.Model):
    """An applicant as stated: the whole document, and its scalars as columns the database checks.

    The document is the truth; ``services.profile_save`` writes both from one validated ProfileDocument.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="profiles"
    )
    visitor = models.UUIDField(
        null=True, blank=True, db_index=True, help_text="The session it was made in, until claimed."
    )
    name = models.CharField(max_length=80, blank=True, help_text="What its owner calls it.")
    season = models.PositiveSmallIntegerField(help_text="Season it was validated for, by its Match week.")
    document = models.JSONField(help_text="The validated profile, every member present.")

    applicant_type = models.CharField(max_length=12, choices=ApplicantType, null=True)  # noqa: DJ001
    graduation_year = models.PositiveSmallIntegerField(null=True)
    school_country = models.CharField(max_length=2, null=True)  # noqa: DJ001
    visa_needed = models.CharField(max_length=6, choices=VisaNeed, null=True)  # noqa: DJ001
    ecfmg_certified = models.BooleanField(null=True)
    military_service = models.BooleanField(null=True)
    step1_status = models.CharField(max_length=9, choices=ExamStatus, null=True)  # noqa: DJ001
    step1_score = models.PositiveSmallIntegerField(null=True)
    step1_attempts = models.PositiveSmallIntegerField(null=True)
    step1_taken = models.CharField(max_length=7, null=True)  # noqa: DJ001
    step2ck_status = models.CharField(max_length=9, choices=ExamStatus, null=True)  # noqa: DJ001
    step2ck_score = models.PositiveSmallIntegerField(null=True)
    step2ck_attempts = models.PositiveSmallIntegerField(null=True)
    step2ck_taken = models.CharField(max_length=7, null=True)  # noqa: DJ001
    step2ck_practice_score = models.PositiveSmallIntegerField(null=True)
    step3_status = models.CharField(max_length=9, choices=ExamStatus, null=True)  # noqa: DJ001
    step3_score = models.PositiveSmallIntegerField(null=True)
    step3_attempts = models.PositiveSmallIntegerField(null=True)
    step3_taken = models.CharField(max_length=7, null=True)  # noqa: DJ001

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-updated_at", "id")
        constraints = [
            # A claimed profile belongs to its account alone.
            models.CheckConstraint(
                name="profile_one_owner",
                condition=Q(owner__isnull=False, visitor__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=False),
            ),
            models.CheckConstraint(
                name="profile_type_known", condition=_one_of("applicant_type", ApplicantType)
            ),
            models.CheckConstraint(name="profile_visa_known", condition=_one_of("visa_needed", VisaNeed)),
            models.CheckConstraint(
                name="profile_us_img_no_visa",
                condition=Q(applicant_type__isnull=True)
                | ~Q(applicant_type=ApplicantType.US_IMG)
                | Q(visa_needed__isnull=True)
                | Q(visa_needed=VisaNeed.NONE),
            ),
            models.CheckConstraint(
                name="profile_graduation_range",
                condition=Q(graduation_year__isnull=True)
                | Q(graduation_year__gte=1960, graduation_year__lte=F("season") + YEARS_AHEAD),
            ),
            models.CheckConstraint(
                name="profile_practice_range", condition=_between("step2ck_practice_score", 1, 300)
            ),
            *(constraint for exam in EXAMS for constraint in _exam_constraints(exam)),
        ]

    def __str__(self) -> str:
        return self.name or f"profile {self.pk}"
