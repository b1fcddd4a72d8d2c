"""One program's chance of an interview, step by step with its numbers: in docs/scoring.md and on a page.

The program and the applicant are made up. Every step is plain arithmetic on printed parameters and earlier
steps; the end is held against the core, so that the document cannot say anything else than the model does.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.special import digamma, polygamma

from matching.example_case import EXAMPLE_APPLICANT, SPECIALTY, example_track
from matching.reference import model_for
from matching.scoring.columns import columns_build
from matching.scoring.examine import examine, range_rows
from matching.scoring.luck import luck_nodes
from matching.scoring.model import Model
from matching.scoring.probability import PROGRAM_NODES
from matching.scoring.score import catalogue_score
from programs.geography import DIVISION_BY_STATE

MARK = re.compile("⟦(.*?)⟧")


@dataclass(frozen=True)
class Step:
    """``marked`` is the formula with a mark in the place of each parameter's number."""

    name: str
    formula: str
    value: float
    marked: str = ""

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The formula cut at its parameters: (text, "") and, between them, ("", parameter)."""
        for place, piece in enumerate(MARK.split(self.marked)):
            if piece:
                yield ("", piece) if place % 2 else (piece, "")


@dataclass
class Sheet:
    """Steps as they are added; ``v`` are the parameters. Formulas hold marked parameters, earlier steps."""

    v: dict[str, float]
    steps: list[Step] = field(default_factory=list)

    def add(self, name: str, formula: str, value: float) -> float:
        printed = MARK.sub(lambda found: number(self.v[found[1]]), formula)
        self.steps.append(Step(name, printed, value, formula))
        return value

    def n(self, name: str) -> str:
        """The parameter's mark; it is printed as its number."""
        if name not in self.v:
            raise KeyError(name)
        return f"⟦{name}⟧"

    @property
    def total(self) -> float:
        """The contributions so far: the steps named like factors."""
        return math.fsum(step.value for step in self.steps if step.name.startswith("`"))


def number(value: float) -> str:
    """As many digits as it takes to say the number."""
    return f"{value:.12g}".replace("-", "−")


def example_steps(season: str) -> tuple[list[Step], float, float]:
    """The steps from parameters to the chance of an interview, and the low and high end of its range.

    Raises ValueError where they come to anything else than the core's chance.
    """
    model = model_for(season)
    sheet = Sheet(dict(model.parameters.values))
    base = _base(sheet)
    spread = _openness(sheet, model)
    _exams(sheet, model)
    _experience(sheet)
    _local(sheet)
    chance = _chance(sheet, base, spread, model)
    columns = columns_build(
        [example_track(season)], parameters=model.parameters, season=season, divisions=DIVISION_BY_STATE
    )
    scored, row = catalogue_score(EXAMPLE_APPLICANT, columns, model), np.zeros(1, dtype=np.int64)
    found = examine(scored.terms, scored.sd, row, model)
    if abs(found.p[0] - chance) > 1e-8:
        raise ValueError(f"the worked example comes to {chance}, the core to {found.p[0]}")
    ranged = range_rows(scored.terms, scored.sd, scored.usual, found, row, model, scored.spread)
    return sheet.steps, float(ranged.low[0]), float(ranged.high[0])


def _base(sheet: Sheet) -> float:
    v, n = sheet.v, sheet.n
    part = n("unfilled_open")
    for step, share, left in (
        ("places", f"us_img_share.{SPECIALTY}", f"unfilled_share.{SPECIALTY}"),
        ("places_all", "us_img_share.all", "unfilled_share.all"),
    ):
        worth = v[share] * (1 - v[left]) + v["unfilled_open"] * v[left]
        sheet.add(step, f"{n(share)} · (1 − {n(left)}) + {part} · {n(left)}", worth)
    applicants, positions = f"img_applicants.{SPECIALTY}", f"positions_filled.{SPECIALTY}"
    crowding = math.log(v[applicants] / v[positions] / v["img_applicants_per_position.all"])
    usual = n("img_applicants_per_position.all")
    sheet.add("crowding", f"ln({n(applicants)} / {n(positions)} / {usual})", crowding)
    ratio = math.log(sheet.steps[0].value / sheet.steps[1].value)
    return sheet.add(
        "base",
        f"{n('base.us_img')} + {n('specialty_elasticity')} · (ln(places / places_all) − crowding)",
        v["base.us_img"] + v["specialty_elasticity"] * (ratio - crowding),
    )


