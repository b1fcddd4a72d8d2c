from typing import Any

from django.db import models


class DataVersion(models.Model):
    """The catalogue as it was at one moment: compressed bytes named by their own fingerprint. Immutable."""

    version = models.CharField(max_length=16, unique=True)
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the snapshot's JSON")
    created_at = models.DateTimeField(auto_now_add=True)
    program_count = models.PositiveIntegerField()
    fact_count = models.PositiveIntegerField()
    snapshot = models.BinaryField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="version_named", condition=~models.Q(version="")),
        ]

    def __str__(self) -> str:
        return self.version

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A data version is immutable: publish a new one.")
        super().save(*args, **kwargs)


class Publication(models.Model):
    """One publishing. The newest says which version is current, so that going back is publishing again."""

    data_version = models.ForeignKey(DataVersion, models.PROTECT, related_name="publications")
    source_fingerprint = models.CharField(max_length=64, help_text="hash of the files last loaded")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.data_version} {self.published_at:%Y-%m-%d %H:%M}"
