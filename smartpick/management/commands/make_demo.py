"""``manage.py make_demo``: accounts and a key for trying the site on one's own machine."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from matching.advisors import DATA_DESK, DATA_LEADS
from matching.models import ApiKey, Membership, Organisation
from matching.models.api_key import SCOPES

APPLICANT = "applicant"
OFFICE = "Sample advising office"
ABOUT = "An example on this machine: its advisors are the accounts printed at the first start."
# What each member of staff is called when she is printed, her name, and what makes her one.
ADVISORS = (
    ("Advisor", "advisor", Membership.Role.ADVISOR),
    ("Advisors' lead", "lead", Membership.Role.LEAD),
)
DESK = (("Data desk", "data", DATA_DESK), ("Data lead", "datalead", DATA_LEADS))
KEY_NAME = "Demo"
KEY_RATE = "6000/min"


class Command(BaseCommand):
    help = "Makes demo staff, a demo applicant and an API key, and prints them once. Only with DEBUG on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("make_demo prints passwords and is for DEBUG only")
        with transaction.atomic():
            lines = [*self.advisors(), *self.desk(), *self.applicant(), *self.api_key()]
        for line in lines:
            self.stdout.write(line)

    def advisors(self) -> list[str]:
        """In an office of their own, so that a list can be sent to somebody."""
        lines = []
        for title, name, role in ADVISORS:
            if made := self.staff(name):
                office, _ = Organisation.objects.get_or_create(name=OFFICE, defaults={"about": ABOUT})
                Membership.objects.create(user=made[0], organisation=office, role=role)
                lines.append(f"{title} login: {name} / {made[1]}")
        return lines

    def desk(self) -> list[str]:
        """Two, for a rule counts only when a second person has read it."""
        lines = []
        for title, name, group in DESK:
            if made := self.staff(name):
                made[0].groups.add(Group.objects.get(name=group))
                lines.append(f"{title} login: {name} / {made[1]}")
        return lines

    def staff(self, name: str) -> tuple[User, str] | None:
        if User.objects.filter(username=name).exists():
            return None
        password = secrets.token_urlsafe(12)
        return self.account(name, password, is_staff=True), password

    def applicant(self) -> list[str]:
        if User.objects.filter(username=APPLICANT).exists():
            return []
        password = secrets.token_urlsafe(12)
        self.account(APPLICANT, password)
        return [f"Applicant login: {APPLICANT} / {password}"]

    def account(self, name: str, password: str, *, is_staff: bool = False) -> User:
        """With an address that is proven: no mail leaves for an example."""
        address = f"{name}@example.org"
        user = User.objects.create_user(name, email=address, password=password, is_staff=is_staff)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        return user

    def api_key(self) -> list[str]:
        if ApiKey.objects.filter(name=KEY_NAME).exists():
            return []
        _, key = ApiKey.objects.create_key(name=KEY_NAME, scopes=list(SCOPES), rate=KEY_RATE)
        return [f"API key: {key}"]
