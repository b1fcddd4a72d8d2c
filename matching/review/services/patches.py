"""What an advisor proposes: changes drafted, changed, taken back and sent."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from matching.models import AdvisorMark, Review, ReviewPatch, ReviewVersion
from matching.review.effects import review_effects
from matching.review.faults import PatchInvalid, ReviewNotPossible
from matching.review.freezing import version_freeze
from matching.review.patching import Known, Proposed, faults_of, trimmed
from matching.review.states import step
from matching.review.words import counted, patch_words
from matching.services.list_writing import names_of
from programs.models import Program

from .keeping import event_write, person_name, review_lock, review_write
from .knowing import known_of
from .marking import mark_make
from .sending import message_clean

DRAFT, SENT = ReviewPatch.State.DRAFT, ReviewPatch.State.SENT
ACCEPTED, WITHDRAWN = ReviewPatch.State.ACCEPTED, ReviewPatch.State.WITHDRAWN
MEANWHILE = "This change was changed elsewhere meanwhile. Look at it again before you save."


@transaction.atomic
def patch_add(
    *,
    review: Review,
    advisor: AbstractBaseUser,
    kind: str,
    now: datetime,
    program: Program | None = None,
    other: Program | None = None,
    tier: str = "",
    signal: str = "",
    reason: str = "",
    text: str = "",
    private: bool = False,
    field: str = "",
) -> ReviewPatch:
    """Draft a change. Raises PatchInvalid with words by field, StepNotPossible."""
    locked = review_lock(review)
    step(locked.state, "propose")
    proposed = trimmed(Proposed(kind, _id(program), _id(other), tier, signal, reason, text, private, field))
    known = known_of(locked, proposed)
    patch = ReviewPatch(
        review=locked,
        author_id=advisor.pk,
        author_name=person_name(advisor),
        created_at=now,
        **_values(proposed, known),
    )
    patch.save(force_insert=True)
    _tell(patch, "patch_added", "Proposed: {}", advisor, now)
    return patch


@transaction.atomic
def patch_change(
    *,
    patch: ReviewPatch,
    advisor: AbstractBaseUser,
    now: datetime,
    kind: str = "",
    program: Program | None = None,
    other: Program | None = None,
    tier: str = "",
    signal: str = "",
    reason: str = "",
    text: str = "",
    private: bool = False,
    field: str = "",
    seen: int | None = None,
) -> ReviewPatch:
    """Change a draft. ``seen``: the review's revision the window was drawn with; what was done to this draft
    since then is not written over. ``kind`` "": as it was. Raises PatchInvalid, ReviewNotPossible."""
    locked = review_lock(patch.review)
    step(locked.state, "propose")
    kept = ReviewPatch.objects.select_for_update(of=("self",)).get(pk=patch.pk)
    if kept.state != DRAFT:
        raise ReviewNotPossible("This change is not a draft any more.")
    if seen is not None and kept.events.filter(data__revision__gt=seen).exists():
        raise ReviewNotPossible(MEANWHILE)
    proposed = trimmed(
        Proposed(kind or kept.kind, _id(program), _id(other), tier, signal, reason, text, private, field)
    )
    for name, value in _values(proposed, known_of(locked, proposed, besides=kept)).items():
        setattr(kept, name, value)
    kept.review = locked
    kept.save()
    _tell(kept, "patch_changed", "Changed the proposal: {}", advisor, now)
    return kept


@transaction.atomic
def patch_withdraw(*, patch: ReviewPatch, advisor: AbstractBaseUser, now: datetime) -> ReviewPatch:
    """Take a change back, a draft or sent; of an accepted move or lock, what it holds in place ends.

    Raises StepNotPossible, ReviewNotPossible.
    """
    locked = review_lock(patch.review)
    step(locked.state, "take_back")
    kept = ReviewPatch.objects.select_for_update(of=("self",)).get(pk=patch.pk)
    kept.review, was = locked, kept.state
    if was == WITHDRAWN:
        return kept
    held = AdvisorMark.objects.filter(patch=kept, withdrawn_at=None)
    if was not in (DRAFT, SENT) and not held.exists():
        raise ReviewNotPossible("This change is settled: propose another to go back on it.")
    held.update(withdrawn_at=now)
    kept.state, kept.settled_at = WITHDRAWN, now
    kept.save(update_fields=["state", "settled_at"])
    visible = kept.sent_at is not None and not kept.private
    _tell(kept, "patch_withdrawn", "Taken back: {}", advisor, now, visible=visible, data={"was": was})
    return kept


@transaction.atomic
def patches_send(*, review: Review, advisor: AbstractBaseUser, message: str = "", now: datetime) -> int:
    """Send the drafts to the applicant, the message as a note beside them; returns how many drafts went.

    What is private stays on the desk and holds from now on. Raises StepNotPossible, ReviewNotPossible.
    """
    effects = review_effects(review)  # before anything is held: it takes a while
    locked = review_lock(review)
    state = step(locked.state, "send")
    drafts = list(locked.patches.select_for_update(of=("self",)).filter(state=DRAFT).order_by("id"))
    message = message_clean(message)
    told = [patch for patch in drafts if not patch.private]
    if not drafts and not message:
        raise ReviewNotPossible("There is nothing to send yet: propose a change or write a message.")
    locked.state = state if told or message else locked.state
    review_write(locked, now)
    for patch in drafts:
        _send(locked, patch, effects.document(patch.pk), now)
    if message:
        _message(locked, advisor, message, now)
    data: dict[str, Any] = {"patches": [patch.pk for patch in told]}
    if told or message:
        data["version"] = version_freeze(locked, reason=ReviewVersion.Reason.SENT, now=now).number
        words = f"Sent {counted(len(told), 'change')} back" if told else "Sent a message"
        event_write(locked, kind="sent", words=words, actor=advisor, now=now, data=data, visible=True)
    if len(told) < len(drafts):
        words = f"Kept {counted(len(drafts) - len(told), 'change')} on the desk"
        event_write(locked, kind="kept_private", words=words, actor=advisor, now=now)
    return len(drafts)


def _send(review: Review, patch: ReviewPatch, effect: dict[str, Any] | None, now: datetime) -> None:
    patch.state, patch.sent_at, patch.effect = (ACCEPTED if patch.private else SENT), now, effect
    patch.settled_at = now if patch.private else None
    patch.save(update_fields=["state", "sent_at", "effect", "settled_at"])
    if patch.private:
        mark_make(review, patch, now)


def _message(review: Review, advisor: AbstractBaseUser, message: str, now: datetime) -> None:
    ReviewPatch.objects.create(
        review=review,
        author_id=advisor.pk,
        author_name=person_name(advisor),
        kind=ReviewPatch.Kind.NOTE,
        state=SENT,
        text=message,
        created_at=now,
        sent_at=now,
    )


def _values(proposed: Proposed, known: Known) -> dict[str, Any]:
    """The columns of a change. Raises PatchInvalid."""
    errors = faults_of(proposed, known)
    if errors:
        raise PatchInvalid(errors)
    shown = known.listed.get(proposed.program)
    return {
        "kind": proposed.kind,
        "program_id": proposed.program or None,
        "other_id": proposed.other or None,
        "tier_from": shown.tier if shown and proposed.kind == "tier" else "",
        "tier_to": proposed.tier,
        "signal": proposed.signal,
        "reason": proposed.reason,
        "text": proposed.text,
        "private": proposed.private,
        "field": proposed.field,
    }


def _tell(
    patch: ReviewPatch, kind: str, said: str, actor: AbstractBaseUser, now: datetime, **more: Any
) -> None:
    review = patch.review
    review_write(review, now)
    names = names_of([name for name in (patch.program_id, patch.other_id) if name])
    words = said.format(patch_words(patch, names))
    event_write(review, kind=kind, words=words, actor=actor, now=now, patch=patch, **more)


def _id(program: Program | None) -> str:
    return program.pk if program else ""
