"""The desk's page of one review, and who looks at it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from matching.models import Review
from tests.matching.review.conftest import Desk, desk

__all__ = ["desk"]


class Page:
    """A review as one member of staff works on it."""

    def __init__(self, review: Review, user: User) -> None:
        self.review = review
        self.client = Client()
        self.client.force_login(user)

    def address(self, name: str = "change", *more: Any) -> str:
        return reverse(f"admin:matching_review_{name}", args=[self.review.pk, *more])

    def get(self, name: str = "change", *more: Any, **query: Any) -> Any:
        return self.client.get(self.address(name, *more), query)

    def send(self, name: str, *more: Any, htmx: bool = False, **sent: Any) -> Any:
        """As the page sends it: with the revision it was drawn with, unless another is given."""
        revision = Review.objects.values_list("revision", flat=True).get(pk=self.review.pk)
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.address(name, *more), {"revision": revision, **sent}, headers=headers)


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk.review, desk.advisor)


@pytest.fixture
def lead_page(desk: Desk) -> Page:
    return Page(desk.review, desk.lead)
