"""Proposals in the fewest words a test needs."""

from typing import Any

from django.contrib.auth.models import User

from matching.models import ReviewPatch
from matching.review.services import patch_add, patch_settle, patches_send
from programs.models import Program
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW


def program(name: str) -> Program:
    return Program.objects.get(pk=name)


def draft(desk: Desk, kind: str, name: str = "", *, by: User | None = None, **more: Any) -> ReviewPatch:
    about: dict[str, Any] = {"program": program(name)} if name else {}
    return patch_add(review=desk.review, advisor=by or desk.advisor, kind=kind, now=NOW, **about, **more)


def send(desk: Desk, message: str = "") -> int:
    return patches_send(review=desk.review, advisor=desk.advisor, message=message, now=NOW)


def sent(desk: Desk, kind: str, name: str = "", **more: Any) -> ReviewPatch:
    patch = draft(desk, kind, name, **more)
    send(desk)
    patch.refresh_from_db()
    return patch


def settle(desk: Desk, patch: ReviewPatch, *, accept: bool = True, words: str = "") -> ReviewPatch:
    return patch_settle(patch=patch, accept=accept, words=words, actor=desk.owner, now=NOW)


def other_tier(desk: Desk, name: str) -> str:
    shown = desk.saved_list.entries.get(program=name).tier
    return "reach" if shown == "safety" else "safety"


def signals_of(desk: Desk) -> dict[str, str]:
    return dict(desk.saved_list.entries.values_list("program_id", "signal"))
