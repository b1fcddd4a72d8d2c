"""Who looked is written down: opened, searched, exported, refused. Never what was typed or read."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching.models import Review, StaffAccess
from matching.my_data import data_export
from matching.privacy.retention import retention_sweep
from tests.matching.desk import account, advisor_client, list_saved, list_sent, office, review_of, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

LISTS = reverse("admin:matching_savedlist_changelist")
QUEUE = reverse("admin:matching_review_changelist")
LOG = reverse("admin:matching_staffaccess_changelist")


def noted() -> list[tuple[str, str, str, int]]:
    rows = StaffAccess.objects.order_by("id")
    return [(row.user_name, row.action, row.model, row.rows) for row in rows]


def client_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_opening_a_page_is_noted_with_whose_it_is() -> None:
    advisor = advisor_client()
    saved_list = list_sent(owner=account())

    advisor.get(reverse("admin:matching_savedlist_change", args=[saved_list.pk]))
    advisor.get(reverse("admin:matching_savedlist_history", args=[saved_list.pk]))

    assert noted() == [("advisor", "opened", "matching.SavedList", 1)] * 2
    row = StaffAccess.objects.latest("id")
    assert (row.subject, row.object_id) == (saved_list.owner, str(saved_list.pk))


def test_a_search_is_noted_with_how_many_and_without_its_words() -> None:
    advisor = advisor_client()
    list_sent(owner=account())

    advisor.get(LISTS)
    advisor.get(LISTS, {"q": "ana"})

    assert noted() == [("advisor", "searched", "matching.SavedList", 1)]
    row = StaffAccess.objects.get()
    assert "ana" not in f"{row.object_id}{row.model}{row.action}"
    assert row.subject is None


def test_what_is_not_hers_is_not_found_and_that_is_noted() -> None:
    advisor = advisor_client()
    other = list_saved(owner=account())
    review_of(other, organisation=office("There"), advisor=None, state="submitted")

    response = advisor.get(reverse("admin:matching_savedlist_change", args=[other.pk]))
    absent = advisor.get(reverse("admin:matching_savedlist_change", args=["0" * 32]))

    assert (response.status_code, absent.status_code) == (404, 404)
    assert response.content == absent.content
    assert noted() == [("advisor", "refused", "matching.SavedList", 0)]
    assert StaffAccess.objects.get().subject is None


def test_who_has_no_right_at_all_is_noted_too() -> None:
    kim = client_as(staff("kim"))
    saved_list = list_saved(owner=account())

    assert kim.get(LISTS).status_code == 403
    assert kim.get(reverse("admin:matching_savedlist_change", args=[saved_list.pk])).status_code == 403

    assert noted() == [("kim", "refused", "matching.SavedList", 0)] * 2


def test_a_run_is_noted_for_everybody_whose_answer_it_is(admin_client: Client) -> None:
    saved_list = list_saved(owner=account())

    admin_client.get(reverse("admin:matching_matchrun_change", args=[saved_list.match.run_id]))

    assert StaffAccess.objects.get().subject == saved_list.owner


def test_an_applicant_reads_who_opened_what_and_when(client: Client) -> None:
    owner = account()
    saved_list = list_sent(owner=owner)
    ada = staff("ada", office())
    User.objects.filter(pk=ada.pk).update(first_name="Ada", last_name="Winter")
    Review.objects.update(advisor=ada)
    desk = client_as(User.objects.get(pk=ada.pk))
    for _ in range(2):
        desk.get(reverse("admin:matching_savedlist_change", args=[saved_list.pk]))
    desk.get(LISTS, {"q": "ana"})
    client.force_login(owner)

    page = client.get(reverse("matching:me"))

    assert [(look.who, look.what) for look in page.context["seen_by"]] == [("Ada Winter", "list")]
    assert f"{timezone.now():%-d %B %Y}" in page.content.decode()
    assert data_export(user=owner)["seen_by_staff"][0]["who"] == "Ada Winter"


def test_another_applicant_and_a_visitor_read_nothing_of_it(client: Client) -> None:
    advisor = advisor_client()
    advisor.get(reverse("admin:matching_savedlist_change", args=[list_sent(owner=account()).pk]))

    assert "Who looked at it" not in client.get(reverse("matching:me")).content.decode()
    client.force_login(User.objects.create_user("ben"))
    assert client.get(reverse("matching:me")).context["seen_by"] == []


def test_the_record_goes_after_its_time(settings: object) -> None:
    advisor = advisor_client()
    advisor.get(reverse("admin:matching_savedlist_change", args=[list_sent(owner=account()).pk]))
    now = timezone.now()

    assert retention_sweep(now=now + timedelta(days=364))["desk"] == 0
    assert StaffAccess.objects.count() == 1
    assert retention_sweep(now=now + timedelta(days=366), dry_run=True)["desk"] == 1
    assert StaffAccess.objects.count() == 1
    assert retention_sweep(now=now + timedelta(days=366))["desk"] == 1
    assert not StaffAccess.objects.exists()


def test_a_lead_reads_the_record_of_her_organisation_and_of_no_other() -> None:
    here, there = office("Here"), office("There")
    ada, bea, lea = staff("ada", here), staff("bea", there), staff("lea", here, "lead")
    for advisor, organisation, name in ((ada, here, "ana"), (bea, there, "ben")):
        saved_list = list_saved(owner=User.objects.create_user(name))
        review_of(saved_list, organisation=organisation, advisor=advisor)
        client_as(advisor).get(reverse("admin:matching_savedlist_change", args=[saved_list.pk]))

    page = client_as(lea).get(LOG)

    told = page.content.decode()
    assert [row.user_name for row in page.context["cl"].result_list] == ["ada"]
    assert "ana" in told
    assert "ben" not in told
    assert client_as(ada).get(LOG).status_code == 403


def test_a_lead_reads_no_name_of_another_organisations_applicant() -> None:
    """An advisor of two organisations: what she did for the other is hers to know, not this lead's."""
    here, there = office("Here"), office("There")
    ada, lea = staff("ada", here), staff("lea", here, "lead")
    ada.memberships.create(organisation=there)
    saved_list = list_saved(owner=User.objects.create_user("secretly"))
    review_of(saved_list, organisation=there, advisor=ada)
    client_as(ada).get(reverse("admin:matching_savedlist_change", args=[saved_list.pk]))

    page = client_as(lea).get(LOG)

    assert len(page.context["cl"].result_list) == 1
    row = page.context["cl"].result_list[0]
    shown = client_as(lea).get(reverse("admin:matching_staffaccess_change", args=[row.pk])).content.decode()
    assert "secretly" not in page.content.decode() + shown
    assert str(saved_list.pk) not in page.content.decode() + shown


