"""What has to be read again and must not lie open in a copy of the database: encrypted under SECRET_KEY.

Each purpose has a key of its own that follows from SECRET_KEY: what was sealed for one is nothing to another.
Under another SECRET_KEY nothing can be read any more; whoever asks has to say what that means.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBroken(Exception):
    """It was sealed under another SECRET_KEY or for another purpose, or is no sealed text at all."""


def seal(text: str, *, purpose: str) -> str:
    return _box(settings.SECRET_KEY, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Raises SealBroken."""
    try:
        return _box(settings.SECRET_KEY, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken(purpose) from None


@lru_cache(maxsize=8)
def _box(secret_key: str, purpose: str) -> Fernet:
    info = f"smartpick {purpose}".encode()
    key = HKDF(SHA256(), length=32, salt=None, info=info).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))
