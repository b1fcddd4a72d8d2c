from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """A view of the queue that an advisor named, to come back to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True, help_text="The address's part after the '?'.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("user", "name")
        constraints = (
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once"),
            models.CheckConstraint(name="saved_filter_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class StaffAccess(models.Model):
    """Who of the staff opened what of whose, and when. Names of what was typed or read are not in it."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    user_name = models.CharField(max_length=150)
    action = models.CharField(max_length=20, help_text="opened, searched, exported, refused")
    model = models.CharField(max_length=60, help_text="As app.Model.")
    object_id = models.CharField(max_length=40, blank=True)
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="seen_by",
        help_text="Whose it is, where that is an account.",
    )  # fmt: skip
    rows = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "access by staff"
        verbose_name_plural = "accesses by staff"
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["subject", "-at"], name="access_subject"),)

    def __str__(self) -> str:
        return f"{self.user_name} {self.action} {self.model}"
