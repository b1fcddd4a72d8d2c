"""What must come first comes along: Step 3 brings the certificate it needs, and says so."""

from dataclasses import replace

from matching.scoring.actions import ACTION_INDEX, ACTIONS, Action, unmet
from matching.scoring.applicant import Applicant
from matching.scoring.situation import Situation

from .control import Locked


def action_of(name: str) -> Action:
    return ACTIONS[ACTION_INDEX[name]]


def needs_now(name: str, situation: Situation) -> tuple[Action, ...]:
    """What the action ``name`` brings along in this situation; nothing for what needs nothing."""
    index = ACTION_INDEX.get(name, len(ACTIONS))
    return (unmet(ACTIONS[index], situation) or ()) if index < len(ACTIONS) else ()


def needs_done(name: str, situation: Situation) -> Situation:
    """The situation in which the action ``name`` can be begun."""
    for first in needs_now(name, situation):
        situation = situation.with_applicant(first.change(situation))
    return situation


def with_needs(name: str, situation: Situation) -> Applicant:
    """The applicant once the action is done, and before it whatever it needs that is not."""
    return action_of(name).change(needs_done(name, situation))


def within_reach(name: str, situation: Situation) -> Locked | None:
    """Locked where what it needs cannot be done, or is not known."""
    action = action_of(name)
    if unmet(action, situation) is not None:
        return None
    stuck = [need for need in action.needs if unmet(replace(action, needs=(need,)), situation) is None]
    title = action_of(stuck[0]).title
    words = f"{title[0].lower()}{title[1:]}" if title.startswith("Get") else title.replace("Pass", "pass")
    return Locked(f"First {words}. From what you told us we cannot say whether that is open to you.", True)
