"""What nobody does on the desk, whoever she is. Who may open what is in test_admin_matrix.py."""

import uuid

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.models import Match, MatchRun, Review, SavedList, StaffAccess
from programs.models import DataVersion, Institution, Program, ProgramFact, Specialty
from programs.services import report_make
from tests.matching.desk import account, advisor_client, list_saved, match_scored, office, review_of, staff
from tests.matching.factories import key_make
from tests.matching.reporting.making import told
from tests.programs.factories import make_fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

PAGES = ("changelist", "add", "change", "delete", "history")
# What is read at the desk and written by services alone.
READ_ONLY = {
    "applicants.profile", "matching.match", "matching.matchrun", "matching.savedlist",
    "matching.outcomereport", "programs.specialty", "programs.institution", "programs.dataversion",
}  # fmt: skip


def addresses(row: Model) -> dict[str, str]:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    return {
        page: reverse(f"{name}_{page}", args=[] if page in ("changelist", "add") else [row.pk])
        for page in PAGES
    }


@pytest.fixture
def rows() -> dict[str, Model]:
    """One row of every model the desk knows."""
    saved_list = list_saved(owner=account())
    found: list[Model | None] = [
        User.objects.first(),
        Group.objects.first(),
        saved_list.match.profile,
        saved_list.match,
        saved_list.match.run,
        saved_list,
        told(saved_list),
        key_make()[0],
        Specialty.objects.first(),
        Institution.objects.first(),
        Program.objects.first(),
        make_fact(Program.objects.order_by("pk")[0], "accepts_img", "yes"),
        DataVersion.objects.first(),
        report_make(
            program=Program.objects.order_by("pk")[0],
            said="Closed",
            reporter=uuid.uuid4(),
            now=timezone.now(),
        ),
    ]
    return {row._meta.label_lower: row for row in found if row is not None}


def test_advisor_changes_nothing(rows: dict[str, Model]) -> None:
    client = advisor_client()

    for label, row in rows.items():
        for page in ("add", "change", "delete"):
            response = client.post(addresses(row)[page], {"post": "yes", "name": "taken over"})
            assert response.status_code == 403, (label, page)
        for action in ("delete_selected", "publish", "revoke"):
            client.post(
                addresses(row)["changelist"],
                {"action": action, "_selected_action": row.pk, "post": "yes", "index": "0"},
            )
        assert type(row)._default_manager.filter(pk=row.pk).exists(), label
    assert client.post(reverse("admin:programs_dataversion_publish")).status_code == 403
    assert SavedList.objects.get().name == "Autumn list"
    assert DataVersion.objects.count() == 1


def test_advisor_index_names_five_things() -> None:
    index = advisor_client().get(reverse("admin:index"))

    names = {model["object_name"] for app in index.context["app_list"] for model in app["models"]}
    assert names == {"Profile", "Match", "SavedList", "OutcomeReport", "Review"}
    assert not any(
        model["add_url"] or model["perms"]["delete"]
        for app in index.context["app_list"]
        for model in app["models"]
    )


def test_advisor_picks_from_no_other_model(rows: dict[str, Model]) -> None:
    client = advisor_client()
    box = {"app_label": "programs", "model_name": "programfact", "field_name": "program", "term": "harbor"}

    assert client.get(reverse("admin:autocomplete"), box).status_code == 403


def test_superuser_cannot_rewrite_what_is_read_only(admin_client: Client, rows: dict[str, Model]) -> None:
    for label, row in rows.items():
        if label in READ_ONLY:
            response = admin_client.post(addresses(row)["change"], {"name": "rewritten"})
            assert response.status_code == 403, label


def test_superuser_deletes_an_account_with_all_it_owns(admin_client: Client) -> None:
    owner = account()
    list_saved(owner=owner)

    response = admin_client.post(reverse("admin:auth_user_delete", args=[owner.pk]), {"post": "yes"})

    assert response.status_code == 302
    assert not SavedList.objects.exists()
    assert not Match.objects.exists()
    assert not MatchRun.objects.exists()


def test_superuser_deletes_a_list_and_then_its_match_with_the_run(admin_client: Client) -> None:
    saved_list = list_saved()
    match = saved_list.match

    still = admin_client.post(addresses(match)["delete"], {"post": "yes"})
    assert still.status_code == 200
    assert Match.objects.exists()

    admin_client.post(addresses(saved_list)["delete"], {"post": "yes"})
    admin_client.post(addresses(match)["delete"], {"post": "yes"})
    assert not Match.objects.exists()
    assert not MatchRun.objects.exists()


def test_advisor_sees_what_was_sent_to_her_only(rows: dict[str, Model]) -> None:
    """Neither what somebody tried and left nor a list that was saved and not sent."""
    match = match_scored(graduation_year=2020)
    client = advisor_client()

    for row in (match, match.profile, rows["matching.savedlist"], rows["matching.outcomereport"]):
        assert row is not None
        listed = client.get(addresses(row)["changelist"])
        assert listed.context["cl"].result_count == 0
        assert client.get(addresses(row)["change"]).status_code == 404
        assert client.get(addresses(row)["history"]).status_code == 404


def test_superuser_deletes_an_account_with_reviews_and_the_record_of_who_looked(admin_client: Client) -> None:
    owner = account()
    saved_list = list_saved(owner=owner)
    review_of(saved_list, advisor=staff("ada", office()))
    admin_client.get(addresses(saved_list)["change"])

    response = admin_client.post(reverse("admin:auth_user_delete", args=[owner.pk]), {"post": "yes"})

    assert response.status_code == 302
    assert not SavedList.objects.exists()
    assert not Review.objects.exists()
    assert not StaffAccess.objects.filter(model="matching.SavedList").exists()


def test_fact_of_another_address_is_not_found(admin_client: Client) -> None:
    missing = reverse("admin:programs_programfact_change", args=[ProgramFact.HAND_IDS_FROM + 99])

    assert admin_client.get(missing).status_code == 302