def _fresh(sheet: Sheet, step: str, age: int) -> float:
    half = sheet.n("fact.half_life")
    return sheet.add(step, f"2 ^ (−{age} / {half})", 2 ** (-age / sheet.v["fact.half_life"]))


def _openness(sheet: Sheet, model: Model) -> float:
    """The state, the signs, the kind and the residents counted. Gives the standard deviation left."""
    v, n = sheet.v, sheet.n
    known = model.states["NY"].us_img or 0.0
    cap, elasticity = n("state_openness.cap"), n("state_openness.elasticity")
    held = min(max(known, -v["state_openness.cap"]), v["state_openness.cap"])
    formula = f"{elasticity} · min(max({number(known)}, −{cap}), {cap})"
    state = sheet.add("state", formula, v["state_openness.elasticity"] * held)
    fresh = _fresh(sheet, "four_seasons", 4)
    says, whole = "openness_signs.says_accepts_img", "openness_signs.holistic"
    formula = f"{n(says)} · four_seasons + {n(whole)} / (1 + 1)"
    signs = sheet.add("signs", formula, v[says] * fresh + v[whole] / 2)
    kind = sheet.add("kind", n("program_type.community"), v["program_type.community"])
    share = v[f"us_img_share.{SPECIALTY}"]
    printed = n(f"us_img_share.{SPECIALTY}")
    odds = math.log(share / (1 - share)) + state + signs + kind
    formula = f"1 / (1 + exp(−(ln({printed} / (1 − {printed})) + state + signs + kind)))"
    m = sheet.add("m", formula, 1 / (1 + math.exp(-odds)))
    old = _fresh(sheet, "two_seasons", 2)
    k = sheet.add("k", "6 · two_seasons", 6 * old)
    total = sheet.add("n", "30 · two_seasons", 30 * old)
    n0 = v["openness.prior_n"]
    a = sheet.add("a", f"{n('openness.prior_n')} · m", n0 * m)
    b = sheet.add("b", f"{n('openness.prior_n')} · (1 − m)", n0 * (1 - m))
    gained = digamma(a + k) - digamma(b + total - k) - digamma(a) + digamma(b)
    sheet.add("gained", "ψ(a + k) − ψ(b + n − k) − ψ(a) + ψ(b)", float(gained))
    shrunk = sheet.add("kept", f"{n('openness.prior_n')} / ({n('openness.prior_n')} + n)", n0 / (n0 + total))
    sheet.add(
        "`openness`",
        "state + signs + gained + (1 − kept) · kind",
        state + signs + gained + (1 - shrunk) * kind,
    )
    sheet.add("`program_type`", "kept · kind", shrunk * kind)
    spread = math.sqrt(float(polygamma(1, a + k) + polygamma(1, b + total - k)))
    return sheet.add("s", "√(ψ₁(a + k) + ψ₁(b + n − k))", spread)


def _exams(sheet: Sheet, model: Model) -> None:
    v, n = sheet.v, sheet.n
    usual = "step2ck.reference.us_img"
    old = next(step.value for step in sheet.steps if step.name == "two_seasons")
    typical = v[usual] + old * (236 - v[usual])
    sheet.add("typical", f"{n(usual)} + two_seasons · (236 − {n(usual)})", typical)
    beyond, sd = "step2ck.flat_beyond_sd", "population.step2ck.us_img.sd"
    reach = sheet.add("reach", f"{n(beyond)} · {n(sd)}", v[beyond] * v[sd])
    slope = f"step2ck.per_10.{SPECIALTY}"
    above = min(max(224 - typical, -reach), reach)
    formula = f"{n(slope)} · min(max(224 − typical, −reach), reach) / 10"
    sheet.add("`step2ck`", formula, v[slope] * above / 10)
    out, usual = model.application_year - 2024, "reference.years_since_graduation"
    formula = f"{n('graduation.per_year')} · ({out} − {n(usual)})"
    sheet.add("`graduation`", formula, v["graduation.per_year"] * (out - v[usual]))


