from matching.planning.document import Spread
from matching.scoring.answer import Range


def spread_of(value: Range) -> Spread:
    """A range of the core as a plan keeps it."""
    return Spread(value.value, value.low, value.high)
