import uuid

import pytest
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from applicants.models import Profile
from applicants.services import profile_save
from applicants.visitors import visitor_id, visitor_known
from tests.applicants.documents import SEASON, valid

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


def test_visitor_is_made_on_first_need_and_kept(request_: HttpRequest) -> None:
    assert visitor_known(request_) is None
    assert request_.session.is_empty()
    made = visitor_id(request_)
    assert isinstance(made, uuid.UUID)
    assert visitor_id(request_) == visitor_known(request_) == made


def test_visitor_is_no_session_key(request_: HttpRequest) -> None:
    made = visitor_id(request_)
    request_.session.save()
    assert str(made) != request_.session.session_key


def test_visitor_survives_login_and_profiles_are_claimed(request_: HttpRequest) -> None:
    made = visitor_id(request_)
    row = profile_save(document=valid({}), season=SEASON, visitor=made)
    user = User.objects.create(username="ana")
    login(request_, user, backend="django.contrib.auth.backends.ModelBackend")
    assert visitor_known(request_) == made
    assert Profile.objects.get(pk=row.pk).owner == user


def test_visitor_ends_with_logout(request_: HttpRequest) -> None:
    visitor_id(request_)
    logout(request_)
    assert visitor_known(request_) is None


def test_login_without_a_visitor_claims_nothing(request_: HttpRequest) -> None:
    row = profile_save(document=valid({}), season=SEASON, visitor=uuid.uuid4())
    login(request_, User.objects.create(username="ana"), backend="django.contrib.auth.backends.ModelBackend")
    assert Profile.objects.get(pk=row.pk).owner is None
