"""The second factor of an account: six digits from an app, and codes on paper for when the app is gone.

The library keeps secrets as they are; here they lie encrypted under a key that follows from SECRET_KEY:
a copy of the database alone makes no codes. Under another SECRET_KEY they cannot be read: no code fits any
more, and the factor has to be taken away and set up anew.
"""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser

from matching.secrets_box import SealBroken, seal, unseal

SEALED_FOR = "second factor"

logger = logging.getLogger(__name__)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code does not fit. Codes from the app change every half minute: type the one "
        "that is shown now.",
        "cannot_generate_recovery_codes": "Set up the app first.",
    }

    def get_totp_issuer(self) -> str:
        return "SmartPick"

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=SEALED_FOR)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text, purpose=SEALED_FOR)
        except SealBroken:
            # Not an empty secret: whoever knows that it is empty could reckon the codes.
            logger.error("a second factor was kept under another SECRET_KEY: it fits no code")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def has_second_factor(user: AbstractBaseUser) -> bool:
    return bool(Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.TOTP).exists())


def factors_remove(user: AbstractBaseUser) -> bool:
    """For a telephone that is lost: app and codes alike. Whether there was one."""
    removed, _by_model = Authenticator.objects.filter(user=user.pk).delete()
    return bool(removed)
