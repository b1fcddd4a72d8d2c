"""The code of the last mail sent, as its reader would type it."""

import re
from collections.abc import Sequence
from smtplib import SMTPException

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


def code_sent() -> str:
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}$", str(mail.outbox[-1].body), flags=re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group()


class BrokenBackend(BaseEmailBackend):
    """A mail server that refuses, and names whom it refuses."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPException(f"refused: {email_messages[0].to}")
