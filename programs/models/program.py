from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programs.choices import ApplicationService, ListingStatus, Ring, Track
from programs.geography import LOS_ANGELES_COUNTIES, STATES, WEST_COAST_STATES
from programs.search import search_text


class Specialty(models.Model):
    slug = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)
    application_service = models.CharField(max_length=20, choices=ApplicationService.choices)

    class Meta:
        verbose_name_plural = "specialties"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="specialty_service_known", condition=Q(application_service__in=ApplicationService.values)
            ),
            models.CheckConstraint(name="specialty_named", condition=~Q(name="") & ~Q(slug="")),
        ]

    def __str__(self) -> str:
        return self.name


class Institution(models.Model):
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="institution_named", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class Program(models.Model):
    """One track of a residency program. ``program_key`` joins the tracks of one program."""

    id = models.CharField(primary_key=True, max_length=7)
    program_key = models.CharField(max_length=10, db_index=True)
    acgme_id = models.CharField("ACGME id", max_length=10, null=True, blank=True)  # noqa: DJ001
    nrmp_code = models.CharField("NRMP code", max_length=9, null=True, blank=True)  # noqa: DJ001
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="programs")
    track = models.CharField(max_length=20, choices=Track.choices)
    name = models.CharField(max_length=200)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="programs")
    city = models.CharField(max_length=80, blank=True, help_text="blank where not known")
    county = models.CharField(max_length=80, blank=True, help_text="blank where not known")
    state = models.CharField(max_length=2)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    last_listed_year = models.PositiveSmallIntegerField(null=True, blank=True)
    listing_status = models.CharField(max_length=20, choices=ListingStatus.choices)
    seen_in = models.CharField(max_length=200, blank=True, help_text="lists that name it, joined by ;")
    aliases = models.CharField(max_length=500, blank=True, help_text="other names, joined by ;")
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates",
        help_text="the same track under its better known listing; set by hand, never merged",
    )  # fmt: skip
    retired_on = models.DateField(
        null=True, blank=True, help_text="Since when it takes nobody any more: then no new answer holds it."
    )
    search_text = models.TextField(editable=False, default="")
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    # State and county are the truth: the database derives what follows from them.
    ring = models.GeneratedField(
        expression=Case(
            When(state="CA", county__in=LOS_ANGELES_COUNTIES, then=Value(Ring.LOS_ANGELES.value)),
            When(state="CA", then=Value(Ring.CALIFORNIA.value)),
            When(state__in=WEST_COAST_STATES, then=Value(Ring.WEST_COAST.value)),
            default=Value(Ring.NATIONAL.value),
        ),
        output_field=models.CharField(max_length=12, choices=Ring.choices),
        db_persist=True,
    )
    in_los_angeles_county = models.GeneratedField(
        expression=Case(When(state="CA", county="Los Angeles", then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    history = HistoricalRecords(
        excluded_fields=["search_text", "updated_at", "ring", "in_los_angeles_county"]
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(name="program_specialty_state", fields=["specialty", "state"]),
            models.Index(name="program_ring_specialty", fields=["ring", "specialty"]),
            models.Index(name="program_state_county", fields=["state", "county"]),
            models.Index(name="program_name", fields=["name", "id"]),
            models.Index(name="program_updated", fields=["updated_at", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="program_id_minted", condition=Q(id__startswith="sp") & Q(Exact(Length("id"), 7))
            ),
            models.CheckConstraint(name="program_named", condition=~Q(name="") & ~Q(program_key="")),
            models.CheckConstraint(name="program_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="program_track_known", condition=Q(track__in=Track.values)),
            models.CheckConstraint(
                name="program_listing_known", condition=Q(listing_status__in=ListingStatus.values)
            ),
            models.CheckConstraint(
                name="program_acgme_ten_digits",
                condition=Q(acgme_id=None) | Q(Exact(Length("acgme_id"), 10)),
            ),
            models.CheckConstraint(
                name="program_nrmp_nine_characters",
                condition=Q(nrmp_code=None) | Q(Exact(Length("nrmp_code"), 9)),
            ),
            models.CheckConstraint(
                name="program_coordinates_both_or_none",
                # "is not null" is said as well: a comparison with NULL would let the row pass.
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.CheckConstraint(
                name="program_year_plausible",
                condition=Q(last_listed_year=None) | Q(last_listed_year__range=(1990, 2100)),
            ),
            models.CheckConstraint(
                name="program_not_same_as_itself", condition=Q(same_as=None) | ~Q(same_as=F("id"))
            ),
            models.UniqueConstraint(
                name="program_acgme_track_once", fields=["acgme_id", "track"], condition=~Q(acgme_id=None)
            ),
            models.UniqueConstraint(
                name="program_nrmp_once", fields=["nrmp_code"], condition=~Q(nrmp_code=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps what the search reads in step; the loader writes in bulk and does the same."""
        self.acgme_id, self.nrmp_code = self.acgme_id or None, self.nrmp_code or None
        self.search_text = search_text(
            self.name, self.aliases, self.institution.name, self.city, self.id, self.acgme_id, self.nrmp_code
        )
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)

    @property
    def ring_words(self) -> str:
        return str(Ring(self.ring).label)
