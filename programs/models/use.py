from django.db import models

from programs.models.program import Program


class ProgramUse(models.Model):
    """On how many saved lists a program stands, counted once a day: what is most used is mended first."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, primary_key=True, related_name="use")
    lists = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = "use of a program"
        verbose_name_plural = "uses of programs"
        indexes = (models.Index(fields=["-lists", "program"], name="program_use_most"),)

    def __str__(self) -> str:
        return f"{self.program_id}: {self.lists}"
