"""Accounts and what they keep, as the services make it."""

import uuid

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, User
from django.test import Client

from applicants.models import Profile, ProfileDraft
from applicants.services import profile_save
from applicants.visitors import SESSION_KEY
from tests.matching.inputs import profile_of

EMAIL, PASSWORD = "maria@example.org", "three quiet harbours"


def account_make(name: str = "applicant-test", email: str = EMAIL) -> User:
    user = User.objects.create_user(name, email=email, password=PASSWORD)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def profile_make(
    *, owner: AbstractBaseUser | None = None, visitor: uuid.UUID | None = None, **members: object
) -> Profile:
    return profile_save(document=profile_of(**members), season="2027", owner=owner, visitor=visitor)


def draft_make(
    typed: str, *, owner: AbstractBaseUser | None = None, visitor: uuid.UUID | None = None
) -> ProfileDraft:
    return ProfileDraft.objects.create(
        owner_id=owner.pk if owner else None, visitor=visitor, typed={"a": [typed]}
    )


def visiting(client: Client) -> uuid.UUID:
    """The client comes as a visitor with this id."""
    visitor = uuid.uuid4()
    session = client.session
    session[SESSION_KEY] = str(visitor)
    session.save()
    return visitor


def log_in(client: Client, login: str = EMAIL, password: str = PASSWORD) -> str:
    """Where the login leads; empty where it does not."""
    response = client.post("/accounts/login/", {"login": login, "password": password})
    return response["Location"] if response.status_code == 302 else ""
