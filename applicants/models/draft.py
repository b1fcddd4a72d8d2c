from django.conf import settings
from django.db import models
from django.db.models import Q


class ProfileDraft(models.Model):
    """The form as typed, right or wrong, one of each account or visitor: nothing typed is ever lost."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="profile_draft"
    )
    visitor = models.UUIDField(null=True, unique=True, help_text="The session it is typed in, until claimed.")
    typed = models.JSONField(default=dict, help_text="Each input's name with the values typed there.")
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = "profile draft"
        constraints = (
            models.CheckConstraint(
                name="draft_one_owner",
                condition=Q(owner__isnull=False, visitor__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"
