from django.db import models
from django.db.models import Q

from .api_key import ApiKey
from .cohort import Cohort
from .match import Match
from .webhook import Webhook


class IdempotencyKey(models.Model):
    """A partner's own name for a request that created something: said again, it creates nothing again.

    The row is written in the transaction that makes the object, the answer once it is there; whoever repeats
    the request gets those bytes. It goes with its object.
    """

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64, help_text="Of what was asked; one name asks one thing.")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, null=True, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, null=True, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, null=True, related_name="+")
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the first answer, once it was made.")
    answer = models.BinaryField(null=True, editable=False, help_text="Its body, compressed.")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "idempotency key"
        constraints = (
            models.UniqueConstraint(fields=["api_key", "name"], name="idempotency_name_once"),
            models.CheckConstraint(name="idempotency_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="idempotency_one_object",
                condition=Q(match__isnull=False, cohort__isnull=True, webhook__isnull=True)
                | Q(match__isnull=True, cohort__isnull=False, webhook__isnull=True)
                | Q(match__isnull=True, cohort__isnull=True, webhook__isnull=False),
            ),
            models.CheckConstraint(
                name="idempotency_answer_whole",
                condition=Q(status__isnull=True, answer__isnull=True)
                | Q(status__isnull=False, answer__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name
