"""The library's forms in our words: labels that say what is meant, no placeholder that vanishes in typing."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as library
from allauth.account.app_settings import EmailVerificationMethod

NEW_HELP = "At least 8 characters, not only numbers, not a common word. Some plain words in a row will do."
CODE_HELP = "Eight letters from the mail. Capitals and the dash do not matter."
MAIL_HELP = "We send a code there. It is used for nothing else."

if TYPE_CHECKING:
    from django.forms import Form as Plain
else:
    Plain = object


class OurWords(Plain):
    """Labels and reasons by field name, over what the library says."""

    labels: ClassVar[dict[str, str]] = {}
    reasons: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.reasons.get(name, "")


class LoginForm(OurWords, library.LoginForm):  # type: ignore[misc]
    labels = {"login": "E-mail address", "password": "Password"}
    reasons = {"login": "Or the name you were given."}

    def clean(self) -> Any:
        """An account from before addresses were asked for has none to prove: its owner is let in as ever. So
        are the staff, whom a superuser knows: the desk must open also where no mail can be sent."""
        cleaned = super().clean()
        login = getattr(self, "_login", None)
        if login and (login.user.is_staff or _no_address(login.user)):
            login.email_verification = EmailVerificationMethod.NONE
        return cleaned


def _no_address(user: Any) -> bool:
    return not user.email and not user.emailaddress_set.exists()


class SignupForm(OurWords, library.SignupForm):  # type: ignore[misc]
    labels = {"email": "E-mail address", "password1": "Password"}
    reasons = {"email": MAIL_HELP, "password1": NEW_HELP}


class AddEmailForm(OurWords, library.AddEmailForm):  # type: ignore[misc]
    labels = {"email": "New e-mail address"}
    reasons = {"email": "We send a code there. Until you type it, your old address stays."}


class ChangeEmailForm(OurWords, library.ChangeEmailForm):  # type: ignore[misc]
    labels = {"email": "The right e-mail address"}


class ChangePasswordForm(OurWords, library.ChangePasswordForm):  # type: ignore[misc]
    labels = {"oldpassword": "Password now", "password1": "New password", "password2": "New password again"}
    reasons = {"password1": NEW_HELP}


class SetPasswordForm(OurWords, library.SetPasswordForm):  # type: ignore[misc]
    labels = {"password1": "New password", "password2": "New password again"}
    reasons = {"password1": NEW_HELP}


class ResetPasswordForm(OurWords, library.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": "E-mail address of your account"}


class ResetPasswordKeyForm(OurWords, library.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": "New password", "password2": "New password again"}
    reasons = {"password1": NEW_HELP}


class ReauthenticateForm(OurWords, library.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": "Password"}


class EmailCodeForm(OurWords, library.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    labels = {"code": "Code from the mail"}
    reasons = {"code": CODE_HELP}


class ResetCodeForm(OurWords, library.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    labels = {"code": "Code from the mail"}
    reasons = {"code": CODE_HELP}
