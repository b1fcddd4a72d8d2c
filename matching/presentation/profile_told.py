"""What she told us and what she left open, with what an open answer costs: said before the list is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from applicants.portrait import Line, portrait
from applicants.schema import ProfileDocument

WIDER = "Wider ranges: we take what is usual for applicants like you, from low to high."
RULES = "Some rules stay unclear: we cannot tell whether you meet them."
# What no number waits for, with what it does instead.
OTHERS = {
    "Medical school": "It changes no number.",
    "Languages": "Not counted until you name them.",
    "Specialties": "Every specialty is listed.",
    "Wishes": "No order by place or kind. The odds stay the same.",
}
RULED = ("ECFMG certified", "Military service")


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving these open does."""

    costs: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    said: tuple[Line, ...]
    left: tuple[Left, ...]


def told_of(profile: ProfileDocument | None, *, specialties: Mapping[str, str]) -> Told | None:
    """None where what was typed cannot be read as a profile yet."""
    if profile is None:
        return None
    lines = portrait(profile.model_dump(mode="json"), specialties=specialties)
    groups: dict[str, list[str]] = {}
    for line in lines:
        if not line.known:
            groups.setdefault(_costs(line.label), []).append(line.label)
    order = (WIDER, RULES, *OTHERS.values())
    left = tuple(Left(costs, tuple(groups[costs])) for costs in order if costs in groups)
    return Told(said=tuple(line for line in lines if line.known), left=left)


def _costs(label: str) -> str:
    return OTHERS.get(label) or (RULES if label in RULED else WIDER)
