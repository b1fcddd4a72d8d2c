"""The same scoring in plain vectorised pandas: what the core is measured against, and checked by.

One applicant (a US-citizen IMG) over the whole catalogue: every contribution, the rules, the averaged
probability, and the contributions of the best rows. Central values only; the core draws as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import digamma, expit, logit, polygamma

from matching.scoring.applicant import HANDS_ON, Applicant
from matching.scoring.columns import Columns
from matching.scoring.luck import luck_nodes
from matching.scoring.model import Model
from matching.scoring.person import US_AUTHORS, service_months
from matching.scoring.probability import DRAW_NODES, PROGRAM_NODES
from matching.scoring.rules import CODES, NUMBER
from matching.scoring.track_facts import FEATURES

Values = Mapping[str, float]
FIGURES = (
    "us_img_share",
    "non_us_img_share",
    "unfilled_share",
    "img_applicants",
    "positions_filled",
    "specialty_unmeasured",
)
SIGNS = {
    "accepts_img": "openness_signs.says_accepts_img",
    "no_minimum": "openness_signs.no_minimum",
    "holistic": "openness_signs.holistic",
    "us_citizens_only": "openness_signs.us_citizens_only",
}
TYPES = {
    "university": "program_type.university",
    "community": "program_type.community",
    "safety_net_type": "program_type.safety-net",
}


def frame_of(columns: Columns, model: Model) -> pd.DataFrame:
    """The catalogue as a table, made beforehand like the core's columns."""
    places = [columns.places[cell // 2] for cell in columns.cell]
    frame = pd.DataFrame(columns.features, columns=list(FEATURES), index=pd.Index(columns.ids, name="id"))
    frame["specialty"] = pd.Categorical([columns.specialties[code] for code in columns.specialty])
    frame["state"] = [place.state for place in places]
    frame["ring"] = [place.ring for place in places]
    frame["division"] = [place.division for place in places]
    frame["mission"] = columns.cell % 2 == 1
    priors = {state: prior.us_img for state, prior in model.states.items()}
    frame["state_log_odds"] = frame["state"].map(priors).astype(float).fillna(0.0)
    frame["program"] = columns.program
    for name, series in _counted(columns).items():
        frame[name] = series
    for field, rule in columns.rules.by_field.items():
        ids = [columns.ids[row] for row in rule.rows]
        frame[f"{field}.code"] = pd.Series(rule.code, index=ids)
        frame[f"{field}.number"] = pd.Series(rule.number, index=ids)
        frame[f"{field}.strict"] = pd.Series(rule.strict, index=ids)
    return frame


def _counted(columns: Columns) -> dict[str, "pd.Series[float]"]:
    counted = [columns.ids[row] for row in columns.counts.rows]
    typical = [columns.ids[row] for row in columns.typical_rows]
    return {
        "imgs": pd.Series(columns.counts.imgs, index=counted),
        "residents": pd.Series(columns.counts.total, index=counted),
        "typical_score": pd.Series(columns.typical_score, index=typical),
        "typical_weight": pd.Series(columns.typical_weight, index=typical),
    }


@dataclass(frozen=True)
class PandasScore:
    """(n,) probabilities and which tracks are closed; the contributions (rows, factors) of the best."""

    p: "pd.Series[float]"
    closed: "pd.Series[bool]"
    best: pd.DataFrame


def pandas_score(frame: pd.DataFrame, applicant: Applicant, model: Model, keep: int) -> PandasScore:
    """Score an applicant of whom everything is known, who passed every exam at the first attempt."""
    values = model.parameters.values
    base, share = _base(frame, values)
    table = pd.DataFrame(index=frame.index)
    _openness(frame, table, values, share)
    _exams(frame, table, values, applicant, model.application_year)
    _experience(frame, table, values, applicant)
    _local(frame, table, values, applicant)
    closed, wished = _rules(frame, applicant, model.application_year)
    table["gates"] = wished * values["gate.preference_fail"]
    sd = _sd(frame, table, values, share)
    log_odds = base + table.sum(axis=1)
    p = _averaged(log_odds, (sd**2 + values["luck.sigma"] ** 2) ** 0.5, DRAW_NODES)
    best = p[~closed].nlargest(keep).index
    exact = _exact(log_odds.loc[best], sd.loc[best], values["luck.sigma"])
    contributions = table.loc[best].assign(averaging=logit(exact) - log_odds.loc[best])
    return PandasScore(p, closed, contributions)


def _base(frame: pd.DataFrame, values: Values) -> "tuple[pd.Series[float], pd.Series[float]]":
    names = pd.Index(frame["specialty"].cat.categories)
    table = pd.DataFrame({column: names.map(_figures(column, values)) for column in FIGURES}, index=names)
    part, unfilled = values["unfilled_open"], values["unfilled_share.all"]
    offered = table["us_img_share"] * (1 - table["unfilled_share"]) + part * table["unfilled_share"]
    offered_all = values["us_img_share.all"] * (1 - unfilled) + part * unfilled
    places = (offered / offered_all).fillna(table["us_img_share"] / values["us_img_share.all"])
    imgs = (table["us_img_share"] + table["non_us_img_share"]) / (
        values["us_img_share.all"] + values["non_us_img_share.all"]
    )
    each = table["img_applicants"] / table["positions_filled"] / values["img_applicants_per_position.all"]
    crowding = np.log(each).fillna(values["crowding_follows_share"] * np.log(imgs)).fillna(0.0)
    shift = values["specialty_elasticity"] * (np.log(places) - crowding)
    shift = shift + table["specialty_unmeasured"].fillna(0.0)
    base = values["base.us_img"] + frame["specialty"].map(shift).astype(float)
    return base, frame["specialty"].map(table["us_img_share"]).astype(float)


def _figures(family: str, values: Values) -> dict[str, float]:
    """The parameter family by specialty, as far as it is known."""
    return {name.split(".")[1]: value for name, value in values.items() if name.startswith(f"{family}.")}


def _openness(frame: pd.DataFrame, table: pd.DataFrame, values: Values, share: "pd.Series[float]") -> None:
    cap = values["state_openness.cap"]
    openness = values["state_openness.elasticity"] * frame["state_log_odds"].clip(-cap, cap)
    for column, name in SIGNS.items():
        openness = openness + values[name] * frame[column]
    kind = sum(values[name] * frame[column] for column, name in TYPES.items())
    size = values["academic_size.per_ln_resident_fte"] * frame["academic_size"]
    rings = {ring: values[f"competition.{ring}"] for ring in ("los-angeles", "california")}
    table["openness"], table["program_type"], table["academic_size"] = openness, kind, size
    table["competition"] = frame["ring"].map(rings).fillna(0.0)
    counted = frame.index[frame["residents"].notna()]
    if len(counted):
        _counts(frame.loc[counted], table, values, share.loc[counted])


def _counts(counted: pd.DataFrame, table: pd.DataFrame, values: Values, share: "pd.Series[float]") -> None:
    a, b, total, imgs = _posterior(counted, table, values, share)
    n0 = values["openness.prior_n"]
    others = table.loc[counted.index, "program_type"] + table.loc[counted.index, "academic_size"]
    gained = digamma(a + imgs) - digamma(b + total - imgs) - digamma(a) + digamma(b)
    shrunk = n0 / (n0 + total)
    table.loc[counted.index, "openness"] += gained + (1 - shrunk) * others
    table.loc[counted.index, "program_type"] *= shrunk
    table.loc[counted.index, "academic_size"] *= shrunk


def _posterior(
    counted: pd.DataFrame, table: pd.DataFrame, values: Values, share: "pd.Series[float]"
) -> "tuple[pd.Series[float], pd.Series[float], pd.Series[float], pd.Series[float]]":
    prior = table.loc[counted.index, ["openness", "program_type", "academic_size"]].sum(axis=1)
    mean, n0 = expit(logit(share) + prior), values["openness.prior_n"]
    theirs = counted["specialty"].map(
        {name: _other_share(name, values) for name in counted["specialty"].unique()}
    )
    ours = share / (share + theirs.astype(float))
    return n0 * mean, n0 * (1 - mean), counted["residents"], counted["imgs"] * ours


def _other_share(name: str, values: Values) -> float:
    return values[f"non_us_img_share.{name}"]


def _sd(
    frame: pd.DataFrame, table: pd.DataFrame, values: Values, share: "pd.Series[float]"
) -> "pd.Series[float]":
    sd = pd.Series(values["openness_sd"], index=frame.index)
    counted = frame[frame["residents"].notna()]
    if len(counted):
        before = pd.DataFrame(index=counted.index)
        plain = counted.assign(residents=np.nan)
        _openness(plain, before, values, share.loc[counted.index])
        a, b, total, imgs = _posterior(counted, before, values, share.loc[counted.index])
        sd.loc[counted.index] = np.sqrt(polygamma(1, a + imgs) + polygamma(1, b + total - imgs))
    return sd


def _exams(frame: pd.DataFrame, table: pd.DataFrame, values: Values, applicant: Applicant, year: int) -> None:
    names = frame["specialty"].cat.categories
    slopes = {name: values.get(f"step2ck.per_10.{name}", values["step2ck.per_10"]) for name in names}
    reference = values["step2ck.reference.us_img"]
    typical = reference + frame["typical_weight"].fillna(0.0) * (
        frame["typical_score"].fillna(0.0) - reference
    )
    reach = values["step2ck.flat_beyond_sd"] * values["population.step2ck.us_img.sd"]
    above = (float(applicant.step2ck.score or 0) - typical).clip(-reach, reach)
    table["step2ck"] = frame["specialty"].map(slopes).astype(float) * above / 10
    years = max(0, year - int(applicant.graduation_year or year))
    table["graduation"] = values["graduation.per_year"] * (years - values["reference.years_since_graduation"])


def _experience(frame: pd.DataFrame, table: pd.DataFrame, values: Values, applicant: Applicant) -> None:
    names = list(frame["specialty"].cat.categories)
    items = pd.DataFrame([(e.specialty, e.weeks, e.kind) for e in applicant.experience or ()])
    items.columns = pd.Index(["specialty", "weeks", "kind"])
    little = np.where(items["kind"].isin(HANDS_ON), 1.0, values["usce.not_hands_on_share"])
    months = float((items["weeks"] * little).sum()) / 4
    usual = values["reference.usce_weeks"] / 4
    table["usce"] = values["usce.hands_on_per_4_weeks"] * (np.sqrt(months) - np.sqrt(usual))
    letters = pd.DataFrame([(i.specialty, i.author in US_AUTHORS) for i in applicant.letters or ()])
    letters.columns = pd.Index(["specialty", "us"])
    most = values["letters.counted_most"]
    ours = _by_specialty(letters[letters["us"]].assign(amount=1.0), names, values)
    academic = any(letter.author == "us_academic" for letter in applicant.letters or ())
    worth = values["letters.us_specialty"] * (ours.clip(upper=most) - values["reference.letters_us"])
    worth = worth + values["letters.academic"] * academic
    table["letters"] = frame["specialty"].map(worth).astype(float)
    weeks = _by_specialty(items.assign(amount=items["weeks"]), names, values)
    counted = _by_specialty(letters.assign(amount=1.0), names, values)
    share = (weeks / values["specialty_commitment.full_weeks"]).clip(upper=1.0) + (counted / most).clip(
        upper=1.0
    )
    commitment = values["specialty_commitment"] * (share / 2 - values["reference.specialty_commitment"])
    table["specialty_commitment"] = frame["specialty"].map(commitment).astype(float)
    papers = min(float(applicant.research_publications or 0), values["research.publications_cap"])
    table["research"] = values["research.university_per_publication"] * papers * frame["university_research"]


def _by_specialty(items: pd.DataFrame, names: list[str], values: Values) -> "pd.Series[float]":
    """Amounts by specialty; of an item whose specialty is not said, every specialty gets a share."""
    unsaid = items.loc[items["specialty"].isna(), "amount"].sum() * values["item.unsaid_specialty_share"]
    return items.groupby("specialty")["amount"].sum().reindex(names, fill_value=0.0) + unsaid


def _local(frame: pd.DataFrame, table: pd.DataFrame, values: Values, applicant: Applicant) -> None:
    worth = pd.DataFrame(index=frame.index)
    seen = {
        e.state: 1.0 if e.kind in HANDS_ON else values["usce.not_hands_on_share"]
        for e in applicant.experience or ()
    }
    worth["usce_local"] = values["usce.local"] * frame["state"].map(seen).fillna(0.0)
    written = {letter.state for letter in applicant.letters or ()}
    worth["letter_local"] = values["letter.local"] * frame["state"].isin(written)
    near = frame["state"].isin({tie.state for tie in applicant.ties or ()})
    region = frame["division"].isin(frame.loc[near, "division"].unique())
    share = near + values["geography.division_share"] * (region & ~near)
    worth["geography"] = values["geography.aligned"] * values["geography.us_img_scale"] * share
    spanish = values["mission.spanish_share"] * ("es" in (applicant.languages or ()))
    strength = min(1.0, service_months(applicant) / values["mission.full_months"] + spanish)
    worth["mission"] = values["mission.match"] * strength * frame["mission"]
    full = pd.DataFrame(
        {name: worth.columns[worth.to_numpy().argmax(axis=1)] == name for name in worth}, index=frame.index
    )
    shared = worth.where(full, worth * values["local_overlap"])
    for name in worth:
        table[name] = shared[name]


def _rules(
    frame: pd.DataFrame, applicant: Applicant, year: int
) -> "tuple[pd.Series[bool], pd.Series[float]]":
    """Which tracks a strict rule closes, and how many wished-for rules are not met."""
    months = sum(e.weeks or 0 for e in applicant.experience or () if e.kind in HANDS_ON) / 4
    years = max(0, year - int(applicant.graduation_year or year))
    score = float(applicant.step2ck.score or 0)
    failed = {
        "min_step2ck": frame["min_step2ck.number"] > score,
        "max_years_since_graduation": frame["max_years_since_graduation.number"] < years,
        "usce_months_required": frame["usce_months_required.number"] > months,
        "accepts_img": frame["accepts_img.code"] == CODES["no"],
        "military_service": (frame["military_service.code"] == CODES["yes"])
        & (applicant.military_service is False),
        "max_attempts_step1": (frame["max_attempts_step1.code"] == NUMBER)
        & (frame["max_attempts_step1.number"] < 1),
        "max_attempts_step2ck": (frame["max_attempts_step2ck.code"] == NUMBER)
        & (frame["max_attempts_step2ck.number"] < 1),
        "ecfmg_required_at": (frame["ecfmg_required_at.code"] == CODES["application"])
        & (applicant.ecfmg_certified is False),
    }
    closed, wished = pd.Series(False, index=frame.index), pd.Series(0.0, index=frame.index)
    for field, fails in failed.items():
        strict = frame[f"{field}.strict"].fillna(False).astype(bool)
        closed = closed | (fails & strict)
        wished = wished + (fails & ~strict)
    return closed, wished


def _averaged(log_odds: "pd.Series[float]", sd: "pd.Series[float]", count: int) -> "pd.Series[float]":
    nodes = luck_nodes(count)
    total = pd.Series(0.0, index=log_odds.index)
    for z, weight in zip(nodes.z, nodes.weight, strict=True):
        total = total + weight / (1 + np.exp(-(log_odds + sd * z)))
    return total


def _exact(log_odds: "pd.Series[float]", sd: "pd.Series[float]", sigma: float) -> "pd.Series[float]":
    luck, inner = luck_nodes(16), luck_nodes(PROGRAM_NODES)
    total = pd.Series(0.0, index=log_odds.index)
    for z, weight in zip(luck.z, luck.weight, strict=True):
        for u, part in zip(inner.z, inner.weight, strict=True):
            total = total + weight * part / (1 + np.exp(-(log_odds + sd * u + sigma * z)))
    return total
