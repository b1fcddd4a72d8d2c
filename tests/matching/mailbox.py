"""The code of the last mail sent, as its reader would type it."""

import re

from django.core import mail


def code_sent() -> str:
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}$", str(mail.outbox[-1].body), flags=re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group()
