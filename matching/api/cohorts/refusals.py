"""What is answered where a cohort is not taken: the staging's words in the API's shape."""

from collections.abc import Iterator
from contextlib import contextmanager

from rest_framework.exceptions import APIException, ParseError

from matching.api.errors import RequestInvalid
from matching.cohorts.faults import CohortInvalid, CohortTooLarge, CohortUnreadable


class UploadTooLarge(APIException):
    """413: more applicants or bytes than one cohort may have."""

    status_code = 413
    default_code = "too_large"


class CohortsEnough(APIException):
    """429: as many of the key's cohorts are in work as may be at once."""

    status_code = 429
    default_code = "cohorts_at_once"

    def __init__(self, most: int, *, wait: int) -> None:
        counted = "One cohort is" if most == 1 else f"{most} cohorts are"
        super().__init__(f"{counted} worked on already, as many as may be at once. Send this one later.")
        self.wait = wait


@contextmanager
def refused_as_problems() -> Iterator[None]:
    try:
        yield
    except CohortTooLarge as error:
        raise UploadTooLarge(str(error)) from None
    except CohortUnreadable as error:
        raise ParseError(error.detail) from None
    except CohortInvalid as error:
        raise RequestInvalid(error.faults) from None
