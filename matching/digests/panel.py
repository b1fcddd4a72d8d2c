"""What the page of a list and the account's page say of news about programs, and of mail about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from matching.digests.mailing import choice_of
from matching.digests.words import sentences
from matching.models import SavedList
from matching.planning.reminders import address_proven, reminders_work
from programs.models import DataVersion

if TYPE_CHECKING:
    from matching.selectors import Asker

Mail = Literal["on", "off", "no account", "no address", "not here"]


@dataclass(frozen=True, slots=True)
class MailPanel:
    mail: Mail
    to: str


@dataclass(frozen=True, slots=True)
class DigestCard:
    """``since``: when the data was published that the list is judged by; None where that is not kept."""

    id: int
    since: datetime | None
    told: tuple[str, ...]


def digest_card(saved_list: SavedList) -> DigestCard | None:
    from matching.digests.services import digest_newest  # noqa: PLC0415

    digest = digest_newest(saved_list)
    if digest is None:
        return None
    since = DataVersion.objects.filter(version=digest.before).values_list("created_at", flat=True).first()
    return DigestCard(digest.pk, since, sentences(digest.document))


def mail_panel(user: "Asker") -> MailPanel:
    if not reminders_work():
        return MailPanel("not here", "")
    if user is None or not user.is_authenticated:
        return MailPanel("no account", "")
    to = address_proven(user)
    if not to:
        return MailPanel("no address", "")
    return MailPanel("on" if choice_of(user) else "off", to)
