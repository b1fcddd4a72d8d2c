"""A program's chance of an interview in plain arithmetic, from the tables printed in docs/scoring.md.

Written after the document alone: nothing of the core is used, only the shapes of applicants and programs.
It knows what its cases need: IMGs who have passed everything at the first attempt, at programs whose rules
cost nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from matching.scoring.applicant import Applicant
from programs.geography import DIVISION_BY_STATE
from programs.snapshot import TrackRow

Rows = list[list[str]]
HANDS_ON = ("core_clerkship", "elective", "sub_internship", "externship")
SERVED = ("free_clinic", "underserved", "rural", "community_health", "veterans")


@dataclass(frozen=True)
class Printed:
    """The tables by what they say: parameters, state priors (US, other), and nodes with weights."""

    v: Mapping[str, float]
    states: Mapping[str, tuple[float, float]]
    u: list[tuple[float, float]]
    z: list[tuple[float, float]]
    needy: list[str]

    def near(self, family: str, specialty: str) -> float:
        own = f"{family}.{specialty}"
        return self.v[own] if own in self.v else self.v[family]


def document_read(text: str) -> Printed:
    """The tables of the document."""
    parts = dict(part.split("\n", 1) for part in text.split("\n### ")[1:])
    needy = next(part for title, part in parts.items() if title.startswith("Words of a stated mission"))
    tables = {part.split("\n")[0].split(",")[0]: _rows(part) for part in text.split("\n### ")[1:]}
    states = {row[0]: (_number(row[1]), _number(row[2])) for row in tables["States"]}
    nodes = {"u": list[tuple[float, float]](), "z": list[tuple[float, float]]()}
    for name, node, weight in tables["Nodes of the averages"]:
        sides = {float(node), -float(node)}
        nodes[name].extend((side, float(weight)) for side in sides)
    values = {row[0].strip("`"): float(row[1]) for row in tables["Parameters"]}
    return Printed(values, states, nodes["u"], nodes["z"], needy.split("`")[1::2])


def _rows(part: str) -> Rows:
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def _number(text: str) -> float:
    return 0.0 if text == "–" else float(text)


def digamma(x: float) -> float:
    """By recurrence to a large argument, and the asymptotic series there."""
    below = 0.0
    while x < 20:
        below, x = below + 1 / x, x + 1
    return math.log(x) - 1 / (2 * x) - 1 / (12 * x**2) + 1 / (120 * x**4) - 1 / (252 * x**6) - below


def trigamma(x: float) -> float:
    below = 0.0
    while x < 20:
        below, x = below + 1 / x**2, x + 1
    return 1 / x + 1 / (2 * x**2) + 1 / (6 * x**3) - 1 / (30 * x**5) + 1 / (42 * x**7) + below


def chance_by_hand(printed: Printed, me: Applicant, program: TrackRow, year: int) -> float:
    """The chance of an interview of ``me`` at ``program``, applying in ``year``."""
    hand = _Hand(printed, me, program, year)
    openness, spread = hand.openness()
    together = hand.base() + openness + hand.exams() + hand.experience() + hand.local() + hand.elsewhere()
    kind, v = me.applicant_type, printed.v
    eta = v[f"recalibration.intercept.{kind}"] + v[f"recalibration.slope.{kind}"] * together
    return math.fsum(
        a * b / (1 + math.exp(-(eta + spread * u + v["luck.sigma"] * z)))
        for u, a in printed.u
        for z, b in printed.z
    )


class _Hand:
    def __init__(self, printed: Printed, me: Applicant, program: TrackRow, year: int) -> None:
        self.printed, self.v, self.me, self.program, self.year = printed, printed.v, me, program, year
        self.specialty, self.kind = program.specialty, str(me.applicant_type)

    def fresh(self, field: str) -> float:
        fact = self.program.facts[field]
        age = self.v["fact.unknown_age"] if fact.page_year is None else max(0, self.year - fact.page_year)
        return float(2 ** (-age / self.v["fact.half_life"])) / (1 + fact.conflicts)

    def says(self, field: str, code: str) -> float:
        fact = self.program.facts.get(field)
        return self.fresh(field) if fact is not None and fact.value == code else 0.0

    def base(self) -> float:
        v, share, s = self.v, f"{self.kind}_share", self.specialty
        part, left, left_all = v["unfilled_open"], v[f"unfilled_share.{s}"], v["unfilled_share.all"]
        places = v[f"{share}.{s}"] * (1 - left) + part * left
        places_all = v[f"{share}.all"] * (1 - left_all) + part * left_all
        if f"positions_filled.{s}" in v:
            each = v[f"img_applicants.{s}"] / v[f"positions_filled.{s}"]
            crowding = math.log(each / v["img_applicants_per_position.all"])
        else:
            imgs, imgs_all = (v[f"us_img_share.{x}"] + v[f"non_us_img_share.{x}"] for x in (s, "all"))
            crowding = v["crowding_follows_share"] * math.log(imgs / imgs_all)
        kind = 0.0 if self.kind == "us_img" else v[f"applicant_type.{self.kind}"]
        shift = v["specialty_elasticity"] * (math.log(places / places_all) - crowding)
        return v["base.us_img"] + kind + shift + v.get(f"specialty_unmeasured.{s}", 0.0)

    def openness(self) -> tuple[float, float]:
        """State, signs, kind or size, and the residents counted; and the standard deviation left."""
        v, facts = self.v, self.program.facts
        state = self.printed.states.get(self.program.state, (0.0, 0.0))[self.kind == "non_us_img"]
        cap = v["state_openness.cap"]
        shift = v["state_openness.elasticity"] * min(max(state, -cap), cap)
        shift += v["openness_signs.says_accepts_img"] * self.says("accepts_img", "yes")
        shift += v["openness_signs.no_minimum"] * self.says("min_step2ck", "none")
        shift += v["openness_signs.holistic"] * self.says("holistic_review", "yes")
        if self.kind == "us_img":
            citizens = self.says("us_citizen_or_pr_only", "yes")
            shift += v["openness_signs.us_citizens_only"] * citizens
        for kind in ("university", "community", "safety-net"):
            shift += v[f"program_type.{kind}"] * self.says("program_type", kind)
        size = facts.get("hospital_resident_fte")
        fte = float(size.value or 0) if size is not None and "program_type" not in facts else 0.0
        if fte >= v["academic_size.least_fte"]:
            ratio = fte / v["academic_size.reference_fte"]
            shift += v["academic_size.per_ln_resident_fte"] * math.log(ratio)
        return self.counted(shift)

    def counted(self, shift: float) -> tuple[float, float]:
        v, facts, s = self.v, self.program.facts, self.specialty
        hers, imgs = facts.get(f"residents_{self.kind}"), facts.get("residents_img")
        total, counted = facts.get("residents_total"), hers or imgs
        if total is None or counted is None or counted.value is None:
            return shift, v["openness_sd"]
        share = v[f"{self.kind}_share.{s}"]
        old = min(self.fresh("residents_total"), self.fresh(counted.field))
        k, n = old * float(counted.value), old * float(total.value or 0)
        if hers is None:
            k *= share / (v[f"us_img_share.{s}"] + v[f"non_us_img_share.{s}"])
        m = 1 / (1 + math.exp(-(math.log(share / (1 - share)) + shift)))
        a, b = v["openness.prior_n"] * m, v["openness.prior_n"] * (1 - m)
        gained = digamma(a + k) - digamma(b + n - k) - digamma(a) + digamma(b)
        return shift + gained, math.sqrt(trigamma(a + k) + trigamma(b + n - k))

    def exams(self) -> float:
        v = self.v
        usual, typical = v["step2ck.reference.us_img"], self.program.facts.get("avg_step2ck")
        if typical is not None and isinstance(typical.value, float):
            usual += self.fresh("avg_step2ck") * (typical.value - usual)
        reach = v["step2ck.flat_beyond_sd"] * v["population.step2ck.us_img.sd"]
        above = min(max(float(self.me.step2ck.score or 0) - usual, -reach), reach)
        years = max(0, self.year - int(self.me.graduation_year or 0)) - v["reference.years_since_graduation"]
        score = self.printed.near("step2ck.per_10", self.specialty) * above / 10
        return score + v["graduation.per_year"] * years + v["step3.passed"] * (self.me.step3.status == "pass")

    def experience(self) -> float:
        """Weeks, letters and commitment to the specialty."""
        v, items, letters = self.v, self.me.experience or (), self.me.letters or ()
        worth = {True: 1.0, False: v["usce.not_hands_on_share"]}
        weeks = sum(float(i.weeks or 0) * worth[i.kind in HANDS_ON] for i in items if i.kind != "research")
        usce = v["usce.hands_on_per_4_weeks"] * (
            math.sqrt(weeks / 4) - math.sqrt(v["reference.usce_weeks"] / 4)
        )
        most = v["letters.counted_most"]
        ours = sum(self.hers(letter.specialty) for letter in letters if letter.author != "non_us")
        written = v["letters.us_specialty"] * (min(ours, most) - v["reference.letters_us"])
        written += v["letters.academic"] * any(letter.author == "us_academic" for letter in letters)
        by_weeks = sum(self.hers(item.specialty) * float(item.weeks or 0) for item in items)
        by_letters = sum(self.hers(letter.specialty) for letter in letters)
        halves = min(by_weeks / v["specialty_commitment.full_weeks"], 1) + min(by_letters / most, 1)
        return usce + written + v["specialty_commitment"] * (halves / 2 - v["reference.specialty_commitment"])

    def hers(self, specialty: str | None) -> float:
        return self.v["item.unsaid_specialty_share"] if specialty is None else specialty == self.specialty

    def local(self) -> float:
        """Ties to the place: the largest in full, the others by the overlap."""
        v, me, here = self.v, self.me, self.program.state
        seen = any(item.state == here for item in me.experience or ())
        written = any(letter.state == here for letter in me.letters or ())
        worth = [v["usce.local"] * seen, v["letter.local"] * written, self.geography(), self.mission()]
        return max(worth) + v["local_overlap"] * (sum(worth) - max(worth))

    def geography(self) -> float:
        v, me, here = self.v, self.me, self.program.state
        aligned, home = v["geography.aligned"], v["geography.in_state"]
        aligned, home = aligned * v["geography.us_img_scale"], home * v["geography.us_img_scale"]
        if me.ties is None:
            return aligned * v["population.local_share"]
        if any(tie.state == here and tie.kind in ("residence", "grew_up") for tie in me.ties):
            return max(aligned, home) + v["local_overlap"] * min(aligned, home)
        if any(tie.state == here for tie in me.ties):
            return aligned
        division = DIVISION_BY_STATE.get(here, "none")
        near = any(DIVISION_BY_STATE.get(str(tie.state)) == division for tie in me.ties)
        return aligned * v["geography.division_share"] * near

    def mission(self) -> float:
        v, me, facts = self.v, self.me, self.program.facts
        words = facts["mission"].as_stated.lower() if "mission" in facts else ""
        serves = any(word in words for word in self.printed.needy) or self.says("safety_net", "yes")
        if not (serves or self.says("program_type", "safety-net")):
            return 0.0
        unsaid, spanish = v["population.local_share"], v["mission.spanish_share"]
        if me.service is None:
            served = unsaid
        else:
            months = sum(float(item.months or 0) for item in me.service if item.focus in SERVED)
            served = months / v["mission.full_months"]
        if me.languages is not None:
            served += spanish * ("es" in me.languages)
        elif me.service is not None:
            served += spanish * unsaid
        return v["mission.match"] * min(1.0, served)

    def elsewhere(self) -> float:
        """Demand for the area, publications, a visa."""
        v, me = self.v, self.me
        demand = v.get(f"competition.{self.program.ring}", 0.0)
        papers = v["population.publications.us_img"]
        if me.research_publications is not None:
            papers = float(me.research_publications)
        papers = min(papers, v["research.publications_cap"]) * self.says("program_type", "university")
        visa = v["visa_needed"] * (me.visa_needed not in (None, "none"))
        return demand + v["research.university_per_publication"] * papers + visa
