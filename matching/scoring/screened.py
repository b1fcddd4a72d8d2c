"""What each gate screens out, and the money that it saves."""

import numpy as np

from matching.scoring.answer import Screened
from matching.scoring.columns import Columns, Ints
from matching.scoring.gates import GateResults
from matching.scoring.listing import Lists, fees_saved_by
from matching.scoring.model import Model
from matching.scoring.registry import GATES
from matching.scoring.rules import FAIL


def screened_by(gates: GateResults, closed: Ints, lists: Lists, columns: Columns, model: Model) -> Screened:
    """By gate, of the rows ``closed`` (one a program, ascending): those with a strict rule of it not met."""
    among = np.zeros(len(columns), dtype=bool)
    among[closed] = True
    failed = ((gates.verdict == FAIL) & gates.strict & among[gates.rows]).nonzero()[0]
    gate = gates.gate[failed]
    counts = np.bincount(gate, minlength=len(GATES))
    usd = fees_saved_by(lists, gates.rows[failed], gate, len(GATES), columns, model)
    named = counts.nonzero()[0]
    order = named[np.argsort(-counts[named], kind="stable")]
    return Screened(order, counts[order], usd[order])
