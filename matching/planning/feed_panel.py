"""What the plan page says of the calendar link and of mail: ``plan/_feed.html`` shows it as ``feed``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from matching.models import Plan
from matching.planning.reminders import AHEAD_DAYS, address_proven, reminders_work

Mail = Literal["on", "off", "no account", "no address", "not here"]


@dataclass(frozen=True, slots=True)
class FeedPanel:
    """``address`` of the calendar link, and ``subscribe``, the same for a calendar program; empty: none made.
    ``ends_days``: without an account the link ends so many days after her last visit; 0: it does not."""

    address: str
    subscribe: str
    ends_days: int
    mail: Mail
    mail_to: str
    ahead_days: int


def feed_panel(plan: Plan, *, absolute: Callable[[str], str], visitor_days: int) -> FeedPanel:
    """One query for an account, none without one."""
    address = absolute(reverse("matching:plan_feed", args=[plan.feed_token])) if plan.feed_token else ""
    to = address_proven(plan.owner) if isinstance(plan.owner, AbstractBaseUser) else ""
    return FeedPanel(
        address=address,
        subscribe="webcal" + address.removeprefix("https").removeprefix("http") if address else "",
        ends_days=0 if plan.owner_id else visitor_days,
        mail=_mail(plan, to),
        mail_to=to,
        ahead_days=AHEAD_DAYS,
    )


def _mail(plan: Plan, to: str) -> Mail:
    if not reminders_work():
        return "not here"
    if plan.owner_id is None:
        return "no account"
    if not to:
        return "no address"
    return "on" if plan.remind else "off"
