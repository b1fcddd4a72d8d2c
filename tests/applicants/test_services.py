import uuid

import pytest
from django.contrib.auth.models import User

from applicants.models import EXAMS, Profile
from applicants.personas import PERSONAS, Persona
from applicants.services import profile_claim, profile_delete, profile_save
from tests.applicants.documents import EXAMPLE, SEASON, example, valid

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create(username="ana")


def test_save_writes_document_and_columns_alike() -> None:
    visitor = uuid.uuid4()
    row = profile_save(document=valid(EXAMPLE), season=SEASON, visitor=visitor, name="Mine")
    row.refresh_from_db()
    assert valid(row.document) == valid(EXAMPLE)
    assert (row.visitor, row.owner, row.name, row.season) == (visitor, None, "Mine", 2027)
    assert (row.applicant_type, row.graduation_year, row.school_country) == ("us_img", 2025, "DM")
    assert (row.visa_needed, row.ecfmg_certified, row.military_service) == ("none", True, None)
    assert (row.step1_status, row.step1_score, row.step1_attempts, row.step1_taken) == (
        "pass",
        None,
        1,
        "2023-08",
    )
    assert (row.step2ck_status, row.step2ck_score, row.step2ck_practice_score) == ("pass", 224, None)
    assert (row.step3_status, row.step3_attempts) == ("not_taken", 0)


def test_save_keeps_what_is_not_known_null() -> None:
    row = profile_save(document=valid({}), season=SEASON, visitor=uuid.uuid4())
    assert row.document["experience"] is None
    assert [getattr(row, f"{exam}_status") for exam in EXAMS] == [None, None, None]


def test_save_account_wins_over_visitor(user: User) -> None:
    row = profile_save(document=valid({}), season=SEASON, owner=user, visitor=uuid.uuid4())
    assert (row.owner, row.visitor) == (user, None)


def test_save_again_changes_the_same_row(user: User) -> None:
    row = profile_save(document=valid(EXAMPLE), season=SEASON, owner=user, name="Mine")
    pending = valid(example(step2ck={"status": "pending", "practice_score": 228}, ecfmg_certified=False))
    again = profile_save(document=pending, season="2028", row=row)
    assert again.pk == row.pk
    assert Profile.objects.count() == 1
    again.refresh_from_db()
    assert (again.owner, again.name, again.season) == (user, "Mine", 2028)
    assert (again.step2ck_status, again.step2ck_score, again.step2ck_practice_score) == ("pending", None, 228)


def test_save_into_a_deleted_row_is_refused(user: User) -> None:
    row = profile_save(document=valid({}), season=SEASON, owner=user)
    profile_delete(profile=Profile.objects.get(pk=row.pk))
    with pytest.raises(Profile.DoesNotExist):
        profile_save(document=valid({}), season=SEASON, row=row)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_save_takes_every_sample(persona: Persona) -> None:
    document = valid(persona.document)
    row = profile_save(document=document, season=SEASON, visitor=uuid.uuid4())
    assert valid(row.document) == document


def test_claim_takes_the_visitors_profiles_only(user: User) -> None:
    visitor, stranger = uuid.uuid4(), uuid.uuid4()
    mine = profile_save(document=valid({}), season=SEASON, visitor=visitor)
    other = profile_save(document=valid({}), season=SEASON, visitor=stranger)
    assert profile_claim(visitor=visitor, user=user) == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.owner, mine.visitor) == (user, None)
    assert (other.owner, other.visitor) == (None, stranger)
    assert profile_claim(visitor=visitor, user=user) == 0
