"""Whom a list may be handed to: the advisors and groups of its organisation."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from matching.models import AdvisorGroup


def colleagues(organisation_id: int) -> QuerySet[User]:
    """Members who can open the desk, by name."""
    members = User.objects.filter(memberships__organisation=organisation_id, is_staff=True, is_active=True)
    return members.order_by("first_name", "last_name", "username")


def groups(organisation_id: int) -> QuerySet[AdvisorGroup]:
    return AdvisorGroup.objects.filter(organisation=organisation_id).order_by("name")
