"""Reviews by the thousand for benches and tests: rows as the services leave them, written in bulk.

People, lists and figures are made up from a seed; what is on a list are programs of the catalogue that is
loaded. Not part of the site.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User

from matching.models import (
    AdvisorGroup,
    ListEntry,
    Match,
    MatchRun,
    Membership,
    Organisation,
    Review,
    ReviewPatch,
    ReviewVersion,
    SavedList,
)
from matching.review.danger import Risk, danger
from programs.models import Program

BATCH = 2000
SCORES = (None, 208, 214, 219, 224, 228, 233, 238, 244, 251, 259)
FIRST = ("Ana", "Bao", "Carmen", "Dina", "Emeka", "Farid", "Gita", "Hana", "Ivan", "Jun", "Kofi", "Lina")
LAST = ("Alvarez", "Bekele", "Chen", "Diaz", "Eze", "Farouk", "Gupta", "Haddad", "Ivanov", "Joshi", "Kim")
STATES = ("submitted", "in_review", "in_review", "changes_asked", "approved", "approved", "withdrawn")
REASONS = ReviewPatch.Reason.values


@dataclass(frozen=True, slots=True)
class World:
    """Who works on them. ``other`` belongs to another organisation."""

    lead: User
    advisor: User
    advisors: Sequence[User]
    other: User
    reviews: Sequence[Review]


def reviews_make(count: int, *, now: datetime | None = None, entries: int = 0, seed: int = 7) -> World:
    """``count`` reviews over as many lists of as many people, nine in ten in one organisation; with
    ``entries``, so many programs on each list, and moves of tiers on those that were answered."""
    made, now = random.Random(seed), now or datetime.now(UTC)
    lead, advisors, other, organisations, groups = _staff()
    owners = _owners(count, made)
    lists = _lists(owners, _runs(now), now)
    reviews = [
        Review(**_review(made, at, lists[at], advisors, other, organisations, groups, now))
        for at in range(count)
    ]
    Review.objects.bulk_create(reviews, batch_size=BATCH)
    if entries:
        _fill(made, reviews, lists, entries, now)
    return World(lead, advisors[0], advisors, other, reviews)


def _staff() -> tuple[User, list[User], User, list[Organisation], list[AdvisorGroup]]:
    first = Organisation.objects.create(name="The school's office")
    second = Organisation.objects.create(name="Another office")
    groups = [AdvisorGroup.objects.create(organisation=first, name=name) for name in ("East", "West")]
    lead = _member("lead", first, Membership.Role.LEAD, None)
    advisors = [_member(f"advisor-{at}", first, Membership.Role.ADVISOR, groups[at % 2]) for at in range(10)]
    other = _member("other", second, Membership.Role.ADVISOR, None)
    return lead, advisors, other, [first, second], groups


def _member(name: str, organisation: Organisation, role: str, group: AdvisorGroup | None) -> User:
    """Her rights come with the membership."""
    user = User.objects.create_user(name, is_staff=True, first_name=name.title())
    Membership.objects.create(user=user, organisation=organisation, role=role, group=group)
    return user


def _owners(count: int, made: random.Random) -> list[User]:
    users = [
        User(
            username=f"applicant-{at}",
            first_name=made.choice(FIRST),
            last_name=made.choice(LAST),
            email=f"applicant-{at}@example.org",
            password="!",
        )
        for at in range(count)
    ]
    return User.objects.bulk_create(users, batch_size=BATCH)


def _runs(now: datetime) -> list[MatchRun]:
    runs = [
        MatchRun(
            digest=sha256(f"bench {score}".encode()).hexdigest(),
            profile={"step2ck": {"score": score}},
            options={},
            season="2027",
            as_of=now.date(),
            model_version="m1",
            data_version="d1",
            state="done",
            result=b"",
            rung_at=now,
            created_at=now,
            finished_at=now,
        )
        for score in SCORES
    ]
    return MatchRun.objects.bulk_create(runs)


def _lists(owners: Sequence[User], runs: Sequence[MatchRun], now: datetime) -> list[SavedList]:
    matches = Match.objects.bulk_create(
        [Match(run=runs[at % len(runs)], owner=owner, created_at=now) for at, owner in enumerate(owners)],
        batch_size=BATCH,
    )
    return SavedList.objects.bulk_create(
        [
            SavedList(match=match, name="My list", owner_id=match.owner_id, created_at=now, updated_at=now)
            for match in matches
        ],
        batch_size=BATCH,
    )


def _review(
    made: random.Random,
    at: int,
    saved_list: SavedList,
    advisors: Sequence[User],
    other: User,
    organisations: Sequence[Organisation],
    groups: Sequence[AdvisorGroup],
    now: datetime,
) -> dict[str, Any]:
    state = made.choice(STATES)
    here = at % 10 != 9
    sent = now - timedelta(hours=made.randrange(1, 24 * 60))
    taken = None if state == "submitted" else made.choice(advisors) if here else other
    approved = state == "approved"
    stale = approved and made.random() < 0.3
    days = made.choice((None, *range(1, 90)))
    risk = Risk(
        p_none=made.choice((None, made.random(), made.random() / 3)),
        p_match=made.random(),
        strict_fails=made.choice((0, 0, 0, 1, 2, 5)),
        deadline=now.date() + timedelta(days=days) if days else None,
        days=days,
        unused_signals=made.choice((0, 0, 2, 5)),
        over_budget_usd=made.choice((0, 0, 0, 240, 1200)),
        missing_facts=made.choice((0, 0, 1, 3)),
        programs=made.randrange(20, 120),
        cost_usd=made.randrange(400, 3000),
    )
    return {
        "saved_list": saved_list,
        "organisation": organisations[not here],
        "group": made.choice((None, *groups)) if here else None,
        "advisor": taken,
        "state": state,
        "submitted_at": sent,
        "changed_at": sent,
        "snoozed_until": now.date() + timedelta(days=9) if made.random() < 0.05 else None,
        "approved_by": "Advisor" if approved else "",
        "approved_at": sent if approved else None,
        "stale_since": now if stale else None,
        "stale_reason": "3 programs changed" if stale else "",
        "danger": danger(risk),
        "risk_at": now,
        **{name: getattr(risk, name) for name in Risk.__dataclass_fields__ if name != "days"},
    }


def _fill(
    made: random.Random,
    reviews: Sequence[Review],
    lists: Sequence[SavedList],
    each: int,
    now: datetime,
) -> None:
    programs = list(Program.objects.order_by("pk").values_list("pk", flat=True))
    entries, patches, versions = [], [], []
    for review, saved_list in zip(reviews, lists, strict=True):
        chosen = made.sample(programs, min(each, len(programs)))
        tiers = [made.choice(("reach", "target", "safety")) for _ in chosen]
        entries += [
            ListEntry(
                saved_list=saved_list, program_id=program, position=at, tier=tier,
                probability=0.1, low=0.05, high=0.2,
            )
            for at, (program, tier) in enumerate(zip(chosen, tiers, strict=True), 1)
        ]  # fmt: skip
        if review.state not in ("changes_asked", "approved"):
            continue
        versions.append(_version(review, now))
        for program, tier in zip(chosen, tiers, strict=True):
            if made.random() < 0.05:
                patches.append(_move(made, review, program, tier, now))
    ListEntry.objects.bulk_create(entries, batch_size=BATCH)
    ReviewVersion.objects.bulk_create(versions, batch_size=BATCH)
    ReviewPatch.objects.bulk_create(patches, batch_size=BATCH)


def _version(review: Review, now: datetime) -> ReviewVersion:
    return ReviewVersion(
        review=review, number=1, list_version=1, reason="sent", entries=[], profile={},
        model_version="m1", data_version="d1", created_at=now,
    )  # fmt: skip


def _move(made: random.Random, review: Review, program: str, tier: str, now: datetime) -> ReviewPatch:
    return ReviewPatch(
        review=review,
        author_id=review.advisor_id,
        author_name="Advisor",
        kind="tier",
        state=made.choice(("sent", "accepted", "declined", "withdrawn", "draft")),
        private=made.random() < 0.2,
        program_id=program,
        tier_from=tier,
        tier_to=made.choice([other for other in ("reach", "target", "safety") if other != tier]),
        reason=made.choice(REASONS),
        created_at=now,
        sent_at=now,
    )
