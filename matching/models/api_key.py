from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from rest_framework_api_key.models import AbstractAPIKey, APIKeyManager

from matching.api.key_rules import networks_validate, rate_validate

SCOPES = ("programs:read", "match", "cohorts", "lists:read")


class ApiKeyManager(APIKeyManager):
    """The library names a row by prefix and hash; ids are shown in addresses and logs, a hash nowhere."""

    def assign_key(self, obj: AbstractAPIKey) -> str:
        secret = super().assign_key(obj)
        obj.pk = obj.prefix
        return str(secret)


class ApiKey(AbstractAPIKey):
    """A partner's key: kept as a hash, shown once, limited in scope, rate, time and network."""

    scopes = models.JSONField(default=list, help_text=f"Any of: {', '.join(SCOPES)}.")
    rate = models.CharField(max_length=20, default="120/min", help_text="Requests a period, as in 120/min.")
    networks = models.JSONField(
        default=list, blank=True, help_text="Networks it may be used from (CIDR); none listed: from anywhere."
    )
    last_used_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ApiKeyManager] = ApiKeyManager()

    class Meta(AbstractAPIKey.Meta):
        verbose_name = "API key"
        verbose_name_plural = "API keys"

    def clean(self) -> None:
        super().clean()
        rate_validate(self.rate)
        networks_validate(self.networks)
        unknown = sorted(set(self.scopes) - set(SCOPES)) if isinstance(self.scopes, list) else [self.scopes]
        if unknown:
            raise ValidationError({"scopes": f"No such scope: {', '.join(map(str, unknown))}."})


class RetiredSecret(models.Model):
    """A key's earlier secret, good until the partner has changed over. The key and all it made stay."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="retired_secrets")
    prefix = models.CharField(max_length=8, unique=True, editable=False)
    hashed_key = models.CharField(max_length=150, editable=False)
    until = models.DateTimeField(help_text="Works no longer from then on.")

    class Meta:
        ordering = ("-until",)

    def __str__(self) -> str:
        return self.prefix
