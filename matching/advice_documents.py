"""What would change it and whom to ask first, written out as the API and the pages show them."""

from collections.abc import Callable, Mapping
from typing import Any

from matching.catalogue import LoadedCatalogue
from matching.place_words import RING_WORDS
from matching.questions import QUESTIONS, question_text
from matching.scoring.actions import ALL_ACTIONS
from matching.scoring.answer import Asks, Flips
from matching.scoring.applicant import Applicant
from matching.scoring.rules import rivals_of
from matching.scoring.situation import Situation
from matching.scoring.tiers import TIERS
from programs.geography import STATE_NAMES
from programs.snapshot import FactValue

Document = dict[str, Any]

WHY: Mapping[str, str] = {
    "residents_us_img": "How many of its residents are US-citizen IMGs is not openly known; that says most "
    "of how open it is to you.",
    "residents_img": "How many of its residents are IMGs is not openly known; that says most of how open it "
    "is to you.",
    "program_type": "Whether a university or a community runs it is not openly known; that moves the odds.",
}
WHY_RULE = "It may have a rule here that would close it to you, and its pages leave that open."


def action_label(index: int, situation: Situation, specialty_names: Mapping[str, str]) -> str:
    """The action in words, with her place and her field in it."""
    place, specialty = situation.place, situation.specialty
    known = STATE_NAMES.get(place.state or "", "the United States")
    name = RING_WORDS[place.ring] if place.ring else known
    field = specialty_names.get(specialty, specialty).lower() if specialty else "your specialty"
    return ALL_ACTIONS[index].title.format(place=name, where=f"in {name}", specialty=field)


def flips_by_row(
    flips: Flips, applicant: Applicant, specialty_names: Mapping[str, str]
) -> dict[int, list[Document]]:
    """Catalogue row to its flips, the cheapest first. Only rows that have any."""
    situation = Situation(applicant, 0, {})
    found: dict[int, list[Document]] = {}
    labels = {
        action: action_label(action, situation, specialty_names) for action in set(flips.action.tolist())
    }
    columns = (flips.row.tolist(), flips.action.tolist(), flips.tier.tolist(), flips.p.tolist())
    for row, action, tier, p in zip(*columns, strict=True):
        found.setdefault(row, []).append(
            {
                "action": ALL_ACTIONS[action].name,
                "label": labels[action],
                "tier": TIERS[tier],
                "interview": p,
            }
        )
    return found


def asks_documents(
    asks: Asks, catalogue: LoadedCatalogue, program: Callable[[int], Document]
) -> list[Document]:
    """The programs to write to first, each with its question; ``program`` writes one out by its row."""
    return [
        {
            "program": program(row),
            "fact": field,
            "why": WHY.get(field, WHY_RULE),
            "gain": gain,
            "question": _question(row, field, catalogue),
        }
        for row, field, gain in zip(asks.row.tolist(), asks.field, asks.gain.tolist(), strict=True)
        if field in QUESTIONS
    ]


def _question(row: int, field: str, catalogue: LoadedCatalogue) -> str:
    track = catalogue.tracks[row]
    return question_text(
        field,
        program_name=track.name,
        specialty_name=catalogue.specialty_names.get(track.specialty, track.specialty),
        as_read=_as_read(track.facts.get(field)),
    )


def _as_read(fact: FactValue | None) -> str:
    """What the pages say, and where two as sure disagree what each says."""
    if fact is None:
        return ""
    rivals = rivals_of(fact)
    return f"{fact.as_stated} on one page, {rivals[0].as_stated} on another" if rivals else fact.as_stated
