"""Which programs to write to first: what knowing one open fact, before the list is sent, would add to it.

The value of an answer is that the list may change: a program on it that turns out closed makes room for the
best one that was left out, and one left out that turns out open takes the place of one of the weakest. So

    gain = E[best list after the answer] − best list now

and, with the rest of the list as it is, for a program j worth g(x) after answer x on a list that would else
hold r in its place: E[max(g(x), r)] − max(E g(x), r), never negative. That the whole list might be picked
anew is left out; tests hold the gains beside full re-picking. Fees stand still: a place for a place.
"""

from dataclasses import dataclass

import numpy as np

from matching.scoring.answer import NO_ASKS, Asks
from matching.scoring.ask_facts import OpenFact, open_facts
from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined
from matching.scoring.model import Model
from matching.scoring.scored import Scored

MOST = 10  # programs told
NEAR = 60  # programs left out that are looked at
WEAKEST = 3  # of the list, that one left out may replace
LEAST = 1e-6  # gains below are rounding


@dataclass(frozen=True)
class Listed:
    """The list asked about: catalogue rows ``listed`` (s,) and ``others`` (o,) left out, each ascending;
    which of the list is ``fixed`` (s,), which of each count as Los Angeles; ``weight`` (K,) of the nodes."""

    listed: Ints
    others: Ints
    fixed: Flags
    listed_la: Flags
    others_la: Flags
    willing: float
    la_weight: float
    weight: Floats


def asks_find(scored: Scored, examined: Examined, listing: Listed, model: Model) -> Asks:
    """The ``MOST`` programs whose one open fact is worth most to the list, one fact each."""
    if not len(listing.listed):
        return NO_ASKS
    margin = Margin(listing, examined.p_z[examined.at(listing.listed)])
    near = margin.nearest(examined.p_z[examined.at(listing.others)])
    rows = np.concatenate((listing.listed, listing.others[near]))
    order = np.argsort(rows)
    rows, at = rows[order], examined.at(rows[order])
    place = np.concatenate((np.arange(len(listing.listed)), np.full(len(near), -1)))[order]
    in_la = np.concatenate((listing.listed_la, listing.others_la[near]))[order]
    contributions = examined.contributions[at]
    log_odds = examined.base[at] + contributions.sum(axis=1) - contributions[:, -1]
    best, field = np.zeros(len(rows)), np.full(len(rows), -1)
    facts = list(open_facts(scored, rows, contributions, log_odds, examined.p_z[at], model))
    for index, fact in enumerate(facts):
        gain = margin.gains(fact, place[fact.at], in_la[fact.at])
        better = gain > best[fact.at]
        best[fact.at[better]], field[fact.at[better]] = gain[better], index
    top = np.lexsort((rows, -best))[:MOST]
    top = top[best[top] > LEAST]
    return Asks(rows[top], tuple(facts[index].field for index in field[top]), best[top])


class Margin:
    """What a place on the list is worth, at each node of luck (twice where Los Angeles is weighed)."""

    def __init__(self, listing: Listed, p_z: Floats) -> None:
        self.listing, self.twice = listing, listing.la_weight > 0.0
        worth = self._worth(p_z, listing.listed_la)
        missed = 1.0 - listing.willing * worth
        start = listing.weight
        if self.twice:
            start = np.concatenate((start, listing.la_weight * start))
        self.without: Floats = start * missed.prod(axis=0) / missed  # (s, K) open if the program were not in
        self.loss: Floats = listing.willing * np.einsum("sk,sk->s", worth, self.without)
        loose = (~listing.fixed).nonzero()[0]
        self.weakest = loose[np.argsort(self.loss[loose], kind="stable")[:WEAKEST]]
        self.spare = np.zeros(len(p_z))  # (s,) what the best program left out would bring in its place

    def nearest(self, p_z: Floats) -> Ints:
        """Positions of the programs left out that stand nearest the list; the best of them is held as what
        takes an empty place."""
        worth = self._worth(p_z, self.listing.others_la)
        if len(worth):
            self.spare = self.listing.willing * (self.without @ worth.T).max(axis=1)
        if not len(self.weakest):
            return np.zeros(0, dtype=np.int64)
        value = worth @ self.without[self.weakest[0]]
        return np.sort(np.argsort(-value, kind="stable")[:NEAR])

    def gains(self, fact: OpenFact, place: Ints, in_la: Flags) -> Floats:
        """(m,) of asking ``fact``, of the programs at ``place`` (m,) on the list, -1 where they are not."""
        worth = self._worth(fact.p_z, in_la[:, None])
        gain = np.zeros(len(place))
        on, off = (place >= 0).nonzero()[0], (place < 0).nonzero()[0]
        if len(on):
            gain[on] = self._kept(worth[on], fact.weight[on], place[on])
        if len(off) and len(self.weakest):
            gain[off] = self._taken(worth[off], fact.weight[off])
        return np.maximum(gain, 0.0)

    def _kept(self, worth: Floats, weight: Floats, place: Ints) -> Floats:
        value = self.listing.willing * np.einsum("mxk,mk->mx", worth, self.without[place])
        spare = self.spare[place]
        gain: Floats = (weight * np.maximum(value, spare[:, None])).sum(axis=1)
        gain -= np.maximum((weight * value).sum(axis=1), spare)
        gain[self.listing.fixed[place]] = 0.0
        return gain

    def _taken(self, worth: Floats, weight: Floats) -> Floats:
        value = self.listing.willing * np.einsum("mxk,wk->mxw", worth, self.without[self.weakest])
        over = value - self.loss[self.weakest]
        now = np.einsum("mx,mxw->mw", weight, over).max(axis=1)
        gain: Floats = (weight * np.maximum(over.max(axis=2), 0.0)).sum(axis=1)
        gain -= np.maximum(now, 0.0)
        return gain

    def _worth(self, p_z: Floats, in_la: Flags) -> Floats:
        worth: Floats = np.concatenate((p_z, p_z * in_la[..., None]), axis=-1) if self.twice else p_z
        return worth
