"""Kinds of graduate, and what an applicant who does not say hers is reckoned as: a stated mix of them.

At the stated values she counts as each kind by its share, so that every sum lies between that of her best
kind and that of her worst. In each draw she is of one kind.
"""

from functools import lru_cache

import numpy as np

from matching.scoring.draws import DrawnModel, Floats

KINDS: tuple[str, ...] = ("us_img", "non_us_img", "us_md", "us_do")
IMG_TYPES = frozenset({"us_img", "non_us_img"})
UNSAID = "unsaid"


@lru_cache(maxsize=64)
def kind_weights(kind: str, drawn: DrawnModel) -> dict[str, Floats | float]:
    """How far she counts as each kind, summing to 1: 1.0 for a ``kind`` that is said. Where it is ``UNSAID``
    (width,) each: the shares ``population.type_share.*``, and in each draw 1 for one kind, 0 for others.
    Shared, not to be written to."""
    if kind != UNSAID:
        return {kind: 1.0}
    shares = np.array([drawn.row(f"population.type_share.{name}")[0] for name in KINDS])
    shares = shares / shares.sum()
    picked = np.searchsorted(np.cumsum(shares)[:-1], drawn.fact["applicant_type"], side="right")
    return {
        name: np.concatenate(([shares[index]], (picked == index).astype(np.float64)))
        for index, name in enumerate(KINDS)
    }


@lru_cache(maxsize=256)
def by_kind(family: str, kind: str, drawn: DrawnModel) -> Floats:
    """(width,) the parameter ``family``.``kind``; the mix of the four where she has not said her kind.
    Shared, not to be written to."""
    if kind != UNSAID:
        return drawn.row(f"{family}.{kind}")
    weights = kind_weights(kind, drawn)
    total = np.zeros(drawn.width)
    for name, weight in weights.items():
        total = total + weight * drawn.row(f"{family}.{name}")
    return total
