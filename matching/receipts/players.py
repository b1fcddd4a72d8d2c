"""The causes a change is split among: each group of answers that changed, the data, the model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from matching.receipts.ends import End
from matching.receipts.groups import ANSWER_GROUPS, DATA, GROUPS, MODEL, OPTION_GROUPS, SECTIONS, Group
from matching.scoring.attribution import MOST, mixtures


@dataclass(frozen=True, slots=True)
class Player:
    """One cause: its code, and the codes of the groups of answers it stands for."""

    code: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Players:
    """``together``: too many groups changed, so they are taken by section."""

    each: tuple[Player, ...]
    together: bool


def players_of(before: End, after: End) -> Players:
    """Only what the core reads otherwise at the two ends: nothing else can have moved a number."""
    changed = [
        *_differ(before.applicant, after.applicant, ANSWER_GROUPS),
        *_differ(before.options, after.options, OPTION_GROUPS),
    ]
    rest = [Player(DATA)] if before.catalogue.version != after.catalogue.version else []
    rest += [Player(MODEL)] if before.model.version != after.model.version else []
    together = len(changed) + len(rest) > MOST
    mine = _by_section(changed) if together else [Player(code, (code,)) for code in changed]
    return Players((*mine, *rest), together)


def mixture_of(before: End, after: End, taken: Iterable[Player]) -> End:
    """``before`` with what ``taken`` names as it is in ``after``."""
    mixed = before
    for player in taken:
        mixed = _TAKE.get(player.code, _take_answers)(mixed, after, player)
    return mixed


def mixtures_of(before: End, after: End, players: tuple[Player, ...]) -> list[End]:
    """Every mixture, in the order of ``attribution.mixtures``: first ``before``, last ``after``."""
    return [
        mixture_of(before, after, (player for player, on in zip(players, taken, strict=True) if on))
        for taken in mixtures(len(players))
    ]


def _differ(before: object, after: object, groups: tuple[Group, ...]) -> list[str]:
    return [
        group.code
        for group in groups
        if any(getattr(before, name) != getattr(after, name) for name in group.reads)
    ]


def _by_section(codes: list[str]) -> list[Player]:
    sections = (
        (section.code, tuple(code for code in codes if GROUPS[code].section == section.code))
        for section in SECTIONS
    )
    return [Player(f"section:{code}", held) for code, held in sections if held]


def _take_answers(mixed: End, after: End, player: Player) -> End:
    held = [GROUPS[code] for code in player.groups]
    answers = {name: getattr(after.applicant, name) for g in held if g.kind == "answers" for name in g.reads}
    options = {name: getattr(after.options, name) for g in held if g.kind == "options" for name in g.reads}
    return replace(
        mixed, applicant=replace(mixed.applicant, **answers), options=replace(mixed.options, **options)
    )


_TAKE: dict[str, Callable[[End, End, Player], End]] = {
    DATA: lambda mixed, after, _: replace(mixed, catalogue=after.catalogue),
    MODEL: lambda mixed, after, _: replace(mixed, model=after.model),
}
