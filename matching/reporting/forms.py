"""What became of a list, as it is sent: one choice a program, one question for those only planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from matching.models import OutcomeReport

from .results import MATCHED, NOT_APPLIED, RESULTS, SILENT

APPLIED_TO = {"all": "Yes, to all of them", "none": "No, to none of them", "some": "To some: I say below"}
UNSAID = ""
MOST_NAMED = 40


@dataclass
class Typed:
    """The form as it came. ``choices`` by program, as sent; ``errors`` by program, ``faults`` by question."""

    version: int
    choices: dict[str, str]
    applied: str = ""
    ending: str = "unknown"
    consent: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        return not self.errors and not self.faults

    def results(self, planned: Collection[str]) -> dict[str, str]:
        """By program, "" where she did not apply; ``planned``: those of the list only planned so far."""
        silent = SILENT if self.applied == "all" else UNSAID
        return {
            name: {UNSAID: silent if name in planned else UNSAID, NOT_APPLIED: UNSAID}.get(choice, choice)
            for name, choice in self.choices.items()
        }


def typed_read(
    post: Mapping[str, str],
    *,
    names: Mapping[str, str],
    planned: Collection[str],
    week_begun: bool,
    week_words: str,
) -> Typed:
    """``names`` of the programs the page asks about. Everything typed is kept, right or wrong."""
    version = str(post.get("version", ""))
    typed = Typed(
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        choices={name: str(post.get(f"result-{name}", UNSAID)) for name in names},
        applied=str(post.get("applied", "")),
        ending=str(post.get("ending", "unknown")),
        consent=post.get("consent") == "yes",
    )
    for name, choice in typed.choices.items():
        if choice and choice != NOT_APPLIED and choice not in RESULTS:
            typed.errors[name] = f"“{choice[:MOST_NAMED]}” is no answer. Choose one of the list."
    _applied_check(typed, planned)
    _matched_check(typed, names, week_begun, week_words)
    return typed


def _applied_check(typed: Typed, planned: Collection[str]) -> None:
    unsaid = sum(typed.choices.get(name, UNSAID) == UNSAID for name in planned)
    if typed.applied not in ("", *APPLIED_TO):
        typed.faults["applied"] = "Say whether you applied: to all, to none or to some."
    elif unsaid and not typed.applied:
        what = "one program" if unsaid == 1 else f"{unsaid} programs"
        typed.faults["applied"] = f"Say whether you applied to the {what} left at “not said”."


def _matched_check(typed: Typed, names: Mapping[str, str], week_begun: bool, week_words: str) -> None:
    """One match at most, not before there is one, and the ending agrees with it."""
    there = [name for name, choice in typed.choices.items() if choice == MATCHED]
    if there and not week_begun:
        for name in there:
            typed.errors[name] = f"Match week is in {week_words}. Choose “ranked” until then."
    elif len(there) > 1:
        for name in there:
            others = [names[other] for other in there if other != name]
            typed.errors[name] = (
                f"One matches at one program only. “Matched there” stands at {others[0]} too."
            )
    if typed.ending not in OutcomeReport.Ending.values:
        typed.faults["ending"] = "Choose how the Match ended from the list."
    elif len(there) == 1 and typed.ending == "unknown":
        typed.ending = "here"
    elif there and typed.ending in ("elsewhere", "none"):
        typed.faults["ending"] = f"Above you matched at {names[there[0]]}. Mend one of the two."
    elif not there and typed.ending == "here":
        typed.faults["ending"] = "Choose “matched there” at the program you matched at."
