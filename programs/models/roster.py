from django.conf import settings
from django.db import models
from django.db.models import Q

from programs.choices import SourceKind
from programs.models.program import Program


class Roster(models.Model):
    """The residents of a program in one season as one source lists them: the counts are made from it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="rosters")
    season = models.CharField(max_length=4, help_text="By the year training years end, as facts have it.")
    url = models.URLField(max_length=400, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_kind = models.CharField(max_length=30, choices=SourceKind.choices)
    observed_on = models.DateField()
    complete = models.BooleanField(
        default=True, help_text="Whether it names every resident: only then are they counted."
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    batch = models.ForeignKey(
        "programs.ImportBatch", on_delete=models.SET_NULL, null=True, related_name="rosters"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("program", "-season", "-id")
        constraints = (
            models.UniqueConstraint(fields=["program", "season"], name="roster_season_once"),
            models.CheckConstraint(name="roster_has_source", condition=~Q(url="") | ~Q(source="")),
            models.CheckConstraint(name="roster_season_year", condition=Q(season__regex=r"^20[0-9]{2}$")),
            models.CheckConstraint(
                name="roster_source_kind_known", condition=Q(source_kind__in=SourceKind.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.season}"


class Resident(models.Model):
    """One resident, without a name: what a count needs and nothing that names a person."""

    class Kind(models.TextChoices):
        US_IMG = "us_img", "US-citizen IMG"
        NON_US_IMG = "non_us_img", "non-US IMG"
        IMG = "img", "IMG, citizenship not known"
        US_MD = "us_md", "US MD"
        US_DO = "us_do", "US DO"
        UNKNOWN = "unknown", "not known"

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="residents")
    class_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year they began.")
    school = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Of the school, as two letters.")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering = ("roster", "-class_year", "id")
        constraints = (
            models.CheckConstraint(
                name="resident_kind_known",
                condition=Q(kind__in=("us_img", "non_us_img", "img", "us_md", "us_do", "unknown")),
            ),
            models.CheckConstraint(
                name="resident_year_plausible",
                condition=Q(class_year__isnull=True) | Q(class_year__range=(1990, 2100)),
            ),
            models.CheckConstraint(
                name="resident_country_code", condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.class_year or ''}".strip()
