"""A review as the applicant reads it: where it stands, what is proposed, what was said, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from matching.presentation.list_page import program_facts
from matching.presentation.programs import program_name, program_place, program_specialty

from .approval import Approval, approval_of
from .asked import asked_fact
from .effects_told import effect_words
from .services.keeping import APPLICANT, SITE
from .standing import Standing, standing_of
from .words import patch_words

if TYPE_CHECKING:
    from matching.models import Review, ReviewEvent, ReviewPatch
    from programs.models import Program

TAKEN = ("claimed", "handed_over")
TOLD_KINDS = ("note", "ask")
ANSWERED = {
    "accepted": "You accepted this",
    "declined": "You declined this",
    "withdrawn": "Your advisor took this back",
}
ANSWERED_ASK = {
    "accepted": "You said: done",
    "declined": "You said: not now",
    "withdrawn": "No longer asked",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A program that a change is about; ``id`` leads to its page."""

    id: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing an advisor said. ``title`` says it in a line; ``effect`` what it does to the list."""

    id: int
    kind: str
    title: str
    program: Named | None
    reason: str
    text: str
    author: str
    effect: str
    said_at: datetime
    outcome: str = ""
    answer: str = ""
    settled_at: datetime | None = None
    step: str = ""  # of the profile's form, where the fact asked for is told
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    at: datetime
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that could not be taken: to which change, why, and what was typed with it."""

    patch: int
    words: str
    typed: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """``waiting``: changes to accept or decline; ``asks``: facts asked for; both hers to answer now."""

    standing: Standing
    approval: Approval | None
    waiting: tuple[Proposal, ...]
    asks: tuple[Proposal, ...]
    notes: tuple[Proposal, ...]
    answered: tuple[Proposal, ...]
    history: tuple[Done, ...]


def review_page(
    review: "Review", patches: Iterable["ReviewPatch"], events: Iterable["ReviewEvent"]
) -> ReviewPage:
    """``patches``: those the applicant may see, with their programs; ``events`` the visible ones."""
    told, done = [proposal(patch) for patch in patches], list(events)
    open_now = [each for each in told if not each.outcome]
    waiting = tuple(each for each in open_now if each.kind not in TOLD_KINDS)
    asks = tuple(each for each in open_now if each.kind == "ask")
    return ReviewPage(
        standing=standing_of(
            review,
            waiting=len(waiting),
            asks=len(asks),
            since=next((event.at for event in reversed(done) if event.kind in TAKEN), None),
        ),
        approval=approval_of(review),
        waiting=waiting,
        asks=asks,
        notes=tuple(each for each in open_now if each.kind == "note"),
        answered=tuple(sorted((each for each in told if each.outcome), key=_settled, reverse=True)),
        history=tuple(Done(event.at, _who(event), event.words) for event in done),
    )


def proposal(patch: "ReviewPatch") -> Proposal:
    outcomes = ANSWERED_ASK if patch.kind == "ask" else ANSWERED
    fact = asked_fact(patch.field) if patch.field else None
    return Proposal(
        id=patch.pk,
        kind=patch.kind,
        title=title_words(patch, fact.words if fact else ""),
        program=_named(patch.program),
        reason=patch.get_reason_display() if patch.reason else "",
        text=patch.text,
        author=patch.author_name,
        effect=effect_words(patch.effect) if patch.kind not in TOLD_KINDS else "",
        said_at=patch.sent_at or patch.created_at,
        outcome=outcomes.get(patch.state, ""),
        answer=patch.answer,
        settled_at=patch.settled_at,
        step=fact.step.slug if fact else "",
        anchor=fact.anchor if fact else "",
    )


def title_words(patch: "ReviewPatch", fact: str) -> str:
    """``Move Harbor Hospital from target to reach``; what is asked and noted is said to her."""
    names = {each.pk: _short(each) for each in (patch.program, patch.other) if each}
    if patch.kind == "ask":
        return f"Tell us {fact}" if fact else "A question to you"
    if patch.kind == "note":
        return f"On {names[patch.program_id]}" if patch.program_id else "A note"
    return patch_words(patch, names)


def _short(program: "Program") -> str:
    return program.name.removesuffix(" Program") or program.name


def _named(program: "Program | None") -> Named | None:
    if program is None:
        return None
    facts: dict[str, Any] = program_facts(program)
    return Named(program.pk, program_name(facts), f"{program_place(facts)} · {program_specialty(facts)}")


def _settled(each: Proposal) -> tuple[datetime, int]:
    return each.settled_at or each.said_at, each.id


def _who(event: "ReviewEvent") -> str:
    """ "" where the words name her already, or where nobody did it."""
    if event.actor_name == APPLICANT:
        return "You"
    silent = event.actor_name == SITE or event.words.startswith(event.actor_name)
    return "" if silent else event.actor_name
