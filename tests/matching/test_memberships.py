"""Who belongs where: rights come and go with it, and a lead reaches no further than her organisation."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.advisors import ADVISORS, LEADS
from matching.memberships import membership_end
from matching.models import AdvisorGroup, Membership, Organisation, Review
from matching.review.services import review_submit
from tests.matching.desk import list_saved, office, review_of, staff
from tests.matching.factories import list_make

pytestmark = pytest.mark.django_db

ADD = reverse("admin:matching_membership_add")


def groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def client_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, row: Any) -> str:
    return reverse(f"admin:matching_{name}", args=[row.pk])


@pytest.fixture
def lead() -> Client:
    return client_as(staff("lea", office("Here"), "lead"))


def test_groups_follow_from_memberships() -> None:
    ada = staff("ada", office("Here"))
    assert groups(ada) == {ADVISORS}
    there = Membership.objects.create(user=ada, organisation=office("There"), role="lead")
    assert groups(ada) == {ADVISORS, LEADS}
    there.delete()
    assert groups(ada) == {ADVISORS}
    Membership.objects.get(user=ada).delete()
    assert groups(ada) == set()


def test_another_role_is_another_group() -> None:
    ada = staff("ada", office("Here"))
    membership = Membership.objects.get(user=ada)
    membership.role = "lead"
    membership.save()
    assert groups(ada) == {LEADS}


def test_an_organisation_that_goes_takes_the_rights_along() -> None:
    ada = staff("ada", office("Here"))
    Organisation.objects.all().delete()
    assert groups(ada) == set()


def test_reviews_of_who_leaves_go_back_to_the_pool() -> None:
    lea, ada = staff("lea", office("Here"), "lead"), staff("ada", office("Here"))
    open_one = review_of(list_make(), organisation=office("Here"), advisor=ada)
    elsewhere = review_of(list_make(), organisation=office("There"), advisor=ada)
    done = review_of(
        list_make(), organisation=office("Here"), advisor=ada, state="approved", approved_by="ada",
        approved_at=timezone.now(),
    )  # fmt: skip

    ended = membership_end(membership=Membership.objects.get(user=ada), by=lea, now=timezone.now())

    assert ended == 1
    assert Review.objects.get(pk=open_one.pk).advisor is None
    assert Review.objects.get(pk=elsewhere.pk).advisor == ada
    kept = Review.objects.get(pk=done.pk)
    assert (kept.advisor, kept.approved_by) == (None, "ada")
    assert open_one.events.get().actor == lea
    assert groups(ada) == set()


def test_a_lead_takes_an_advisor_in(lead: Client) -> None:
    ada = staff("ada")
    here = office("Here")
    medicine = AdvisorGroup.objects.create(organisation=here, name="Medicine")

    lead.post(ADD, {"account": "ada", "organisation": here.pk, "group": medicine.pk})

    made = Membership.objects.get(user=ada)
    assert (made.organisation, made.group, made.role) == (here, medicine, "advisor")
    assert groups(ada) == {ADVISORS}


def test_a_lead_makes_no_lead_even_by_hand(lead: Client) -> None:
    ada = staff("ada")
    lead.post(ADD, {"account": "ada", "organisation": office("Here").pk, "role": "lead"})
    membership = Membership.objects.get(user=ada)
    assert membership.role == "advisor"
    lead.post(page("membership_change", membership), {"role": "lead", "group": ""})
    membership.refresh_from_db()
    assert (membership.role, groups(ada)) == ("advisor", {ADVISORS})


@pytest.mark.parametrize("account", ["nobody", "applicant", "gone"])
def test_only_the_staff_are_taken_in_and_the_answer_tells_nothing_of_others(
    lead: Client, account: str
) -> None:
    User.objects.create_user("applicant")
    User.objects.create_user("gone", is_staff=True, is_active=False)

    response = lead.post(ADD, {"account": account, "organisation": office("Here").pk})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {
        "account": ["No account of the staff has this name. Whoever runs the site makes one."]
    }
    assert Membership.objects.count() == 1


def test_a_lead_cannot_take_into_another_organisation_or_group(lead: Client) -> None:
    staff("ada")
    there = office("There")
    group = AdvisorGroup.objects.create(organisation=there, name="Medicine")

    for data in ({"organisation": there.pk}, {"organisation": office("Here").pk, "group": group.pk}):
        response = lead.post(ADD, {"account": "ada", **data})
        assert response.status_code == 200
        assert "Medicine" not in response.content.decode()
    assert Membership.objects.count() == 1


def test_a_member_is_not_taken_in_twice(lead: Client) -> None:
    staff("ada", office("Here"))
    response = lead.post(ADD, {"account": "ada", "organisation": office("Here").pk})
    assert response.context["adminform"].form.errors == {"account": ["She is a member there already."]}


def test_a_lead_lets_an_advisor_go_but_not_a_lead_nor_herself(lead: Client) -> None:
    ada, amy = staff("ada", office("Here")), staff("amy", office("Here"), "lead")
    mine = Membership.objects.get(user__username="lea")
    for membership in (Membership.objects.get(user=amy), mine):
        assert lead.post(page("membership_delete", membership), {"post": "yes"}).status_code == 403
        assert lead.post(page("membership_change", membership), {"role": "advisor"}).status_code == 403
    lead.post(
        reverse("admin:matching_membership_changelist"),
        {"action": "delete_selected", "_selected_action": [mine.pk], "post": "yes"},
    )
    assert Membership.objects.count() == 3

    lead.post(page("membership_delete", Membership.objects.get(user=ada)), {"post": "yes"})

    assert not Membership.objects.filter(user=ada).exists()
    assert groups(ada) == set()


def test_a_lead_keeps_her_organisation_and_no_other(lead: Client) -> None:
    here, there = office("Here"), office("There")
    data = {"name": "Taken over", "about": "We read on Mondays.", "takes_lists": "on"}

    lead.post(page("organisation_change", here), data)

    here.refresh_from_db()
    assert (here.name, here.about) == ("Here", "We read on Mondays.")
    assert lead.post(page("organisation_change", there), data).status_code == 404
    assert lead.post(page("organisation_delete", here), {"post": "yes"}).status_code == 403
    assert lead.post(reverse("admin:matching_organisation_add"), data).status_code == 403


def test_one_group_of_an_organisation_takes_the_new_lists(lead: Client) -> None:
    here, there = office("Here"), office("There")
    elsewhere = AdvisorGroup.objects.create(organisation=there, name="Medicine", takes_new=True)
    add = reverse("admin:matching_advisorgroup_add")
    for name in ("Medicine", "Surgery"):
        lead.post(add, {"organisation": here.pk, "name": name, "takes_new": "on"})

    taking = AdvisorGroup.objects.filter(takes_new=True)
    assert {(group.organisation_id, group.name) for group in taking} == {
        (here.pk, "Surgery"),
        (there.pk, "Medicine"),
    }
    assert lead.post(page("advisorgroup_change", elsewhere), {"name": "Mine"}).status_code == 404
    lead.post(add, {"organisation": there.pk, "name": "Mine"})
    assert not AdvisorGroup.objects.filter(name="Mine").exists()


def test_an_advisor_manages_nothing() -> None:
    ada = client_as(staff("ada", office("Here")))
    for name in ("membership", "advisorgroup", "organisation"):
        assert ada.get(reverse(f"admin:matching_{name}_changelist")).status_code == 403
        assert ada.get(reverse(f"admin:matching_{name}_add")).status_code == 403


def test_a_superuser_names_leads(admin_client: Client) -> None:
    ada = staff("ada")
    admin_client.post(ADD, {"account": "ada", "organisation": office("Here").pk, "role": "lead"})
    assert groups(ada) == {LEADS}


def test_a_list_that_is_sent_goes_to_the_group_that_takes_new_ones(small_catalogue: object) -> None:
    owner = User.objects.create_user("ana")
    here = office("Here")
    taking = AdvisorGroup.objects.create(organisation=here, name="Medicine", takes_new=True)

    review = review_submit(
        saved_list=list_saved(owner=owner), organisation=here, message="", actor=owner, now=timezone.now()
    )

    assert review.group == taking
