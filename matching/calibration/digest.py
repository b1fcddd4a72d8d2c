"""Which parameters a calibration was made with: what says whether its report still holds."""

import hashlib

from matching.scoring.parameters import Parameters

# What moves no chance of an interview or a match, and what is fitted after the base.
IGNORED = ("recalibration.", "tier.", "fit.", "confidence.", "action.", "ask.")


def parameters_digest(parameters: Parameters) -> str:
    """Of every value and range that a calibration may read; words do not count."""
    text = "\n".join(
        f"{row.name},{row.value!r},{row.low!r},{row.high!r}"
        for row in parameters.rows()
        if not row.name.startswith(IGNORED)
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