def test_nobody_writes_or_deletes_the_record(admin_client: Client) -> None:
    ada = staff("ada", office())
    row = StaffAccess.objects.create(
        at=timezone.now(), user=ada, user_name="ada", action="opened", model="m.M"
    )
    for page in ("change", "delete"):
        address = reverse(f"admin:matching_staffaccess_{page}", args=[row.pk])
        assert admin_client.post(address, {"post": "yes", "user_name": "eve"}).status_code == 403
    assert admin_client.get(reverse("admin:matching_staffaccess_add")).status_code == 403
    admin_client.post(LOG, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert StaffAccess.objects.get(pk=row.pk).user_name == "ada"


def test_the_record_costs_the_same_however_long(admin_client: Client) -> None:
    ada = staff("ada", office())

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin_client.get(LOG).status_code == 200
        return len(queries)

    def looked() -> None:
        StaffAccess.objects.create(
            at=timezone.now(),
            user=ada,
            user_name="ada",
            action="opened",
            model="matching.Review",
            subject=ada,
        )

    looked()
    admin_client.get(LOG)
    few = cost()
    for _ in range(20):
        looked()
    assert cost() == few


def exporter(name: str, *, may: bool) -> Client:
    user = staff(name, office())
    if may:
        user.user_permissions.add(Permission.objects.get(codename="export_people"))
    return client_as(User.objects.get(pk=user.pk))


def export(client: Client, *rows: Review) -> str:
    data = {"action": "export_people", "_selected_action": [str(row.pk) for row in rows], "index": "0"}
    response = client.post(QUEUE, data)
    return response.content.decode() if response.get("Content-Type", "").startswith("text/csv") else ""


def test_people_are_exported_by_who_may_and_it_is_noted_for_each() -> None:
    client = exporter("ada", may=True)
    ada = User.objects.get(username="ada")
    mine = review_of(list_saved(owner=account("ana")), advisor=ada)
    anas = mine.saved_list
    anas.name = "=HYPERLINK(1)"
    anas.save()
    other = review_of(
        list_saved(owner=User.objects.create_user("ben")), organisation=office("There"), advisor=None
    )

    table = export(client, mine, other)

    assert mine.code in table
    assert "ana" in table
    assert "'=HYPERLINK" in table
    assert other.code not in table
    assert "ben" not in table
    assert "@" not in table
    assert noted() == [("ada", "exported", "matching.Review", 1)] * 2
    assert {row.subject for row in StaffAccess.objects.all()} == {None, anas.owner}


def test_who_may_not_export_is_not_offered_it_and_gets_nothing_by_hand() -> None:
    client = exporter("ada", may=False)
    mine = review_of(list_saved(owner=account("ana")), advisor=User.objects.get(username="ada"))

    assert "export_people" not in client.get(QUEUE).content.decode()
    assert export(client, mine) == ""
    assert not StaffAccess.objects.filter(action="exported").exists()
