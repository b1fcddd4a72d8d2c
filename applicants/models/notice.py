from django.conf import settings
from django.db import models


class AccountNotice(models.Model):
    """The owner of an account that nobody uses was told by mail that it will be deleted, and when she was."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = "notice of deletion"
        verbose_name_plural = "notices of deletion"

    def __str__(self) -> str:
        return f"told on {self.told_at:%Y-%m-%d}"
