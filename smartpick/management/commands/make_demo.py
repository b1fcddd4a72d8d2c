"""``manage.py make_demo``: accounts and a key for trying the site on one's own machine."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from matching.advisors import ADVISORS
from matching.models import ApiKey
from matching.models.api_key import SCOPES

ADVISOR = "advisor"
APPLICANT = "applicant"
KEY_NAME = "Demo"
KEY_RATE = "6000/min"


class Command(BaseCommand):
    help = "Makes a demo advisor, a demo applicant and an API key, and prints them once. Only with DEBUG on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("make_demo prints passwords and is for DEBUG only")
        with transaction.atomic():
            lines = [*self.advisor(), *self.applicant(), *self.api_key()]
        for line in lines:
            self.stdout.write(line)

    def advisor(self) -> list[str]:
        if User.objects.filter(username=ADVISOR).exists():
            return []
        password = secrets.token_urlsafe(12)
        user = self.account(ADVISOR, password, is_staff=True)
        user.groups.add(Group.objects.get(name=ADVISORS))
        return [f"Advisor login: {ADVISOR} / {password}"]

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
