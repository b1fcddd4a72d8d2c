import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from applicants.models import Profile

pytestmark = pytest.mark.django_db


def profile_make(**values: Any) -> Profile:
    return Profile.objects.create(**{"visitor": uuid.uuid4(), "season": 2027, "document": {}, **values})


@pytest.mark.parametrize(
    "values",
    [
        {"visitor": None},
        {"applicant_type": "img"},
        {"visa_needed": "b2"},
        {"applicant_type": "us_img", "visa_needed": "j1"},
        {"graduation_year": 1959},
        {"graduation_year": 2030},
        {"step2ck_practice_score": 301},
        *(
            {f"{exam}_{member}": value}
            for exam in ("step1", "step2ck", "step3")
            for member, value in (
                ("status", "passed"),
                ("score", 0),
                ("score", 301),
                ("attempts", 7),
                ("attempts", 0),
                ("taken", "2023-13"),
                ("taken", "08/2023"),
            )
        ),
        {"step2ck_status": "pending", "step2ck_score": 224},
        {"step2ck_status": "not_taken", "step2ck_score": 224},
        {"step2ck_status": "not_taken", "step2ck_attempts": 1},
        {"step2ck_status": "pass", "step2ck_attempts": 0},
    ],
    ids=str,
)
def test_profile_database_refuses(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        profile_make(**values)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"graduation_year": 1960},
        {"graduation_year": 2027},
        {"graduation_year": 2029},
        {"applicant_type": "us_img", "visa_needed": "none"},
        {"applicant_type": "us_img"},
        {"visa_needed": "j1"},
        {"step1_status": "pass", "step1_score": 300, "step1_attempts": 6, "step1_taken": "2021-12"},
        {"step3_status": "not_taken", "step3_attempts": 0},
        {"step2ck_status": "pending", "step2ck_attempts": 1, "step2ck_practice_score": 1},
        {"step2ck_attempts": 2},
    ],
    ids=str,
)
def test_profile_database_takes(values: dict[str, Any]) -> None:
    assert Profile.objects.filter(pk=profile_make(**values).pk).exists()


def test_profile_has_one_owner_only() -> None:
    user = User.objects.create(username="ana")
    with pytest.raises(IntegrityError), transaction.atomic():
        profile_make(owner=user)
    assert profile_make(owner=user, visitor=None).owner == user


def test_profile_goes_with_its_account() -> None:
    user = User.objects.create(username="ana")
    profile_make(owner=user, visitor=None)
    user.delete()
    assert not Profile.objects.exists()


def test_profile_is_named_by_its_owner() -> None:
    assert str(profile_make(name="First try")) == "First try"
    assert str(profile_make()).startswith("profile ")


def test_profile_migrations_are_complete() -> None:
    call_command("makemigrations", "applicants", check=True, dry_run=True, verbosity=0)


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_migrations_are_reversible() -> None:
    """Of all three apps: what a release brought can be taken back."""
    before = [("matching", None), ("applicants", None), ("programs", None)]
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate(before)
        assert not [
            table
            for table in connection.introspection.table_names()
            if table.startswith(("applicants_", "matching_", "programs_"))
        ]
    finally:
        MigrationExecutor(connection).migrate(latest)
    assert "matching_review" in connection.introspection.table_names()
