"""Shared luck: how many interviews a list of programs brings.

Every program reads the same file, so invitations are not independent. Given the applicant's luck ``z`` (a
standard normal) they are, and the number of interviews is Poisson-binomial: a sum of coins of unequal
chances. Here ``z`` stands on a few Gauss-Hermite nodes, the count is computed exactly at each, and the nodes
are mixed.

Source: docs of the model, stage 2. Poisson-binomial counts: the product of the generating polynomials
``Π (1 - p + p x)``, short products by recurrence and long ones by one Fourier transform (Hong 2013,
doi:10.1016/j.csda.2012.10.006, gives the transform). Sixteen nodes against 256, for 80 programs and a luck
of one log-odds: P(match) within 1e-7, P(no interview) within 4e-6.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import roots_hermitenorm

FloatArray = npt.NDArray[np.float64]

_BLOCK = 16  # polynomials up to this degree are multiplied out one program at a time
_SLACK = 1e-12  # a percentile is reached when the running sum lacks no more than rounding


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Quadrature for a standard normal: ``z`` (K,) in standard deviations, ``weight`` (K,) summing to 1."""

    z: FloatArray
    weight: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class InterviewDistribution:
    """The number of interviews from m programs.

    ``pmf`` (m + 1,): chance of exactly 0, 1 … m interviews, summing to 1. ``expected``: its mean.
    ``p10``, ``p50``, ``p90``: the fewest interviews reached with at least that much of the probability.
    ``none``: chance of no interview at all.
    """

    pmf: FloatArray
    expected: float
    p10: int
    p50: int
    p90: int
    none: float


@lru_cache(maxsize=16)
def luck_nodes(count: int = 16) -> Nodes:
    """Gauss-Hermite nodes and weights for a standard normal: exact for polynomials to degree 2 * count - 1.

    Raises ValueError for a count below 1. The arrays are shared between callers and read-only.
    """
    if count < 1:
        raise ValueError(f"a quadrature needs at least one node, not {count}")
    roots, weights = roots_hermitenorm(count)
    z = np.ascontiguousarray(roots, dtype=np.float64)
    weight = np.ascontiguousarray(weights / weights.sum(), dtype=np.float64)
    z.flags.writeable = False
    weight.flags.writeable = False
    return Nodes(z=z, weight=weight)


def chances_check(p_z: FloatArray, nodes: Nodes) -> None:
    """Refuse, with ValueError, anything but an (m, K) array of probabilities over these nodes."""
    if p_z.ndim != 2 or p_z.shape[1] != nodes.weight.size:
        raise ValueError(f"expected chances of shape (m, {nodes.weight.size}), got {p_z.shape}")
    if p_z.size and not (p_z.min() >= 0.0 and p_z.max() <= 1.0):
        raise ValueError("chances must lie between 0 and 1")


def interview_distribution(p_z: FloatArray, nodes: Nodes) -> InterviewDistribution:
    """How many interviews ``p_z`` brings, exactly, with shared luck.

    ``p_z`` (m, K): each program's chance of an interview at each node of luck. m may be 0.
    The probabilities are exact to about 1e-15; ``none`` and the mean come from their own closed forms.
    Raises ValueError where the shape or a value is not that of probabilities.
    """
    chances_check(p_z, nodes)
    pmf = _mixed_pmf(p_z, nodes.weight)
    none = float((1.0 - p_z).prod(axis=0) @ nodes.weight)
    pmf[0] = none
    p10, p50, p90 = (int(k) for k in np.searchsorted(np.cumsum(pmf), np.array([0.1, 0.5, 0.9]) - _SLACK))
    return InterviewDistribution(
        pmf=pmf, expected=float(p_z.sum(axis=0) @ nodes.weight), p10=p10, p50=p50, p90=p90, none=none
    )


def _mixed_pmf(p_z: FloatArray, weight: FloatArray) -> FloatArray:
    """Probabilities of the counts (m + 1,), mixed over the nodes: the transforms are, before the inverse."""
    m = p_z.shape[0]
    parts = _block_pmf(p_z)
    if parts.shape[0] == 1:
        mixed: FloatArray = weight @ parts[0]
        return mixed[: m + 1].copy()
    length = 1 << m.bit_length()
    spectrum = np.fft.rfft(parts, length, axis=-1).prod(axis=0)
    pmf: FloatArray = np.fft.irfft(weight @ spectrum, length)[: m + 1]
    return np.maximum(pmf, 0.0)  # the transform leaves -1e-17 where the truth is smaller still


def _block_pmf(p_z: FloatArray) -> FloatArray:
    """Counts within blocks of programs (blocks, K, block size + 1), one program of each block at a time."""
    m, k = p_z.shape
    blocks = max(1, -(-m // _BLOCK))
    size = -(-m // blocks)
    padded = np.zeros((size * blocks, k))
    padded[:m] = p_z  # a program of chance zero changes no count
    chances = padded.reshape(size, blocks, k, 1)
    parts = np.zeros((blocks, k, size + 1))
    parts[..., 0] = 1.0
    for step in range(size):
        hit = parts[..., : step + 1] * chances[step]
        parts[..., : step + 1] -= hit
        parts[..., 1 : step + 2] += hit
    return parts
