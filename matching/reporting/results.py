"""What an answer of a program means: for the list's status, for the forecast, and for the file."""

from datetime import date

PLAN, APPLIED = "plan", "applied"
SILENT, MATCHED = "silent", "matched"
NOT_APPLIED = "plan"
RESULTS = {
    "silent": "no answer",
    "declined": "declined",
    "invited": "invited",
    "interviewed": "interviewed",
    "ranked": "ranked",
    "matched": "matched there",
}
INTERVIEWS = frozenset({"invited", "interviewed", "ranked", "matched"})
ANSWERED = frozenset({"invited", "declined", "interviewed", "ranked"})  # statuses that tell an answer
_STATUS_OF = {"silent": APPLIED, "matched": "ranked"}
_RESULT_OF = {APPLIED: SILENT}


def status_of(result: str) -> str:
    """The status the list gives an application that came this far."""
    return _STATUS_OF.get(result, result)


def result_of(status: str, told: str = "") -> str:
    """How far an application came, from its status; "" where none was sent. ``told``: what was reported
    before, which stands as long as the status does not say otherwise."""
    if status == PLAN:
        return ""
    return told if told and status_of(told) == status else _RESULT_OF.get(status, status)


def interviewed(result: str, *, over: bool) -> int | None:
    """1: an interview came; 0: none will; None: not known yet. Silence is no answer while the season runs."""
    if result in INTERVIEWS:
        return 1
    return 0 if over or result == "declined" else None


def matched(result: str, ending: str, *, over: bool) -> int | None:
    """1: matched there; 0: not; None: not known."""
    if result == MATCHED:
        return 1
    came = interviewed(result, over=over)
    if not came:
        return came
    return None if ending == "unknown" else 0


def made_before(made: date, *, first_known: date | None, reads: date | None, week: date | None) -> bool:
    """Whether a chance was given before anything was known.

    Before programs could read an application it was. After that it was where no answer of any program of
    the list had been told until the day after, and the results of the Match were not out.
    """
    if reads is not None and made < reads:
        return True
    if week is not None and made >= week:
        return False
    return first_known is None or made < first_known
