from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from applicants.visitors import visitor_known
from matching.models import Match
from matching.services import matches_claim, run_delete_unowned


@receiver(user_logged_in, dispatch_uid="matching.claim_matches")
def claim_matches(*, request: HttpRequest | None, user: AbstractBaseUser, **_: Any) -> None:
    """What was made in this session before logging in is the account's from now on."""
    visitor = visitor_known(request) if request is not None else None
    if visitor is not None:
        matches_claim(visitor=visitor, user=user)


@receiver(post_delete, sender=Match, dispatch_uid="matching.delete_unowned_run")
def delete_unowned_run(*, instance: Match, **_: Any) -> None:
    """However a match goes (by itself, with its account or its key), a run goes with its last one."""
    run_delete_unowned(run_id=instance.run_id)
