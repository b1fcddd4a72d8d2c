"""Which parameters a calibration was made with: what says whether its report still holds."""

import hashlib

from matching.scoring.parameters import Parameters

# What moves no chance of an interview or a match, and what is fitted after the base.
IGNORED = ("recalibration.", "tier.", "fit.", "confidence.", "action.", "ask.", "balance.")
FITTED = ("base.", "applicant_type.")


def parameters_digest(parameters: Parameters, *, fitted: bool = True) -> str:
    """Of every value and range that a calibration may read; words do not count. Without ``fitted``: but for
    what it writes."""
    left_out = IGNORED if fitted else IGNORED + FITTED
    text = "\n".join(
        f"{row.name},{row.value!r},{row.low!r},{row.high!r}"
        for row in parameters.rows()
        if not row.name.startswith(left_out)
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
