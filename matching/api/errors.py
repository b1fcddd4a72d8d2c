"""What a view raises when a request cannot be answered; the handler named in settings gives it its shape."""

from collections.abc import Iterable
from dataclasses import asdict

from rest_framework.exceptions import APIException

from applicants.faults import Fault

SHOWN_AT_MOST = 100


class RequestInvalid(APIException):
    """422 with every fault at once."""

    status_code = 422
    default_code = "invalid"

    def __init__(self, faults: Iterable[Fault]) -> None:
        listed = list(faults)
        count = len(listed)
        detail = "One member is not valid." if count == 1 else f"{count} members are not valid."
        if count > SHOWN_AT_MOST:
            detail += f" The first {SHOWN_AT_MOST} are listed."
        super().__init__(detail)
        self.errors = [asdict(fault) for fault in listed[:SHOWN_AT_MOST]]


class KeyRequired(APIException):
    """401 where anonymous callers may come in but not do this."""

    status_code = 401
    default_code = "key_required"
    auth_header = 'Api-Key realm="SmartPick"'


class PartDown(APIException):
    """503: what is needed is not there now, the request itself is fine."""

    status_code = 503
    default_code = "part_down"


class IdempotencyConflict(APIException):
    """409: the name of this request was given to another before."""

    status_code = 409
    default_code = "idempotency_conflict"
