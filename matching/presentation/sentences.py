"""What the numbers say to one person: short sentences, no promise, the next step beside bad news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .numbers import average, counted, dollars, in_hundred, match_range
from .programs import program_name

HARD = 0.25  # from here no interview at all is likely enough to be said first
THIN = 3.0  # fewer interviews than this seldom carry a match


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One of the three numbers that matter: what it is, the number, and what it stands on."""

    name: str
    value: str
    note: str


def key_numbers(summary: Mapping[str, Any]) -> tuple[KeyNumber, ...]:
    """The chance of a match, of no interview at all, and the price; none where there is no list."""
    if not summary["applications"]:
        return ()
    none = in_hundred(summary["interviews"]["none"]).removeprefix("about ")
    none = none.replace("fewer than", "under").replace("more than", "over")
    return (
        KeyNumber("Chance of a match", match_range(summary["match"]), "for the whole list, as a range"),
        KeyNumber("No interview at all", none, "seasons like yours"),
        KeyNumber(
            "Application fees", dollars(summary["cost_usd"]), counted(summary["applications"], "application")
        ),
    )


def headline(summary: Mapping[str, Any]) -> str:
    """The one sentence the page opens with."""
    interviews, applications = summary["interviews"], summary["applications"]
    if applications == 0:
        return "No program is left to apply to within your limits."
    sent = counted(applications, "application")
    if interviews["none"] >= HARD:
        none = in_hundred(interviews["none"])
        return f"This is hard. {none.capitalize()} seasons like yours bring no interview, even with {sent}."
    low, high = interviews["p10"], interviews["p90"]
    usually = f"usually {low} to {high}" if low != high else f"usually {low}"
    return f"Expect {expected_words(interviews['expected'])} from {sent}, {usually}."


def expected_words(expected: float) -> str:
    if expected < 0.75:
        return "less than one interview"
    return f"about {counted(round(expected), 'interview')}"


def second_sentence(summary: Mapping[str, Any]) -> str:
    """Money, the chance of none, and the list as a whole."""
    if summary["applications"] == 0:
        return "Widen the area, the budget or the number of applications in your profile."
    interviews = summary["interviews"]
    first = f"They cost {dollars(summary['cost_usd'])}."
    if interviews["none"] >= HARD:
        middle = f"Expect {expected_words(interviews['expected'])}."
    else:
        middle = f"In {in_hundred(interviews['none'])} seasons like yours, no interview comes at all."
    whole = f"For the list as a whole, we estimate {match_range(summary['match'])} match."
    return f"{first} {middle} {whole}"


def los_angeles_sentence(summary: Mapping[str, Any]) -> str:
    """Los Angeles, where it is on the list."""
    count = summary["list_by_ring"].get("los-angeles", 0)
    chance = summary.get("p_los_angeles")
    if not count or chance is None:
        return ""
    share = in_hundred(chance)
    return f"A match in the Los Angeles area itself: {share}, from {counted(count, 'program')} there."


def next_steps(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """What else to do about a list that is thin; nothing where it is not."""
    interviews = summary["interviews"]
    if not summary["applications"] or (interviews["none"] < HARD and interviews["expected"] >= THIN):
        return ()
    scopes = {scope["scope"]: scope for scope in summary["scopes"]}
    steps = []
    local, nation = scopes.get("los-angeles"), scopes.get("national")
    if local and nation and nation["interviews"]["expected"] > local["interviews"]["expected"] + 1:
        gain = average(nation["interviews"]["expected"] - local["interviews"]["expected"])
        steps.append(f"Look beyond Los Angeles. The whole nation adds about {gain} expected interviews.")
    steps.append("Read how SOAP works now, so that you are ready if the first round goes badly.")
    return tuple(steps)


def no_safety_steps(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Next steps where no program is a safety: the strongest row named, then the open questions."""
    steps = []
    numbered = [row for row in rows if row["interview"]["low"] is not None]
    if numbered:
        best = max(numbered, key=lambda row: (row["interview"]["low"], row["program"]["id"]))
        name = program_name(best["program"])
        steps.append(f"Your strongest program is {name}. Write that application with the most care.")
    unknown = sum(1 for row in rows if row["confidence"] == "prior-only")
    if unknown:
        steps.append(f"Ask the programs we know least about. We hold no rule of {unknown} on this list.")
    steps.append("Do not pad the list with names that only look safe. Breadth is what protects you here.")
    return tuple(steps)


CONFIDENCE = {
    "prior-only": "No fact of its own is held: the range rests on its specialty, its state and its hospital.",
    "low": "Little is known about this program.",
    "medium": "Some facts are known about this program.",
    "high": "Much is known about this program.",
}
