"""What the fitted model implies for the reference population, beside what was fitted: group by group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.calibration.crowd import Crowd, World, chances, intercept
from matching.calibration.fit import Outcome
from matching.calibration.population import Member
from matching.scoring.applicant import ApplicantType
from matching.scoring.draws import Floats

Tested = tuple[Crowd, Outcome]

# How people are told apart in the tables: bounds are where a group begins.
SCORE_BANDS = (220, 230, 240, 250)
YEARS_BANDS = (0, 1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Group:
    """``people`` in it, their mean chance of a match, and interviews in a hundred applications."""

    name: str
    people: int
    match: float
    interviews_per_100: float


@dataclass(frozen=True, slots=True)
class Interviews:
    """Mean number of interviews of everybody, of those who match and of those who do not."""

    mean: float
    matched: float
    unmatched: float


def groups(tested: Sequence[Tested], name_of: Callable[[Member], str]) -> list[Group]:
    """Everyone by the name of her group, in order of name. ``tested``: crowds of one kind."""
    found: dict[str, list[tuple[float, float, int]]] = {}
    for crowd, outcome in tested:
        invited = np.add.reduceat(np.append(outcome.interviews, 0.0), crowd.sent.start[:-1])
        sent = np.diff(crowd.sent.start)
        invited[sent == 0] = 0.0
        for member, match, count, total in zip(
            crowd.members, outcome.match.tolist(), invited.tolist(), sent.tolist(), strict=True
        ):
            found.setdefault(name_of(member), []).append((match, count, total))
    return [_group(name, rows) for name, rows in sorted(found.items())]


def _group(name: str, rows: Sequence[tuple[float, float, int]]) -> Group:
    match, invited, sent = np.array(rows).T
    per_100 = 100 * float(invited.sum()) / max(float(sent.sum()), 1.0)
    return Group(name, len(rows), float(match.mean()), per_100)


def everyone(_: Member) -> str:
    return "all"


def score_band(member: Member) -> str:
    score = member.applicant.step2ck.score
    assert score is not None
    index = int(np.searchsorted(SCORE_BANDS, score, side="right"))
    if index == 0:
        return f"below {SCORE_BANDS[0]}"
    if index == len(SCORE_BANDS):
        return f"{SCORE_BANDS[-1]} and above"
    return f"{SCORE_BANDS[index - 1]} to {SCORE_BANDS[index] - 1}"


def years_band(year: int) -> Callable[[Member], str]:
    """Years since graduation in the season of ``year``."""

    def name_of(member: Member) -> str:
        graduated = member.applicant.graduation_year
        assert graduated is not None
        index = int(np.searchsorted(YEARS_BANDS, max(0, year - graduated), side="right")) - 1
        begin = YEARS_BANDS[index]
        if index + 1 == len(YEARS_BANDS):
            return f"{begin} and more"
        end = YEARS_BANDS[index + 1] - 1
        return f"{begin}" if begin == end else f"{begin} to {end}"

    return name_of


def fails(member: Member) -> str:
    attempts = (member.applicant.step1.attempts or 1, member.applicant.step2ck.attempts or 1)
    return "no failed exam" if max(attempts) == 1 else "a failed exam"


def first_specialty(member: Member) -> str:
    return member.applicant.specialties[0]


def interviews(world: World, tested: Sequence[Tested], at: float) -> Interviews:
    """By how it ends: given luck, E[interviews · no match] = Π (1 − w p) · Σ p (1 − w) / (1 − w p)."""
    total = matched = unmatched = share = 0.0
    for crowd, outcome in tested:
        ways, sent = chances(world, crowd.kind), crowd.sent
        odds = sent.log_odds + at - intercept(world.values, crowd.kind)
        p_z = 1 / (1 + np.exp(-odds)[:, None] * np.exp(-ways.sigma * ways.nodes.z))
        begin = sent.start[:-1][np.diff(sent.start) > 0]
        missed = np.multiply.reduceat(1 - ways.willing * p_z, begin, axis=0)
        still = np.add.reduceat(p_z * (1 - ways.willing) / (1 - ways.willing * p_z), begin, axis=0)
        total += sent.people
        share += float(outcome.match.sum())
        unmatched += float(((missed * still) @ ways.nodes.weight).sum())
        matched += float(outcome.interviews.sum())
    matched -= unmatched
    return Interviews((matched + unmatched) / total, matched / share, unmatched / (total - share))


def matches_by_specialty(world: World, tested: Sequence[Tested]) -> Floats:
    """(specialties,) shares of the matches of one kind: each person's by her chances of interviews."""
    names = world.columns.specialties
    found = np.zeros(len(names))
    for crowd, outcome in tested:
        specialty = world.columns.specialty[crowd.sent.row]
        for index, (begin, end) in enumerate(
            zip(crowd.sent.start[:-1].tolist(), crowd.sent.start[1:].tolist(), strict=True)
        ):
            invited = outcome.interviews[begin:end]
            if end > begin:
                found += (
                    np.bincount(specialty[begin:end], invited, len(names))
                    * outcome.match[index]
                    / invited.sum()
                )
    total: Floats = found / found.sum()
    return total


def implied_shares(
    world: World, by_kind: Mapping[ApplicantType, Floats], kind: ApplicantType
) -> dict[str, tuple[float, float]]:
    """Graduates of this kind of IMG among those who match, by specialty: as the crowds imply it, and the
    headline share of filled places."""
    values, names = world.values, world.columns.specialties
    ours, theirs = values["us_img_share.all"], values["non_us_img_share.all"]
    doctors = values["population.us_md_share_of_us_schools"]
    weight: dict[ApplicantType, float] = {
        "us_img": ours,
        "non_us_img": theirs,
        "us_md": (1 - ours - theirs) * doctors,
        "us_do": (1 - ours - theirs) * (1 - doctors),
    }
    total = np.sum([weight[name] * by_kind[name] for name in weight], axis=0)
    return {
        name: (float(weight[kind] * by_kind[kind][code] / total[code]), values[f"{kind}_share.{name}"])
        for code, name in enumerate(names)
        if f"{kind}_share.{name}" in values and total[code] > 0
    }
