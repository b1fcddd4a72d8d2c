"""The signature of a delivery: that it is ours and unchanged, and not one recorded and sent again later."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from matching.models import Webhook
from matching.secrets_box import SealBroken, seal, unseal

SCHEME = "v1"
WINDOW_SECONDS = 300
SEALED_FOR = "webhook"
SIGNATURE = re.compile(rf"{SCHEME}=[0-9a-f]{{64}}(,{SCHEME}=[0-9a-f]{{64}})*")


def secret_make() -> str:
    """The key of the signatures, all of it as it is shown, prefix too."""
    return f"whsec_{secrets.token_urlsafe(32)}"


def signature_of(*, secret: str, timestamp: int, body: bytes) -> str:
    """``v1=`` and the HMAC-SHA256, in hex, of the timestamp, a dot and the exact bytes of the body."""
    signed = f"{timestamp}.".encode() + body
    return f"{SCHEME}={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def signatures_of(*, secrets_good: Iterable[str], timestamp: int, body: bytes) -> str:
    """One for each secret that is good now; a receiver looks for the one it can make itself."""
    return ",".join(signature_of(secret=secret, timestamp=timestamp, body=body) for secret in secrets_good)


def signature_check(
    *, secret: str, signature: str, timestamp: str, body: bytes, now: int, window: int = WINDOW_SECONDS
) -> bool:
    """What a receiver does with the headers of a delivery, compared in constant time."""
    if not re.fullmatch("[0-9]{1,12}", timestamp) or not SIGNATURE.fullmatch(signature):
        return False
    if abs(now - int(timestamp)) > window:
        return False
    ours = signature_of(secret=secret, timestamp=int(timestamp), body=body)
    found = [hmac.compare_digest(ours, each) for each in signature.split(",")]
    return any(found)


def secret_seal(secret: str) -> str:
    return seal(secret, purpose=SEALED_FOR)


def secrets_good(webhook: Webhook, *, now: datetime) -> list[str]:
    """The secrets a delivery is signed with now, the newest first. Raises SealBroken.

    An earlier one that can no longer be read is let be: that is why the partner asked for another.
    """
    good = [unseal(webhook.secret, purpose=SEALED_FOR)]
    if webhook.earlier_until is not None and webhook.earlier_until > now:
        with suppress(SealBroken):
            good.append(unseal(webhook.earlier_secret, purpose=SEALED_FOR))
    return good
