"""Proposed changes as the advisor reads them, with what she may still do to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.models import ReviewPatch
from matching.presentation.named import Named
from matching.review.words import patch_words

HELD = ("tier", "lock")
SETTLED = {"accepted": "accepted", "declined": "declined", "withdrawn": "withdrawn"}


@dataclass(frozen=True, slots=True)
class PatchView(Named):
    """``can``: "change" and "withdraw" a draft, "take back" what was sent or still holds; "" for the rest."""

    id: int
    kind: str
    state: str
    words: str
    reason: str
    text: str
    effect: str
    private: bool
    by: str
    answer: str
    when: str
    draft: bool
    drop: str


@dataclass(frozen=True, slots=True)
class Patches(Named):
    drafts: tuple[PatchView, ...]
    sent: tuple[PatchView, ...]
    settled: tuple[PatchView, ...]
    unanswered: int


def patches_view(
    patches: Sequence[ReviewPatch],
    names: Mapping[str, str],
    *,
    held: frozenset[int],
    effects: Mapping[int, str],
) -> Patches:
    """``held``: changes whose move or lock still holds; ``effects``: what the open ones would do alone."""
    views = [_view(patch, names, effects.get(patch.pk, ""), held=patch.pk in held) for patch in patches]
    by_state = {state: tuple(view for view in views if view.state == state) for state in ("draft", "sent")}
    settled = tuple(view for view in reversed(views) if view.state in SETTLED)
    unanswered = sum(1 for view in by_state["sent"] if view.kind != ReviewPatch.Kind.NOTE)
    return Patches(by_state["draft"], by_state["sent"], settled, unanswered)


def _view(patch: ReviewPatch, names: Mapping[str, str], effect: str, *, held: bool) -> PatchView:
    draft, sent = patch.state == ReviewPatch.State.DRAFT, patch.state == ReviewPatch.State.SENT
    at = patch.settled_at or patch.sent_at or patch.created_at
    return PatchView(
        id=patch.pk,
        kind=patch.kind,
        state=patch.state,
        words=patch_words(patch, names),
        reason=patch.get_reason_display() if patch.reason else "",
        text=patch.text,
        effect=effect,
        private=patch.private,
        by=patch.author_name,
        answer=patch.answer,
        when=f"{at:%-d %b}",
        draft=draft,
        drop="Withdraw" if draft else "Take back" if sent or held else "",
    )


def names_in(patches: Sequence[ReviewPatch]) -> dict[str, str]:
    """Names of the programs they are about, from rows read with them."""
    found = {}
    for patch in patches:
        for program in (patch.program, patch.other):
            if program is not None:
                found[program.pk] = program.name.removesuffix(" Program") or program.name
    return found
