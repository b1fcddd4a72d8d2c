from django.db import models


class WorkerBeat(models.Model):
    """When each scoring worker was last alive, so that a page can say that none is."""

    name = models.CharField(primary_key=True, max_length=200)
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "worker"

    def __str__(self) -> str:
        return self.name
