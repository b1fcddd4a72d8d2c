"""Why an upload is not taken at all, and why a cohort cannot be scored on. A bad line is none of these."""

from collections.abc import Iterable

from applicants.faults import Fault


class CohortTooLarge(Exception):
    """More applicants or bytes than one cohort may have. Its words may be shown."""


class CohortUnreadable(Exception):
    """What came is not of the form it says it is, so that no line of it can be told from the next."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class CohortInvalid(Exception):
    """A table whose columns are not ours. ``faults`` lists every one of them, at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.detail for fault in self.faults[:5]))


class ModelChanged(Exception):
    """The cohort was sent at a version of model or catalogue that this worker no longer has."""
