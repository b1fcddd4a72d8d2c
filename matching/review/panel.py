"""What the page of a list says of its review: where it stands, or how to ask for one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from matching.models import Organisation, Review, SavedList
from matching.planning.reminders import reminders_work

from .approval import Approval, approval_of
from .forms import SendForm
from .mails import address_proven
from .selectors import patches_for_owner
from .standing import standing_of

if TYPE_CHECKING:
    from matching.selectors import Asker


@dataclass(frozen=True, slots=True)
class Ask:
    """``form`` None: it cannot be sent now, because there is no account, no program or nobody to send it to.
    ``mail``: whether an answer is told of by mail."""

    form: SendForm | None
    organisations: tuple[Organisation, ...]
    account: bool
    empty: bool
    mail: bool


@dataclass(frozen=True, slots=True)
class Stands:
    """``acts``: something waits for her."""

    line: str
    approval: Approval | None
    acts: bool


def ask_of(user: "Asker", *, empty: bool, form: SendForm | None = None) -> Ask:
    """Two queries at most."""
    form = form or SendForm()
    account = user is not None and user.is_authenticated
    sendable = account and not empty and bool(form.organisations)
    return Ask(
        form=form if sendable else None,
        organisations=tuple(form.organisations),
        account=account,
        empty=empty,
        mail=sendable and reminders_work() and bool(address_proven(user.pk if user else None)),
    )


def stands_of(review: Review) -> Stands:
    """One query."""
    sent = Q(state="sent")
    told = patches_for_owner(review).aggregate(
        asks=Count("pk", filter=sent & Q(kind="ask")),
        waiting=Count("pk", filter=sent & ~Q(kind__in=("ask", "note"))),
    )
    standing = standing_of(review, waiting=told["waiting"], asks=told["asks"])
    return Stands(standing.line, approval_of(review), standing.acts)


def empty_of(saved_list: SavedList) -> bool:
    return not saved_list.entries.exists()
