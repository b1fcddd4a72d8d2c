"""What each gate screens out, and the money that it saves."""

import numpy as np

from matching.scoring.answer import Screened
from matching.scoring.columns import Columns, Ints
from matching.scoring.gates import GateResults
from matching.scoring.listing import Lists, fees_saved
from matching.scoring.model import Model
from matching.scoring.rules import FAIL


def screened_by(gates: GateResults, closed: Ints, lists: Lists, columns: Columns, model: Model) -> Screened:
    """By gate, of the rows ``closed`` (one a program, ascending): those with a strict rule of it not met."""
    among = np.zeros(len(columns), dtype=bool)
    among[closed] = True
    failed = ((gates.verdict == FAIL) & gates.strict & among[gates.rows]).nonzero()[0]
    found = []
    for gate in np.unique(gates.gate[failed]).tolist():
        rows = gates.rows[failed[gates.gate[failed] == gate]]
        found.append((len(rows), gate, fees_saved(lists, rows, columns, model)[1]))
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    count, gate, usd = (
        (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
        if found
        else (np.zeros(0, dtype=np.int64) for _ in range(3))
    )
    return Screened(gate, count, usd)
