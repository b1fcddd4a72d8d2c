"""Reviews in a queue: rows in the fewest words a test needs, and who looks at them."""

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.models import AdvisorGroup, Membership, Organisation, Review
from tests.matching.factories import list_make, match_make, run_done_make

QUEUE = reverse("admin:matching_review_changelist")


def office(name: str = "Office") -> Organisation:
    return Organisation.objects.get_or_create(name=name)[0]


def member(
    name: str, *, organisation: Organisation | None = None, role: str = "advisor", group: Any = None
) -> User:
    user = User.objects.create_user(name, is_staff=True, first_name=name.title())
    organisation = organisation or office()
    Membership.objects.create(user=user, organisation=organisation, role=role, group=group)
    return user


def group(name: str, organisation: Organisation | None = None) -> AdvisorGroup:
    return AdvisorGroup.objects.create(organisation=organisation or office(), name=name)


def client_for(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queued(name: str, advisor: User | None = None, **values: Any) -> Review:
    """The review of an applicant called ``name``: in review where somebody has it, else waiting."""
    given, _, family = name.partition(" ")
    owner = User.objects.create_user(
        name.lower().replace(" ", "."),
        email=f"{given.lower()}@example.org",
        first_name=given,
        last_name=family,
    )
    now = timezone.now()
    run = run_done_make(profile=values.pop("profile", {}), season=values.pop("season", "2027"))
    saved_list = list_make(match=match_make(owner=owner, run=run))
    return Review.objects.create(
        **{
            "saved_list": saved_list,
            "organisation": office(),
            "advisor": advisor,
            "state": "in_review" if advisor else "submitted",
            "submitted_at": now - timedelta(days=3),
            "changed_at": now,
            "risk_at": now,
            **values,
        }
    )


def codes(response: Any) -> list[str]:
    """Of the rows, in their order."""
    return [row.code for row in response.context["cl"].result_list]


def said(response: Any) -> list[str]:
    """What the page after an action says of it."""
    return [str(message) for message in response.context["messages"]]


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def act(client: Client, action: str, reviews: list[Review], query: str = "", **members: str) -> Any:
    """Press Go with these rows ticked; with members, the page between as well."""
    data: dict[str, Any] = {"action": action, "_selected_action": [str(review.pk) for review in reviews]}
    data |= (
        {"act": "1", **{f"act-{name}": value for name, value in members.items()}}
        if members
        else {"index": "0"}
    )
    return client.post(f"{QUEUE}{query}", data, follow=True)
