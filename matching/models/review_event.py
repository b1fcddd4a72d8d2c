from django.conf import settings
from django.db import models
from django.db.models import Q

from .review import Review
from .review_patch import ReviewPatch


class ReviewEvent(models.Model):
    """One thing that was done to a review, written in the transaction that did it. Never changed."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150, help_text="As it was; 'applicant' for its owner.")
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=300, help_text="What was done, in words.")
    patch = models.ForeignKey(ReviewPatch, on_delete=models.CASCADE, null=True, related_name="events")
    data = models.JSONField(default=dict)
    visible = models.BooleanField(default=False, help_text="Whether the applicant reads it too.")

    class Meta:
        ordering = ("review", "id")
        constraints = (models.CheckConstraint(name="event_says", condition=~Q(words="") & ~Q(kind="")),)

    def __str__(self) -> str:
        return self.words
