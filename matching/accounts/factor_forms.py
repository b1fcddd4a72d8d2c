"""The library's forms of the second factor in our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp

from matching.accounts.forms import OurWords

CODE = "Code"
FROM_APP = "Six digits from the app on your telephone, or one of your recovery codes."


class Digits(OurWords):
    """A telephone offers its number pad, and fills in nothing it remembers."""

    labels = {"code": CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class FactorForm(Digits, base.AuthenticateForm):  # type: ignore[misc]
    reasons = {"code": FROM_APP}


class FactorAgainForm(Digits, base.ReauthenticateForm):  # type: ignore[misc]
    reasons = {"code": FROM_APP}


class FactorSetUpForm(Digits, totp.ActivateTOTPForm):  # type: ignore[misc]
    reasons = {"code": "The six digits that the app shows now."}