def _experience(sheet: Sheet) -> None:
    v, n = sheet.v, sheet.n
    per, usual = "usce.hands_on_per_4_weeks", "reference.usce_weeks"
    formula = f"{n(per)} · (√(12 / 4) − √({n(usual)} / 4))"
    sheet.add("`usce`", formula, v[per] * (math.sqrt(3) - math.sqrt(v[usual] / 4)))
    each, usual, most = "letters.us_specialty", "reference.letters_us", "letters.counted_most"
    worth = v[each] * (min(1, v[most]) - v[usual]) + v["letters.academic"]
    formula = f"{n(each)} · (min(1, {n(most)}) − {n(usual)}) + {n('letters.academic')}"
    sheet.add("`letters`", formula, worth)
    full, usual = "specialty_commitment.full_weeks", "reference.specialty_commitment"
    share = (min(12 / v[full], 1) + min(1 / v[most], 1)) / 2
    halves = f"(min(12 / {n(full)}, 1) + min(1 / {n(most)}, 1)) / 2"
    formula = f"{n('specialty_commitment')} · ({halves} − {n(usual)})"
    sheet.add("`specialty_commitment`", formula, v["specialty_commitment"] * (share - v[usual]))


def _local(sheet: Sheet) -> None:
    """Ties to the place: the largest in full, the others by ``local_overlap``."""
    v, n = sheet.v, sheet.n
    scale, division = "geography.us_img_scale", "geography.division_share"
    worth = {
        "usce_local": (n("usce.local"), v["usce.local"]),
        "letter_local": (n("letter.local"), v["letter.local"]),
        "geography": (
            f"{n('geography.aligned')} · {n(scale)} · {n(division)}",
            v["geography.aligned"] * v[scale] * v[division],
        ),
        "mission": (
            f"{n('mission.match')} · min(1, 6 / {n('mission.full_months')})",
            v["mission.match"] * min(1, 6 / v["mission.full_months"]),
        ),
    }
    largest = max(worth, key=lambda name: worth[name][1])
    for name, (formula, value) in worth.items():
        if name == largest:
            sheet.add(f"`{name}`", formula, value)
        else:
            sheet.add(f"`{name}`", f"{n('local_overlap')} · {formula}", v["local_overlap"] * value)


def _chance(sheet: Sheet, base: float, spread: float, model: Model) -> float:
    v, n = sheet.v, sheet.n
    together = sheet.add("together", "base + the rows in code style", base + sheet.total)
    intercept, slope = "recalibration.intercept.us_img", "recalibration.slope.us_img"
    eta = sheet.add("η", f"{n(intercept)} + {n(slope)} · together", v[intercept] + v[slope] * together)
    inner, sigma = luck_nodes(PROGRAM_NODES), v["luck.sigma"]
    chance = math.fsum(
        weight * part / (1 + math.exp(-(eta + spread * u + sigma * z)))
        for z, weight in zip(model.nodes.z.tolist(), model.nodes.weight.tolist(), strict=True)
        for u, part in zip(inner.z.tolist(), inner.weight.tolist(), strict=True)
    )
    formula = f"Σ over u and z: weight · weight / (1 + exp(−(η + s · u + {n('luck.sigma')} · z)))"
    sheet.add("p", formula, chance)
    sheet.add("`averaging`", "ln(p / (1 − p)) − η", math.log(chance / (1 - chance)) - eta)
    return chance
