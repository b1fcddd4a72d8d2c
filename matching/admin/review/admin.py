from django.contrib import admin

from matching.models import Review

from .queue import QueueMixin


@admin.register(Review)
class ReviewAdmin(QueueMixin):
    """Lists that were sent to be looked at: the queue, and the page where one is worked on."""
