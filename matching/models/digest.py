from django.conf import settings
from django.db import models

from .saved_list import SavedList


class ListDigest(models.Model):
    """What a newly published catalogue changes for one list: told on the list, and by mail to who asked."""

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="digests")
    before = models.CharField(max_length=16, help_text="The data version the list was judged by.")
    after = models.CharField(max_length=16, help_text="The data version that changes it.")
    document = models.JSONField(help_text="Each change, and the figures on both sides.")
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["saved_list", "after"], name="digest_once"),
            models.CheckConstraint(name="digest_between_two", condition=~models.Q(before=models.F("after"))),
        )

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class DigestChoice(models.Model):
    """An account that wants to be told by mail, at most once a week; the token stops it with one click."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="digest_choice"
    )
    stop_token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, help_text="When the last one was sent.")

    class Meta:
        verbose_name = "wish for mail about changes"
        verbose_name_plural = "wishes for mail about changes"

    def __str__(self) -> str:
        return f"since {self.created_at:%Y-%m-%d}"


class DigestRun(models.Model):
    """How far the lists were compared with one published version: taken up again where it stopped."""

    data_version = models.CharField(max_length=16, unique=True)
    after_list = models.UUIDField(null=True, help_text="The last list that was looked at.")
    compared = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.data_version
