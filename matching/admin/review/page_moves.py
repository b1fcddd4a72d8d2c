"""The buttons at the head of a review: only what would be done is offered, each with what it does."""

from dataclasses import dataclass

from matching.models import Review
from matching.presentation.named import Named
from matching.presentation.numbers import counted
from matching.review.states import may

APPROVED = "The list as it stands is approved in your name. Its page and its PDF say so."


@dataclass(frozen=True, slots=True)
class Move(Named):
    """``asks``: whether it needs something more than a press."""

    name: str
    label: str
    does: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Moves(Named):
    """``waits``: why what one might look for is not offered now."""

    offered: tuple[Move, ...]
    waits: str


def moves_possible(review: Review, *, drafts: int, unanswered: int, others: bool, private: int = 0) -> Moves:
    """``drafts``: changes not sent yet, ``private`` ones among them; ``unanswered``: sent ones that an
    approval has to wait for; ``others``: whether there is anybody to hand it to."""
    claimed, state = review.advisor_id is not None, review.state
    free = not drafts and not unanswered
    offered = [
        (not claimed and may(state, "claim"), Move("claim", "Claim", "You become its advisor.")),
        (claimed and may(state, "send"), _send(drafts, private)),
        (claimed and free and may(state, "approve"), Move("approve", "Approve", APPROVED)),
        (
            claimed and may(state, "reopen"),
            Move("reopen", "Open again", "The approval ends, and changes can be proposed."),
        ),
        (claimed and may(state, "snooze"), _snooze(review)),
        (
            others and may(state, "hand_over"),
            Move("hand_over", "Hand over", "To another advisor or group, with all that was done.", True),
        ),
        (
            claimed and may(state, "release"),
            Move("release", "Give back", "It waits for an advisor again. Drafts stay with it."),
        ),
    ]
    return Moves(
        tuple(move for possible, move in offered if possible),
        _waits(drafts, unanswered) if claimed and may(state, "approve") else "",
    )


def _send(drafts: int, private: int) -> Move:
    if not drafts:
        return Move("send", "Send a message", "She reads it beside her list. Nothing is proposed yet.", True)
    told = drafts - private
    goes, holds = "goes" if told == 1 else "go", "holds" if private == 1 else "hold"
    sent = f"{counted(told, 'draft')} {goes} to the applicant, who takes or leaves each." if told else ""
    kept = f"{counted(private, 'private one')} {holds} from then on, at the desk alone." if private else ""
    label = "Ask for changes" if told else "Keep the private ones"
    return Move("send", label, f"{sent} {kept}".strip(), True)


def _snooze(review: Review) -> Move:
    if review.snoozed_until is None:
        return Move("snooze", "Put off", "It leaves the queue until the day you choose.", True)
    until = f"{review.snoozed_until:%-d %B %Y}"
    return Move("wake", "Back in the queue", f"It is put off until {until}.")


def _waits(drafts: int, unanswered: int) -> str:
    if drafts:
        verb = "is" if drafts == 1 else "are"
        return f"It can be approved once {counted(drafts, 'draft')} {verb} sent or withdrawn."
    if unanswered:
        verb = "is" if unanswered == 1 else "are"
        return f"It can be approved once {counted(unanswered, 'change')} {verb} answered or taken back."
    return ""
