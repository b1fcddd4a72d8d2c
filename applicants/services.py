"""Writes of the applicants app, and the one validation every way in goes through."""

import uuid
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from applicants.faults import Fault, ProfileInvalid
from applicants.models import EXAMS, Profile, ProfileDraft
from applicants.rules import findings
from applicants.schema import Exam, ProfileDocument
from applicants.typed import Typed, storable
from applicants.validation import document_validate

if TYPE_CHECKING:
    from applicants.selectors import Asker

__all__ = [
    "Fault",
    "ProfileInvalid",
    "draft_delete",
    "draft_save",
    "profile_claim",
    "profile_delete",
    "profile_save",
    "profile_validate",
]


def profile_validate(
    data: object,
    *,
    season: str,
    specialties: Collection[str] | None = None,
    program_ids: Collection[str] | None = None,
) -> ProfileDocument:
    """The profile that ``data`` (parsed JSON) describes, frozen; it touches no database.

    ``season`` is the year of its Match week. ``specialties`` and ``program_ids`` are what the catalogue
    knows; None leaves such members checked by form alone. Raises ProfileInvalid listing every fault at once.
    """
    year = int(season)
    return document_validate(
        data,
        rules=lambda profile: findings(
            profile, season=year, specialties=specialties, program_ids=program_ids
        ),
    )


@transaction.atomic
def profile_save(
    *,
    document: ProfileDocument,
    season: str,
    owner: AbstractBaseUser | None = None,
    visitor: uuid.UUID | None = None,
    row: Profile | None = None,
    name: str | None = None,
) -> Profile:
    """Keep a validated document: in ``row`` if there is one, else in a new profile of its account or visitor.

    The account wins where both are given. ``name`` None leaves the name as it is. A row that was deleted
    meanwhile raises Profile.DoesNotExist; whose row it is was the caller's question.
    """
    if row is None:
        kept = Profile(owner_id=owner.pk if owner else None, visitor=None if owner else visitor)
    else:
        kept = Profile.objects.select_for_update().get(pk=row.pk)
    kept.season = int(season)
    _write(kept, document)
    if name is not None:
        kept.name = name
    kept.save()
    return kept


@transaction.atomic
def profile_claim(*, visitor: uuid.UUID, user: AbstractBaseUser) -> int:
    """Give an account every profile its visitor made before logging in. Returns how many."""
    return Profile.objects.filter(visitor=visitor).update(owner_id=user.pk, visitor=None)


@transaction.atomic
def profile_delete(*, profile: Profile) -> None:
    """Delete a profile for good. Matches made from it stay: each keeps its own frozen input."""
    profile.delete()


@transaction.atomic
def draft_save(
    *,
    change: Callable[[Typed], Typed],
    start: Typed,
    owner: AbstractBaseUser | None = None,
    visitor: uuid.UUID | None = None,
) -> ProfileDraft:
    """Keep what was typed, right or wrong: ``change`` of the draft, or of ``start`` where there is none yet.

    The draft is locked meanwhile, so two windows on different steps lose nothing of each other; on the same
    step the last one wins. The account wins where both are given.
    """
    whose = {"owner": owner} if owner is not None else {"visitor": visitor}
    drafts = ProfileDraft.objects.select_for_update()
    draft, _ = drafts.get_or_create(**whose, defaults={"typed": storable(start)})
    draft.typed = storable(change(draft.typed))
    draft.save(update_fields=("typed", "updated_at"))
    return draft


@transaction.atomic
def draft_delete(*, user: "Asker" = None, visitor: uuid.UUID | None = None) -> None:
    """Delete what an account or a visitor typed, for good."""
    own = Q(owner_id=user.pk) if user is not None and user.is_authenticated else Q(pk__in=())
    if visitor is not None:
        own |= Q(visitor=visitor)
    ProfileDraft.objects.filter(own).delete()


def _write(row: Profile, document: ProfileDocument) -> None:
    """Document and columns are written together, from the same values, or the columns would lie."""
    row.document = document.model_dump(mode="json")
    row.applicant_type = document.applicant_type
    row.graduation_year = document.graduation_year
    row.school_country = document.medical_school.country if document.medical_school else None
    row.visa_needed = document.visa_needed
    row.ecfmg_certified = document.ecfmg_certified
    row.military_service = document.military_service
    for member in EXAMS:
        exam: Exam = getattr(document, member) or Exam()
        setattr(row, f"{member}_status", exam.status)
        setattr(row, f"{member}_score", exam.score)
        setattr(row, f"{member}_attempts", exam.attempts)
        setattr(row, f"{member}_taken", exam.taken)
    row.step2ck_practice_score = document.step2ck.practice_score if document.step2ck else None
