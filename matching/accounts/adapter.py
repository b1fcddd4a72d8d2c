import logging
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from matching.accounts.clash import clash_noted

logger = logging.getLogger(__name__)

NOT_SENT = "We could not send the mail just now. Nothing is lost: ask for a new code in a few minutes."
NAME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def user_display(user: User) -> str:
    """An account is called by its address; the name the database wants is made up and shown to nobody."""
    return user.email or user.username


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This e-mail address and this password do not belong together.",
        "username_password_mismatch": "This name and this password do not belong together.",
        "incorrect_code": "This is not the code we sent last. Check it, or ask for a new one.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your password.",
        "too_many_login_attempts": "That was tried too often. Wait five minutes, then try again.",
        "rate_limited": "That was a little fast. Wait ten seconds, then ask again.",
        "duplicate_email": "This is your address already.",
        "email_taken": "Another account has this address.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account needs a mail with a code: where no mail can be sent, the page says so instead."""
        return bool(settings.MAIL_WORKS)

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        """Never made from the address: names are seen on the desk."""
        while True:
            name = "applicant-" + "".join(secrets.choice(NAME_LETTERS) for _ in range(8))
            if not User.objects.filter(username=name).exists():
                return name

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not lose a form, nor write an address into the log."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are OSErrors too
            logger.error("mail %s could not be sent (%s)", template_prefix, type(error).__name__)
            request = context.get("request") or self.request
            if request is not None:
                messages.error(request, NOT_SENT)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who logged in just now need not prove it again to set her second factor up."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        """On the way to where she was going, she is shown what the browser and the account disagree on."""
        response: HttpResponse = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        if not clash_noted(request):
            return response
        return redirect(f"{reverse('matching:me_profiles')}?{urlencode({'next': response['Location']})}")
