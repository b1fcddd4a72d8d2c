from collections.abc import Sequence
from typing import Any

import pytest
from django.core.signing import Signer
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from programs.models import Program
from smartpick.api_pagination import ApiCursorPagination
from tests.matching.factories import program_make

pytestmark = pytest.mark.django_db


class Pages(ApiCursorPagination):
    def __init__(self, *ordering: str) -> None:
        super().__init__()
        self.ordering = ordering or ("id",)  # type: ignore[assignment]


def page(url: str, *ordering: str) -> tuple[list[str], str | None, str | None]:
    pages = Pages(*ordering)
    rows = pages.paginate_queryset(Program.objects.all(), Request(APIRequestFactory().get(url)), APIView())
    assert rows is not None
    data: dict[str, Any] = pages.get_paginated_response(rows).data
    assert list(data) == ["next", "previous", "results"]
    return [row.pk for row in rows], data["next"], data["previous"]


@pytest.fixture
def ids(db: None) -> Sequence[str]:
    names = ["B", "A", "B", "B", "A", "C", "B"]
    return [program_make(f"sp0000{place}", name=name).pk for place, name in enumerate(names)]


def walk(url: str, *ordering: str, back: bool = False) -> list[list[str]]:
    pages, where = [], url
    while where:
        rows, following, before = page(where, *ordering)
        pages.append(rows)
        where = (before if back else following) or ""
    return pages


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 200])
def test_pages_hold_every_row_once(ids: Sequence[str], size: int) -> None:
    pages = walk(f"/x/?page_size={size}")

    assert [row for rows in pages for row in rows] == ids
    assert {len(rows) for rows in pages[:-1]} <= {size}


@pytest.mark.parametrize("ordering", [("name", "id"), ("-name", "id")])
def test_pages_of_equal_values(ids: Sequence[str], ordering: tuple[str, str]) -> None:
    pages = walk("/x/?page_size=2", *ordering)

    assert [row for rows in pages for row in rows] == list(
        Program.objects.order_by(*ordering).values_list("pk", flat=True)
    )


def test_pages_go_back(ids: Sequence[str]) -> None:
    _, second, _ = page("/x/?page_size=3")
    assert second is not None
    _, third, _ = page(second)
    assert third is not None

    assert walk(third, back=True) == [
        ["sp00006"],
        ["sp00003", "sp00004", "sp00005"],
        ["sp00000", "sp00001", "sp00002"],
    ]


def test_page_size_default(ids: Sequence[str]) -> None:
    for number in range(10, 40):
        program_make(f"sp000{number}")

    assert len(page("/x/")[0]) == 25


@pytest.mark.parametrize("size", ["0", "201", "-1", "1.5", "many", "", "99999999999", "\u0665", "+5", " 5"])
def test_page_size_refused(ids: Sequence[str], size: str) -> None:
    with pytest.raises(ValidationError):
        page(f"/x/?page_size={size}")


@pytest.mark.parametrize("cursor", ["", "cD1zcDAwMDAx", "x:y", "\u00e9", "a" * 5000, "W10:abc"])
def test_cursor_made_up_is_refused(ids: Sequence[str], cursor: str) -> None:
    with pytest.raises(ValidationError):
        page(f"/x/?cursor={cursor}")


def test_cursor_of_another_ordering_is_refused(ids: Sequence[str]) -> None:
    _, following, _ = page("/x/?page_size=2", "name", "id")
    assert following is not None

    with pytest.raises(ValidationError):
        page(following, "id")


def test_cursor_signed_for_something_else_is_refused(ids: Sequence[str]) -> None:
    with pytest.raises(ValidationError):
        page("/x/?cursor=" + Signer(salt="password reset").sign_object([0, False, "x"]))
