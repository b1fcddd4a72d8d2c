"""All that is kept of one person, for her to read and to take away. Not what opens a private link."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db.models import Min, Q, QuerySet

from applicants.models import ProfileDraft
from applicants.selectors import profiles_for_request
from matching.access.reading import looks_at
from matching.models import ListLink, Match, OutcomeReport, SavedList
from matching.planning.taking import plans_export, plans_for_request
from matching.receipts.reading import receipts_for_request
from matching.reporting.taking import report_export
from matching.review.owned import reviews_export, reviews_for_request
from matching.selectors import MatchNotReady, lists_for_request, match_document, matches_for_request
from matching.whatif.taking import scenarios_export, scenarios_for_request
from programs.models import FactReport

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Asker = AbstractBaseUser | AnonymousUser | None


LIST_PARTS = (
    "entries__program", "versions", "links", "chances_before", "outcome_report__outcomes",
)  # fmt: skip


class Kept(NamedTuple):
    """One kind of thing that is kept: how many, and since when."""

    kind: str
    number: int
    since: datetime | None


def drafts_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> QuerySet[ProfileDraft]:
    own = Q(pk__in=())
    if user is not None and user.is_authenticated:
        own |= Q(owner_id=user.pk)
    if visitor is not None:
        own |= Q(visitor=visitor)
    return ProfileDraft.objects.filter(own)


def kept_for_request(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> list[Kept]:
    """How much is kept of each kind, in the order a person would ask."""
    lists = SavedList.objects.filter(pk__in=lists_for_request(user=user, visitor=visitor).values("pk"))
    return [
        _kept("profiles", profiles_for_request(user=user, visitor=visitor), "created_at"),
        _kept("drafts", drafts_for_request(user=user, visitor=visitor), "updated_at"),
        _kept("answers", matches_for_request(user=user, visitor=visitor), "created_at"),
        # Whoever shares both runs shares the receipt: when it was made may be another's doing.
        Kept("receipts", receipts_for_request(user=user, visitor=visitor).count(), None),
        _kept("scenarios", scenarios_for_request(user=user, visitor=visitor), "created_at"),
        _kept("plans", plans_for_request(user=user, visitor=visitor), "created_at"),
        _kept("lists", lists, "created_at"),
        _kept("reviews", reviews_for_request(user=user, visitor=visitor), "submitted_at"),
        _kept("outcomes", OutcomeReport.objects.filter(saved_list__in=lists), "created_at"),
        _kept("links", ListLink.objects.filter(saved_list__in=lists, revoked_at=None), "created_at"),
        _kept("reports", FactReport.objects.filter(reporter=visitor, reporter__isnull=False), "created_at"),
    ]


def data_export(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> dict[str, Any]:
    """Everything as one document, in the shapes the site itself keeps."""
    asker: dict[str, Any] = {"user": user, "visitor": visitor}
    return {
        "account": _account(user),
        "seen_by_staff": [look._asdict() for look in looks_at(user, most=None)],
        "profiles": [
            {"name": row.name, "season": row.season, "changed": row.updated_at, "profile": row.document}
            for row in profiles_for_request(**asker)
        ],
        "drafts": [{"changed": row.updated_at, "typed": row.typed} for row in drafts_for_request(**asker)],
        "answers": [_answer(match) for match in _matches_whole(**asker)],
        "receipts": _receipts(**asker),
        "scenarios": scenarios_export(**asker),
        "plans": plans_export(**asker),
        "lists": [_list(row) for row in lists_for_request(**asker).prefetch_related(*LIST_PARTS)],
        "reviews": reviews_export(**asker),
        "reports": list(
            FactReport.objects.filter(reporter=visitor, reporter__isnull=False).values(
                "program", "field", "said", "url", "state", "created_at"
            )
        ),
    }


def _kept(kind: str, rows: QuerySet[Any], dated: str) -> Kept:
    rows = rows.order_by()
    return Kept(kind, rows.count(), rows.aggregate(since=Min(dated))["since"])


def _account(user: "Asker") -> dict[str, Any] | None:
    if not isinstance(user, User):
        return None
    return {
        "email": user.email,
        "joined": user.date_joined,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "sessions": list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")),
    }


def _matches_whole(**asker: Any) -> Iterator[Match]:
    return matches_for_request(**asker).defer(None).defer("run__whole").iterator(chunk_size=20)


def _answer(match: Match) -> dict[str, Any]:
    run = match.run
    asked = {"asked": match.created_at, "state": run.state, "profile": run.profile, "options": run.options}
    made = {"season": run.season, "model_version": run.model_version, "data_version": run.data_version}
    try:
        document = match_document(match, explain=0)
    except MatchNotReady as not_ready:
        return {**asked, **made, "summary": None, "why": not_ready.reason}
    programs = [row["program"]["id"] for row in document["list"] if row["selected"]]
    return {**asked, **made, "summary": document["summary"], "recommended": programs}


def _receipts(**asker: Any) -> list[dict[str, Any]]:
    """By when she asked for the two answers; of answers that share a run, the first."""
    asked = dict(matches_for_request(**asker).order_by("-created_at").values_list("run_id", "created_at"))
    return [
        {"from": asked[row.before_id], "to": asked[row.after_id], "receipt": row.document}
        for row in receipts_for_request(**asker)
    ]


def _list(row: SavedList) -> dict[str, Any]:
    return {
        "name": row.name,
        "note": row.note,
        "made": row.created_at,
        "changed": row.updated_at,
        "figures": row.figures,
        "programs": [
            {
                "program": entry.program_id,
                "name": entry.program.name,
                "position": entry.position,
                "status": entry.status,
                "signal": entry.signal,
                "note": entry.note,
                "tier": entry.tier,
                "probability": entry.probability,
                "low": entry.low,
                "high": entry.high,
            }
            for entry in row.entries.all()
        ],
        "versions": [
            {
                "number": v.number,
                "change": v.change,
                "name": v.name,
                "made": v.created_at,
                "entries": v.entries,
            }
            for v in row.versions.all()
        ],
        "links": [
            {"shows": link.mode, "made": link.created_at, "ends": link.expires_at, "revoked": link.revoked_at}
            for link in row.links.all()
        ],
        "outcome_report": report_export(row),
    }
