"""How open each program is to applicants of this kind: the prior, what its pages show, and its residents.

Prior: the specialty's headline share (in ``base``) shifted by kind of program, state and signs. Where its
residents are counted (k IMGs of n), a beta posterior of strength ``openness.prior_n`` takes over by degrees:

    E[logit] = ψ(a + k) − ψ(b + n − k),   a = n₀m, b = n₀(1 − m), m the shifted prior share,

so the contribution is the prior shift plus what the counts add to the expected log-odds, and what stays
unknown of the program has the standard deviation √(ψ₁(a + k) + ψ₁(b + n − k)).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, expit, logit, polygamma

from matching.scoring.columns import Ints
from matching.scoring.draws import Floats
from matching.scoring.factor_context import PriorContext
from matching.scoring.fading import fade_drawn
from matching.scoring.specialty_rates import share_prefix, specialty_shift
from matching.scoring.terms import Terms

SIGNS = {
    "accepts_img": "openness_signs.says_accepts_img",
    "no_minimum": "openness_signs.no_minimum",
    "holistic": "openness_signs.holistic",
}
PRIOR_FACTORS = ("openness", "program_type", "academic_size")


def base_log_odds(context: PriorContext) -> tuple[Floats, list[bool]]:
    """(width, specialties) base by specialty, and whether the specialty has no headline share."""
    base = context.value("base.us_img")
    if context.applicant_type != "us_img":
        base = base + context.value(f"applicant_type.{context.applicant_type}")
    columns, missing = [], []
    for specialty in context.columns.specialties:
        shift: Floats | float | None = 0.0
        if context.is_img:
            shift = specialty_shift(specialty, context.applicant_type, context.drawn)
        missing.append(shift is None)
        value = np.asarray(base + (0.0 if shift is None else shift), dtype=np.float64)
        columns.append(np.broadcast_to(value, (context.width,)))
    return np.stack(columns, axis=1), missing


def openness_add(terms: Terms, context: PriorContext) -> None:
    """State, signs and kind of program; for IMGs alone, whose places the headline shares speak of."""
    terms.add_cell("competition", _competition(context))
    if not context.is_img:
        return
    terms.add_cell("openness", _state_prior(context))
    for feature, parameter in SIGNS.items():
        terms.add_feature("openness", feature, context.value(parameter))
    if context.applicant_type == "us_img":
        terms.add_feature("openness", "us_citizens_only", context.value("openness_signs.us_citizens_only"))
    for feature, parameter in (
        ("university", "program_type.university"),
        ("community", "program_type.community"),
        ("safety_net_type", "program_type.safety-net"),
    ):
        terms.add_feature("program_type", feature, context.value(parameter))
    terms.add_feature("academic_size", "academic_size", context.value("academic_size.per_ln_resident_fte"))


def _state_prior(context: PriorContext) -> Floats:
    us = context.applicant_type != "non_us_img"
    cells = []
    for place in context.columns.places:
        prior = context.states.get(place.state)
        known = None if prior is None else prior.us_img if us else prior.non_us_img
        cap = context.value("state_openness.cap")
        shift = context.value("state_openness.elasticity") * np.clip(known or 0.0, -np.asarray(cap), cap)
        cells.extend([np.broadcast_to(shift, (context.width,))] * 2)
    return np.stack(cells, axis=1)


def _competition(context: PriorContext) -> Floats:
    cells = []
    for place in context.columns.places:
        name = {"los-angeles": "competition.los-angeles", "california": "competition.california"}.get(
            place.ring
        )
        demand = context.value(name) if name else 0.0
        cells.extend([np.broadcast_to(np.asarray(demand, dtype=np.float64), (context.width,))] * 2)
    return np.stack(cells, axis=1)


@dataclass(frozen=True)
class CountedPrograms:
    """Programs whose residents are counted: ``rows`` (r,) ascending; ``imgs`` like the applicant, ``total``
    residents and the standard deviation left ``sd``, each (width, r)."""

    rows: Ints
    imgs: Floats
    total: Floats
    sd: Floats


def counts_add(terms: Terms, context: PriorContext) -> CountedPrograms | None:
    """Let counted residents update the prior, which ``terms`` must hold already. None: nothing counted."""
    if not context.is_img:
        return None
    rows, imgs, total = _counted(context)
    if not len(rows):
        return None
    n0 = context.drawn.row("openness.prior_n")[:, None]
    prior = {factor: terms.values(factor, rows) for factor in PRIOR_FACTORS}
    shift = sum(prior.values(), np.zeros((context.width, len(rows))))
    mean = expit(logit(_shares(context, rows)) + shift)
    a, b = n0 * mean, n0 * (1 - mean)
    gained = digamma(a + imgs) - digamma(b + total - imgs) - digamma(a) + digamma(b)
    shrunk = n0 / (n0 + total)
    for factor in ("program_type", "academic_size"):
        terms.add_sparse(factor, rows, (shrunk - 1) * prior[factor])
    others = shift - prior["openness"]
    terms.add_sparse("openness", rows, gained + (1 - shrunk) * others)
    sd = np.sqrt(polygamma(1, a + imgs) + polygamma(1, b + total - imgs))
    return CountedPrograms(rows, imgs, total, sd)


def _shares(context: PriorContext, rows: Ints) -> Floats:
    """(width, r) headline share of graduates like the applicant, by the programs' specialties."""
    prefix, names = share_prefix(context.applicant_type), context.columns.specialties
    shares = [context.drawn.row(f"{prefix}.{names[code]}") for code in context.columns.specialty[rows]]
    return np.stack(shares, axis=1)


def _counted(context: PriorContext) -> tuple[Ints, Floats, Floats]:
    """Rows, IMGs like the applicant and residents (width, r). A count of all IMGs alone is split by the
    specialty's headlines; one of the other kind alone says nothing of hers."""
    counts, names, values = context.columns.counts, context.columns.specialties, context.drawn.values
    hers = counts.us_imgs if context.applicant_type == "us_img" else counts.non_us_imgs
    ours = share_prefix(context.applicant_type)
    keep, imgs = [], []
    for position, row in enumerate(counts.rows):
        specialty = names[context.columns.specialty[row]]
        named = [f"us_img_share.{specialty}", f"non_us_img_share.{specialty}"]
        known = [name in values for name in named]
        if f"{ours}.{specialty}" not in values:
            continue
        if not np.isnan(hers[position]):
            imgs.append(np.full(context.width, hers[position]))
        elif not np.isnan(counts.imgs[position]) and all(known):
            us, others = (context.drawn.row(name) for name in named)
            share = context.drawn.row(f"{ours}.{specialty}") / (us + others)
            imgs.append(counts.imgs[position] * share)
        else:
            continue
        keep.append(position)
    faded = fade_drawn(counts.age[keep], context.drawn)
    mine = np.stack(imgs, axis=1) if imgs else np.zeros((context.width, 0))
    return counts.rows[keep], faded * mine, faded * counts.total[keep]
