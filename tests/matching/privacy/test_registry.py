"""The one table of what is kept is whole: no model about people is missing from it."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import DO_NOTHING, SET_NULL, ForeignKey, Model

from matching.privacy.owned import CHANGES, HOLDERS, OWNED
from matching.privacy.registry import (
    ABOUT_NOBODY,
    BY_HAND,
    BY_STAFF,
    REGISTRY,
    WITH_VISITOR,
    Kept,
    entry_told,
    models_kept,
)
from matching.privacy.retention import retention_sweep

NAMES_A_PERSON = {"visitor", "reporter", "session_key", "ip", "email"}
SOME_DAY = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)


def labels() -> set[str]:
    return {model._meta.label for model in apps.get_models()}


def parents(model: type[Model]) -> set[str]:
    keys = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
    return {field.related_model._meta.label for field in keys if not isinstance(field.related_model, str)}


def test_every_model_is_in_the_registry_or_about_nobody() -> None:
    assert labels() - set(models_kept()) - set(ABOUT_NOBODY) == set()
    assert set(models_kept()) & set(ABOUT_NOBODY) == set()


def test_registry_names_no_model_that_is_gone() -> None:
    assert set(models_kept()) - labels() == set()
    assert set(ABOUT_NOBODY) - labels() == set()


@pytest.mark.parametrize("label", sorted(ABOUT_NOBODY))
def test_what_is_about_nobody_names_nobody(label: str) -> None:
    model = apps.get_model(label)
    assert {field.name for field in model._meta.concrete_fields} & NAMES_A_PERSON == set()
    staff = {"auth.User"} if label in BY_STAFF else set()
    assert parents(model) & set(models_kept()) == staff


@pytest.mark.parametrize("label", sorted(BY_STAFF))
def test_who_of_the_staff_entered_it_is_forgotten_with_her_account(label: str) -> None:
    named = [field for field in apps.get_model(label)._meta.concrete_fields if field.related_model is User]
    assert named
    # The history copies whom a fact names as a number that leads nowhere once the account is gone.
    assert all(field.remote_field.on_delete in (SET_NULL, DO_NOTHING) for field in named)


def test_every_entry_ends_by_a_step_of_the_job(db: None) -> None:
    steps = set(retention_sweep(now=SOME_DAY, dry_run=True)) | {BY_HAND}
    named = {step for entry in REGISTRY for step in entry.goes}
    assert named <= steps
    assert steps - named == {"notices"}  # mail, and no end of anything


def test_every_model_of_a_visitor_is_swept() -> None:
    """What a visitor owns, directly or by what it hangs on, is deleted with the rest of her."""
    swept = {model._meta.label for model, _ in OWNED}
    visitors = {
        label for label, entry in models_kept().items() if WITH_VISITOR in entry.goes and label in labels()
    }
    by_run_or_report = {"matching.MatchRun", "matching.Receipt", "programs.FactReport"}
    assert visitors - by_run_or_report <= swept
    hanging = {label for label in labels() if parents(apps.get_model(label)) & swept}
    assert hanging - swept == set()


def test_sweep_deletes_children_before_what_they_stand_on() -> None:
    order = [model._meta.label for model, _ in OWNED]
    for place, label in enumerate(order):
        # These two point to one another; the database looks when the transaction ends, and both are gone.
        approved = {"matching.ReviewVersion"} if label == "matching.Review" else set()
        assert parents(apps.get_model(label)) & set(order[:place]) - approved == set(), label


def test_every_model_with_a_visitor_can_lead_to_her() -> None:
    named = {
        model._meta.label
        for model in apps.get_models()
        if {field.name for field in model._meta.concrete_fields} & {"visitor", "reporter"}
    }
    assert {model._meta.label for model, _ in HOLDERS} == named


def test_every_dated_change_of_a_visitor_counts_as_use() -> None:
    dated = {
        model._meta.label
        for model, _ in OWNED
        if {field.name for field in model._meta.concrete_fields} & {"updated_at"}
    }
    assert dated <= {model._meta.label for model, _, _ in CHANGES}


@pytest.mark.parametrize("entry", REGISTRY, ids=lambda entry: entry.what[:20])
def test_entry_tells_its_periods_in_force(entry: Kept) -> None:
    told = entry_told(entry, dict.fromkeys(settings.KEEP_DAYS, 4321))
    assert "{" not in told
    assert told.endswith(".")


def test_sessions_are_kept_in_the_database() -> None:
    """The job asks the sessions who can still come back."""
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
