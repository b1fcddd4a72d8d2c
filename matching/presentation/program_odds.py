"""What one program means for one applicant: odds with reasons, or the rules that close it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from programs.presentation import OLD_AFTER_YEARS, web_host

from .bars import BarTable, contribution_bars
from .chance import ChanceFigure, cause_sentence, chance_figure, chance_scale
from .flips import Flip, flip_lines
from .gates import GateLine, gate_lines
from .numbers import dollars, percent
from .sentences import CONFIDENCE
from .signals import TAGS

MEANINGS = {
    "safety": "Every stated rule is met, and even the cautious end of the range is strong.",
    "target": "A real chance, though most programs like it will still say no.",
    "reach": "Long odds. Apply as one of many, or because you want to be here.",
}
WAIVER = "A rotation there, or a letter from someone there, may lead the program to look past it."
NOT_NOW = "Nothing you can do this season opens it."
VISA = "It would open if you needed no visa, or another one. If that is so, change it in your profile."
# What would open a program that a strict rule closes, by rule.
OPENS = {
    "min_step2ck": WAIVER,
    "min_step1": WAIVER,
    "max_attempts_step1": WAIVER,
    "max_attempts_step2ck": WAIVER,
    "max_years_since_graduation": WAIVER,
    "usce_months_required": "More hands-on months in the United States would meet it.",
    "ecfmg_required_at": "The ECFMG certificate, in time for what it asks.",
    "step1_passed": "A pass of Step 1.",
    "step3_for_h1b": "A pass of Step 3 in time.",
    "visa": VISA,
    "us_citizen_or_pr_only": VISA,
    "california_licence": "Both Step 1 and Step 2 CK passed, and a school that California recognizes.",
}


@dataclass(frozen=True, slots=True)
class Odds:
    """``chance`` and ``bars`` are None where no number may be shown."""

    tier: str
    meaning: str
    chance: ChanceFigure | None
    scale_words: str
    cause: str
    confidence: str
    bars: BarTable | None
    gates: tuple[GateLine, ...]
    flips: tuple[Flip, ...]
    fit: int | None


@dataclass(frozen=True, slots=True)
class Closed:
    """The rules that close it; a caution where they are old; what would open it; the fee not to be paid."""

    gates: tuple[GateLine, ...]
    caution: str
    opens: tuple[str, ...]
    saves: str


def odds_view(row: Mapping[str, Any]) -> Odds:
    factors = row.get("factors")
    scale = chance_scale([row])
    return Odds(
        tier=row["tier"],
        meaning=MEANINGS[row["tier"]],
        chance=chance_figure(row["interview"], scale),
        scale_words=f"The line runs from 0 to {percent(scale) if scale < 1 else '100%'} interview.",
        cause=cause_sentence(row["interview"]),
        confidence=CONFIDENCE[row["confidence"]],
        bars=contribution_bars(row["base"], factors) if factors and row["base"] is not None else None,
        gates=gates_shown(row.get("gates") or ()),
        flips=flip_lines(row),
        fit=row["fit"],
    )


def signal_words(level: str | None, without: float | None) -> str:
    """What the signal her recommended list sends here does; "" where it sends none.

    ``without``: her chance here without it, None where no number may be shown.
    """
    if not level:
        return ""
    words = f"Your recommended list sends a {TAGS[level]} here, and the chance counts it."
    return words if without is None else f"{words} Without it: about {percent(without)} interview."


def gates_shown(gates: Iterable[Mapping[str, Any]]) -> tuple[GateLine, ...]:
    """Each with the host of its source; a question to the program without its opening, which the page's
    e-mail has."""
    lines = []
    for line in gate_lines(gates):
        fact = _sourced(line.fact, told=bool(line.conflicts)) if line.fact else None
        ask = line.ask.rsplit(". ", 1)[-1] if line.ask_program else line.ask
        lines.append(replace(line, fact=fact, ask=ask))
    return tuple(lines)


def _sourced(fact: Mapping[str, Any], *, told: bool) -> dict[str, Any]:
    """With the host of its page, linked where it is one of the web; what contradicts it is counted once."""
    host = web_host(fact.get("url") or "")
    conflicts = 0 if told else fact.get("conflicts", 0)
    return {**fact, "host": host, "url": fact["url"] if host else "", "conflicts": conflicts}


def closed_view(row: Mapping[str, Any], usd: int | None, year: int) -> Closed:
    """``usd``: the fee of one more application in its specialty, where it is known; ``year``: today's."""
    failed = [gate for gate in row["gates"] if gate["verdict"] == "fail"]
    opens = dict.fromkeys(OPENS.get(gate["gate"], NOT_NOW) for gate in failed)
    saves = row.get("saves_usd") if usd is None else usd
    return Closed(gates_shown(failed), old_words(failed, year), tuple(opens), dollars(saves) if saves else "")


def old_words(gates: Sequence[Mapping[str, Any]], year: int) -> str:
    """Said where every rule that closes it was read on an old page: none of them may hold any more."""
    years = [(gate.get("fact") or {}).get("page_year") for gate in gates]
    old = [each for each in years if each and year - each >= OLD_AFTER_YEARS]
    if not years or len(old) < len(years):
        return ""
    return f"That was on a page of {max(old)}. Ask whether it still holds before you give this program up."


def gain_words(gain: float, *, selected: bool) -> str:
    """What applying here is worth, as people count: seasons out of a thousand."""
    count = round(gain * 1000)
    where = "It is on your recommended list." if selected else "It is not on your recommended list."
    if not gain > 0:
        return where
    more = f"about {count} more" if count else "fewer than 1 more"
    brings = "Having it there brings" if selected else "Adding it would bring"
    return f"{where} {brings} a match in {more} of 1,000 seasons like yours."


def unasked_words(profile: Mapping[str, Any], specialty: str, specialty_name: str) -> str:
    """Said of what she did not ask for; the odds are hers if she did."""
    if specialty not in (profile.get("specialties") or ()):
        return f"You did not choose {specialty_name.lower()}. These are your odds if you apply all the same."
    return "You did not ask for programs of this kind. These are your odds if you apply all the same."
