"""How a list stands as a whole: a grade, and what there is to say against it.

Two things are graded, and the worse of the two is the grade. *Value*: what the list brings, over the most
that as many programs for no more dollars could bring; a list of ours is near 1 unless programs had to be in
it. *Risk*: the chance that it brings no interview at all, which the best list there is may still have. So an
A is a list that cannot be bettered by much and is not likely to fail; a D or an F on a list that cannot be
bettered says that the list is not what has to change. Programs closed to the applicant cost a grade more.

Findings are the words: each has a threshold of its own (``balance.*``) and none is counted twice in the
grade.
"""

from collections.abc import Mapping
from dataclasses import dataclass

GRADES = "ABCDF"
NOTE, WARNING, SERIOUS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Measures:
    """What there is to count about a list, whoever made it.

    ``value``: the objective, ``best``: the most that as many programs and dollars bring. ``none``: chance of
    no interview. ``tiers``: reach, target, safety. ``specialty``, ``state``: programs of the commonest one;
    ``specialties``: how many are applied to. ``california``: programs there, Los Angeles included. ``typed``:
    programs whose kind is known, ``university`` among them. ``past_stop``: programs beyond the stop line.
    """

    programs: int
    value: float
    best: float
    none: float
    tiers: tuple[int, int, int]
    specialty: int
    specialties: int
    state: int
    california: int
    wishes_la: bool
    img: bool
    typed: int
    university: int
    unconfirmed: int
    closed: int
    past_stop: int

    @property
    def share_of_best(self) -> float:
        return float(min(1.0, self.value / self.best)) if self.best > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names what was found, ``value`` the figure it rests on (a count or a share), ``severity`` 1 a
    note, 2 a warning, 3 serious."""

    code: str
    value: float
    severity: int


@dataclass(frozen=True, slots=True)
class Balance:
    """``grade`` A to F without E; ``value`` the share of the best; findings, the most serious first."""

    grade: str
    value: float
    none: float
    findings: tuple[Finding, ...]


def balance_of(found: Measures, values: Mapping[str, float]) -> Balance:
    """Grade and findings of a list by the thresholds ``balance.*`` in ``values``."""
    worst = max(
        _step(1.0 - found.share_of_best, [1.0 - values[f"balance.value.{grade}"] for grade in "abcd"]),
        _step(found.none, [values[f"balance.none.{grade}"] for grade in "abcd"]),
    )
    grade = min(worst + bool(found.closed), len(GRADES) - 1)
    findings = sorted(_findings(found, values), key=lambda finding: -finding.severity)
    return Balance(GRADES[grade], found.share_of_best, found.none, tuple(findings))


def _step(figure: float, limits: list[float]) -> int:
    """How many of the rising limits lie below a figure of which less is better."""
    return sum(figure > limit for limit in limits)


def _findings(found: Measures, values: Mapping[str, float]) -> list[Finding]:
    if not found.programs:
        return [Finding("empty", 0, SERIOUS)]
    n, (reach, target, safety) = found.programs, found.tiers
    typed_enough = found.typed >= values["balance.typed.least"]
    university = found.university / max(found.typed, 1)
    checks = (
        ("closed", found.closed, found.closed > 0, SERIOUS),
        ("no_interview", found.none, found.none > values["balance.none.b"], SERIOUS),
        (
            "no_interview",
            found.none,
            values["balance.none.a"] < found.none <= values["balance.none.b"],
            WARNING,
        ),
        ("below_best", 1 - found.share_of_best, found.share_of_best < values["balance.value.a"], WARNING),
        ("few_targets", target + safety, target + safety < values["balance.targets.least"], WARNING),
        ("many_reaches", reach / n, reach / n > values["balance.reaches.most"], WARNING),
        ("no_safety", safety, not safety, NOTE),
        ("one_specialty", found.specialty / n, _concentrated(found, values), NOTE),
        ("one_state", found.state / n, found.state / n > values["balance.state.most"], NOTE),
        ("past_stop_line", found.past_stop, found.past_stop > 0, NOTE),
        (
            "unconfirmed",
            found.unconfirmed / n,
            found.unconfirmed / n > values["balance.unconfirmed.most"],
            NOTE,
        ),
        ("few_california", found.california, _far_from_wish(found, values), WARNING),
        (
            "many_university",
            university,
            university > values["balance.university.most"] and found.img and typed_enough,
            NOTE,
        ),
    )
    return [Finding(code, float(value), severity) for code, value, here, severity in checks if here]


def _concentrated(found: Measures, values: Mapping[str, float]) -> bool:
    return found.specialty / found.programs > values["balance.specialty.most"] and found.specialties > 1


def _far_from_wish(found: Measures, values: Mapping[str, float]) -> bool:
    return found.california < values["balance.california.least"] and found.wishes_la
