from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest

from applicants.visitors import visitor_known
from matching.accounts.clash import clash_note
from matching.models import Match
from matching.services import run_delete_unowned
from matching.services.claiming import work_claim
from matching.services.list_merging import lists_merge
from programs.models import Program
from programs.signals import programs_merged


@receiver(user_logged_in, dispatch_uid="matching.claim_work")
def claim_work(*, request: HttpRequest | None, user: AbstractBaseUser, **_: Any) -> None:
    """What was made in this session before logging in is the account's from now on, whatever the way in."""
    visitor = visitor_known(request) if request is not None and hasattr(request, "session") else None
    if request is None or visitor is None:
        return
    clash = work_claim(visitor=visitor, user=user)
    if clash.plan:
        messages.info(request, "Your account had a plan already. We kept that one, not this browser's.")
    if clash:
        clash_note(request, brought=clash.brought)


@receiver(post_delete, sender=Match, dispatch_uid="matching.delete_unowned_run")
def delete_unowned_run(*, instance: Match, **_: Any) -> None:
    """However a match goes (by itself, with its account or its key), a run goes with its last one."""
    run_delete_unowned(run_id=instance.run_id)


@receiver(programs_merged, dispatch_uid="matching.lists_take_the_kept")
def lists_take_the_kept(*, duplicate: Program, kept: Program, **_: Any) -> None:
    """The desk found one program listed twice: no list pays for it twice from now on."""
    lists_merge(duplicate=duplicate, kept=kept)
