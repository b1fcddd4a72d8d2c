"""What is not known of a program and could be asked: each open fact, the answers it may have, how likely each
is, and what the odds are after each.

An answer is weighed against what the odds stand for today: they are those averaged over its answers, so that
asking never promises more on average than is known. Three kinds of fact are asked for:

- **Residents counted.** Part ρ of what is not known of the program (variance s²) would be learned from n
  residents: ρ = 1 − v(n)/v(0), with v the variance of a beta posterior's log-odds at its mean. The answers
  are a normal of standard deviation s√ρ, and s√(1 − ρ) stays unknown.
- **A rule.** Of the programs that state it, the share that close the door to this applicant, by the verdicts
  on her (one that does not is added). A program silent on it has such a rule with chance ``ask.rule_exists``
  of that share; one whose strict rule is in words no code expresses, or is told otherwise by another page as
  sure, with that share. Closed: no chance. Open: p over one minus that chance.
- **Kind of program.** The kinds by their shares among programs whose kind is known, each moving the log-odds
  by its parameter against their mean; the variance they explain is no longer unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, zeta

from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.kinds import IMG_TYPES
from matching.scoring.luck import luck_nodes
from matching.scoring.model import Model
from matching.scoring.openness import PRIOR_FACTORS
from matching.scoring.probability import average
from matching.scoring.registry import FACTOR_INDEX, GATES
from matching.scoring.rules import FAIL, UNKNOWN, left_open
from matching.scoring.scored import Scored
from matching.scoring.specialty_rates import share_prefix
from matching.scoring.track_facts import FEATURE_INDEX

ANSWERS = 5  # points of the normal that counts are asked over
# Of military programs alone is it ever stated: the silent ones do not have it.
NEVER_ASKED = frozenset({"military_service"})
KINDS = {
    "university": "program_type.university",
    "community": "program_type.community",
    "safety_net_type": "program_type.safety-net",
}


@dataclass(frozen=True)
class OpenFact:
    """One fact, open at ``at`` (m,), positions among the rows asked about: ``p_z`` (m, X, K) at each node of
    luck after each of X answers, of chance ``weight`` (m, X)."""

    field: str
    at: Ints
    p_z: Floats
    weight: Floats


def open_facts(
    scored: Scored, rows: Ints, contributions: Floats, log_odds: Floats, p_z: Floats, model: Model
) -> Iterator[OpenFact]:
    """The open facts that matter to this applicant at ``rows`` (r,) ascending, with today's ``contributions``
    (r, factors), ``log_odds`` (r,) and ``p_z`` (r, K)."""
    yield from _rules(scored, rows, p_z, model)
    if scored.person.type in IMG_TYPES:
        yield from _counts(scored, rows, contributions, log_odds, model)
        yield from _kind(scored, rows, log_odds, model)


def _counts(
    scored: Scored, rows: Ints, contributions: Floats, log_odds: Floats, model: Model
) -> Iterator[OpenFact]:
    values, columns = model.parameters.values, scored.terms.columns
    prefix = share_prefix(scored.person.type)
    shares = np.array([values.get(f"{prefix}.{name}", np.nan) for name in columns.specialties])
    share = shares[columns.specialty[rows]]
    at = (scored.usual[rows] & ~np.isnan(share)).nonzero()[0]
    shift = contributions[:, [FACTOR_INDEX[name] for name in PRIOR_FACTORS]].sum(axis=1)
    learned = counts_learned(
        expit(logit(share[at]) + shift[at]), values["openness.prior_n"], values["ask.residents"]
    )
    field = "residents_us_img" if scored.person.type == "us_img" else "residents_img"
    nodes = luck_nodes(ANSWERS)
    sd = scored.sd[rows[at]]
    found = log_odds[at, None] + (sd * np.sqrt(learned))[:, None] * nodes.z
    left = sd * np.sqrt(1.0 - learned)
    yield _after(field, at, found, left, nodes.weight, model)


def counts_learned(mean: Floats, prior_n: float, residents: float) -> Floats:
    """(m,) the part of the variance that counting ``residents`` takes away, at the prior ``mean`` share."""
    counted = prior_n + residents
    before = zeta(2, prior_n * mean) + zeta(2, prior_n * (1.0 - mean))  # the trigamma function
    after = zeta(2, counted * mean) + zeta(2, counted * (1.0 - mean))
    part: Floats = 1.0 - after / before
    return part


def _kind(scored: Scored, rows: Ints, log_odds: Floats, model: Model) -> Iterator[OpenFact]:
    columns, values = scored.terms.columns, model.parameters.values
    known = columns.type_known
    if known.sum() < values["ask.least_stated"]:
        return
    shares = [float((columns.features[known, FEATURE_INDEX[name]] > 0).mean()) for name in KINDS]
    weight = np.array([*shares, 1.0 - sum(shares)])
    moves = np.array([*(values[name] for name in KINDS.values()), 0.0])
    moves = moves - weight @ moves
    at = (~known[rows] & scored.usual[rows]).nonzero()[0]
    sd = scored.sd[rows[at]]
    left = np.sqrt(np.maximum(sd * sd - weight @ (moves * moves), 0.0))
    yield _after("program_type", at, log_odds[at, None] + moves, left, weight, model)


def _after(field: str, at: Ints, log_odds: Floats, left: Floats, weight: Floats, model: Model) -> OpenFact:
    """``log_odds`` (m, X) after each answer, with what stays unknown ``left`` (m,)."""
    m, answers = log_odds.shape
    p_z = average(
        log_odds.ravel(),
        np.repeat(left, answers),
        sigma=model.parameters.values["luck.sigma"],
        nodes=model.nodes,
    ).p_z
    return OpenFact(field, at, p_z.reshape(m, answers, p_z.shape[1]), np.broadcast_to(weight, (m, answers)))


def _rules(scored: Scored, rows: Ints, p_z: Floats, model: Model) -> Iterator[OpenFact]:
    gates, values = scored.gates, model.parameters.values
    exists = values["ask.rule_exists"]
    for index, gate in enumerate(GATES):
        if not gate.fact_fields or gate.name in NEVER_ASKED:
            continue
        mine = gates.gate == index
        verdict = gates.verdict[mine]
        decided = int((verdict != UNKNOWN).sum())
        closing = int(((verdict == FAIL) & gates.strict[mine]).sum())
        if not closing or decided < values["ask.least_stated"]:
            continue
        fields = _fields(gate.fact_fields, scored)
        rules = [scored.terms.columns.rules.by_field[field] for field in fields]
        asked = np.concatenate([left_open(rule) for rule in rules])
        stated = gates.rows[mine]
        open_ = (verdict == UNKNOWN) & gates.strict[mine] & np.isin(stated, asked)
        closed = _closed(rows, stated, open_, closing / (decided + 1), exists, scored)
        at = closed.nonzero()[0]
        share = closed[at]
        still = np.minimum(p_z[at] / (1.0 - share)[:, None], 1.0)
        after = np.stack([still, np.zeros_like(still)], axis=1)
        yield OpenFact(fields[0], at, after, np.stack([1.0 - share, share], axis=1))


def _closed(rows: Ints, stated: Ints, open_: Flags, share: float, exists: float, scored: Scored) -> Floats:
    """(r,) the chance that the rule closes the program: where one is ``stated`` (t,), only if it is strict
    and the program's own words leave it ``open_`` (t,). What her side leaves open no program can answer."""
    chance = np.full(len(scored.terms.columns), share * exists)
    chance[stated] = np.where(open_, share, 0.0)
    closed: Floats = chance[rows]
    return closed


def _fields(fields: tuple[str, ...], scored: Scored) -> tuple[str, ...]:
    """The facts of a rule that speak of her: of visas the one she needs."""
    wanted = f"visa_{scored.person.applicant.visa_needed}"
    return (wanted,) if wanted in fields else fields
