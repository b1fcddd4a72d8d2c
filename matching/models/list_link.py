import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from .saved_list import SavedList


def link_token() -> str:
    """192 random bits: whoever is given the private link reads the list, nobody finds it by trying."""
    return secrets.token_urlsafe(24)


class ListLinkQuerySet(models.QuerySet["ListLink"]):
    def open(self, *, now: datetime) -> Self:
        """Links that still lead somewhere."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)


class ListLink(models.Model):
    """A private link to one list: what its holder sees, until when."""

    class Mode(models.TextChoices):
        ALL = "all", "everything"
        NO_FLAGS = "no_flags", "without what speaks against me"
        LIST = "list", "the programs only"

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="links")
    token = models.CharField(max_length=64, unique=True, default=link_token, editable=False)
    mode = models.CharField(max_length=8, choices=Mode)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="Null: until it is revoked.")
    revoked_at = models.DateTimeField(null=True)

    objects = ListLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "private link"
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(name="link_mode_known", condition=Q(mode__in=("all", "no_flags", "list"))),
            models.CheckConstraint(
                name="link_ends_after_start",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk} ({self.mode})"
