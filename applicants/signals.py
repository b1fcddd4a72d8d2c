from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from applicants.services import profile_claim
from applicants.visitors import visitor_known


@receiver(user_logged_in, dispatch_uid="applicants.claim_profiles")
def claim_profiles(*, request: HttpRequest | None, user: AbstractBaseUser, **_: Any) -> None:
    """What was typed in this session before logging in is the account's from now on."""
    visitor = visitor_known(request) if request is not None and hasattr(request, "session") else None
    if visitor is not None:
        profile_claim(visitor=visitor, user=user)
