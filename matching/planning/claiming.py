"""What becomes of a visitor's plan when she logs in."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from matching.models import Plan


@transaction.atomic
def plan_claim(*, visitor: uuid.UUID, user: AbstractBaseUser) -> bool:
    """The plan of a visitor who logs in becomes her account's. Where that has one, it is kept, and the
    visitor's is dropped: True then. What was ticked is in the profile either way."""
    brought = Plan.objects.select_for_update(of=("self",)).filter(visitor=visitor).first()
    if brought is None:
        return False
    if Plan.objects.filter(owner_id=user.pk).exists():
        brought.delete()
        return True
    brought.owner_id, brought.visitor = user.pk, None
    brought.save(update_fields=["owner", "visitor"])
    return False
