from django.db import models
from django.db.models import Q

from .api_key import ApiKey
from .match import Match


class IdempotencyKey(models.Model):
    """A partner's own name for a request that created something: said again, it creates nothing again."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64, help_text="Of what was asked; one name asks one thing.")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "idempotency key"
        constraints = (
            models.UniqueConstraint(fields=["api_key", "name"], name="idempotency_name_once"),
            models.CheckConstraint(name="idempotency_has_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name
