"""The applicant's answer to one proposed change. What she accepts is done to her list as if she did it."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from matching.list_state import Edit
from matching.models import Review, ReviewPatch, SavedList
from matching.review.faults import PatchNoLongerFits, ReviewNotPossible
from matching.review.freezing import list_of
from matching.review.members import MEMBERS, stated
from matching.review.patching import Proposed, fit_faults
from matching.review.states import step
from matching.review.words import patch_words
from matching.services.list_edit import list_add, list_edit, list_remove
from matching.services.list_writing import names_of

from .keeping import event_write, review_lock, review_write
from .knowing import known_of
from .marking import mark_make

ANSWER_MOST = ReviewPatch._meta.get_field("answer").max_length or 0


@transaction.atomic
def patch_settle(
    *, patch: ReviewPatch, accept: bool, words: str = "", actor: AbstractBaseUser, now: datetime
) -> ReviewPatch:
    """Accept or decline a change that was sent, with words where she likes.

    Raises StepNotPossible, PatchNoLongerFits where it cannot be done to the list as it is by now, and
    ReviewNotPossible where it was answered already. Whatever is raised, nothing was changed.
    """
    words = words.strip()
    if len(words) > ANSWER_MOST:
        raise ReviewNotPossible(f"An answer has at most {ANSWER_MOST} characters.")
    locked = review_lock(patch.review)
    step(locked.state, "settle")
    kept = ReviewPatch.objects.select_for_update(of=("self",)).get(pk=patch.pk)
    kept.review = locked
    _may_answer(kept)
    if accept:
        _apply(locked, kept, words, now)
        locked.refresh_from_db()  # the list was written, and the review's figures with it
    kept.state = ReviewPatch.State.ACCEPTED if accept else ReviewPatch.State.DECLINED
    kept.answer, kept.settled_at = words, now
    kept.save(update_fields=["state", "answer", "settled_at"])
    review_write(locked, now)
    said = f"{'Accepted' if accept else 'Declined'}: {patch_words(kept, _names(kept))}"
    kind = "accepted" if accept else "declined"
    event_write(locked, kind=kind, words=said, actor=actor, now=now, patch=kept, visible=True)
    return kept


def _may_answer(patch: ReviewPatch) -> None:
    if patch.private or patch.state == ReviewPatch.State.DRAFT:
        raise ReviewNotPossible("There is no such change to answer.")
    if patch.state == ReviewPatch.State.WITHDRAWN:
        raise ReviewNotPossible("Your advisor took this change back meanwhile.")
    if patch.state != ReviewPatch.State.SENT:
        raise ReviewNotPossible(f"You answered this already: {patch.get_state_display()}.")


def _apply(review: Review, patch: ReviewPatch, words: str, now: datetime) -> None:
    saved_list = list_of(review)
    if patch.kind == ReviewPatch.Kind.ASK:
        _answered(patch, words, saved_list)
    elif patch.kind != ReviewPatch.Kind.NOTE:
        if _needs_doing(review, patch):
            _DO[patch.kind](saved_list, patch)
        mark_make(review, patch, now)


def _needs_doing(review: Review, patch: ReviewPatch) -> bool:
    """Whether the list is not as proposed already. Raises PatchNoLongerFits."""
    proposed = Proposed(patch.kind, patch.program_id or "", patch.other_id or "", patch.tier_to, patch.signal)
    known = known_of(review, proposed, besides=patch)
    row = known.listed.get(proposed.program)
    done = {
        "add": row is not None,
        "remove": row is None,
        "tier": row is not None and row.tier == patch.tier_to,
        "signal": row is not None and row.signal == patch.signal,
        "lock": row is not None and row.locked,
    }
    if done[patch.kind]:
        return False
    faults = fit_faults(proposed, known)
    if faults:
        said = " ".join(faults.values())
        raise PatchNoLongerFits(f"{said} Nothing was changed: decline it, or ask your advisor.")
    return True


def _add(saved_list: SavedList, patch: ReviewPatch) -> None:
    list_add(saved_list=saved_list, programs=[patch.program_id or ""], words=_said(patch))


def _remove(saved_list: SavedList, patch: ReviewPatch) -> None:
    list_remove(
        saved_list=saved_list, programs=[patch.program_id or ""], though_locked=True, words=_said(patch)
    )


def _signal(saved_list: SavedList, patch: ReviewPatch) -> None:
    """Two programs that trade keep what the other had."""
    had = dict(saved_list.entries.values_list("program_id", "signal"))
    program, other = patch.program_id or "", patch.other_id
    sent = {program: Edit(signal=patch.signal)}
    if other:
        sent[other] = replace(Edit(), signal=had[program])
    list_edit(saved_list=saved_list, version=saved_list.version, sent=sent, words=_said(patch))


def _nothing(saved_list: SavedList, patch: ReviewPatch) -> None:
    """A move or a lock lies beside the list."""


_DO = {"add": _add, "remove": _remove, "signal": _signal, "tier": _nothing, "lock": _nothing}


def _answered(patch: ReviewPatch, words: str, saved_list: SavedList) -> None:
    if patch.field:
        if not stated(saved_list.match.run.profile, patch.field):
            told = MEMBERS[patch.field]
            raise PatchNoLongerFits(
                f"The answers this list is judged by do not say it yet ({told}): put it into your profile "
                "and judge the list by the new answer."
            )
    elif not words:
        raise PatchNoLongerFits("Write your answer.")


def _said(patch: ReviewPatch) -> str:
    return f"From the review: {patch_words(patch, _names(patch))}"


def _names(patch: ReviewPatch) -> dict[str, str]:
    return names_of([name for name in (patch.program_id, patch.other_id) if name])
