"""Publishing from the desk."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programs.models import DataVersion, Publication
from programs.services import data_version_publish
from tests.programs.desk import FACTS, PROGRAMS, PUBLISH, VERSIONS, page
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin_client: Client) -> Client:
    return admin_client


def test_publish_button_makes_a_version_once(desk: Client) -> None:
    make_fact(make_program(), "accepts_img", "yes")

    first = desk.post(PUBLISH, follow=True).content.decode()
    again = desk.post(PUBLISH, follow=True).content.decode()

    version = DataVersion.objects.get()
    assert f"Published {version}: 1 programs and 1 facts" in first
    assert "Nothing has changed" in again
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("address", [PROGRAMS, FACTS])
def test_publish_action_publishes_everything(desk: Client, address: str) -> None:
    program = make_program()
    make_program()
    fact = make_fact(program, "accepts_img", "yes")
    chosen = program.pk if address == PROGRAMS else fact.pk

    desk.post(address, {"action": "publish", "_selected_action": chosen})

    assert DataVersion.objects.get().program_count == 2


def test_publish_needs_its_permission_and_a_post(client: Client, desk: Client) -> None:
    program = make_program()
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["change_program", "view_program", "view_dataversion"])
    )
    client.force_login(clerk)

    assert client.post(PUBLISH).status_code == 403
    assert b"Publish" not in client.get(VERSIONS).content
    client.post(PROGRAMS, {"action": "publish", "_selected_action": program.pk})
    assert client.get(PUBLISH).status_code == 403
    assert desk.get(PUBLISH).status_code == 200  # says what it would change, and publishes nothing
    assert desk.put(PUBLISH).status_code == 405
    assert not DataVersion.objects.exists()


def test_version_list_marks_the_current_one(desk: Client) -> None:
    make_program()
    first = data_version_publish()
    make_program()
    second = data_version_publish()

    rows = desk.get(VERSIONS).context["cl"].result_list

    model_admin = desk.get(VERSIONS).context["cl"].model_admin
    assert {row.version: model_admin.is_current(row) for row in rows} == {
        first.version: False,
        second.version: True,
    }


def test_version_page_does_not_read_the_snapshot(desk: Client) -> None:
    make_program()
    version = data_version_publish()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert desk.get(page("dataversion", version.pk)).status_code == 200
        assert desk.get(VERSIONS).status_code == 200

    assert not [query for query in queries if '"snapshot"' in query["sql"]]
