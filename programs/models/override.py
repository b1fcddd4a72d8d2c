from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programs.models.program import Program

# Columns of a program that the desk may decide against the catalogue's files.
DECIDED = (
    "name", "aliases", "city", "county", "state", "acgme_id", "nrmp_code", "track", "same_as", "retired_on",
)  # fmt: skip


class ProgramOverride(models.Model):
    """One column of one program as the desk decided it: every load of the files puts it back on top.

    Never changed, save that ``was`` follows the files: another decision is another row, and to undo one is to
    end it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="overrides")
    field = models.CharField(max_length=12)
    value = models.CharField(max_length=500, blank=True, help_text="As the file would write it.")
    was = models.CharField(max_length=500, blank=True, help_text="What the files say, to go back to.")
    moved = models.JSONField(
        default=dict,
        blank=True,
        help_text="Of a merge: the ids of what went to the kept program, to bring back.",
    )
    reason = models.CharField(max_length=300)
    url = models.URLField(max_length=400, blank=True, help_text="Where it can be read.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "decision of the desk"
        verbose_name_plural = "decisions of the desk"
        ordering = ("-at", "-id")
        permissions = (("decide_program", "Can retire, rename and merge programs"),)
        constraints = (
            models.CheckConstraint(name="override_field_known", condition=Q(field__in=DECIDED)),
            models.CheckConstraint(name="override_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="override_ends_after", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at"))
            ),
            models.UniqueConstraint(
                fields=["program", "field"], condition=Q(ended_at__isnull=True), name="override_one_stands"
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.field}: {self.value or 'nothing'}"
