"""The profile page: nothing typed is lost, nothing of another is seen, nothing typed is executed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from applicants.forms import ProfileForm
from applicants.models import Profile
from applicants.personas import PERSONAS
from applicants.selectors import specialty_names
from matching.models import Match
from programs.models import DataVersion
from tests.matching.typed_page import as_lists, inputs, typed

HOSTILE = "<script>alert('x')</script>\"'&{{ 7 }}'; DROP TABLE applicants_profile;--"
PAGE = "/profile/"
pytestmark = pytest.mark.django_db


def test_page_is_shown_empty_to_a_new_visitor(client: Client, small_catalogue: DataVersion) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0")
    assert "visitor" not in client.session
    assert inputs(response).sent["max_applications"] == ["80"]
    assert all(persona.title.split(",")[0] in response.content.decode() for persona in PERSONAS)


def test_post_saves_starts_a_match_and_leads_to_it(client: Client, small_catalogue: DataVersion) -> None:
    response = client.post(PAGE, typed())
    match = Match.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("matching:result", args=[match.pk])
    profile = Profile.objects.get()
    assert (match.profile, match.visitor) == (profile, profile.visitor)
    assert profile.step2ck_score == 224
    assert match.run.profile == profile.document
    assert (match.run.options["max_applications"], match.run.options["max_usd"]) == (6, 500)


def test_get_shows_what_was_saved(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, typed())
    shown = inputs(client.get(PAGE)).sent
    expected = as_lists(typed())
    # Counts of rows grow by the empty row that is always offered.
    assert {name: value for name, value in shown.items() if not name.endswith("-rows")} == {
        name: value for name, value in expected.items() if not name.endswith("-rows")
    }


def test_post_again_changes_the_same_profile(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, typed())
    client.post(PAGE, typed(step2ck_score="230"))
    assert Profile.objects.get().step2ck_score == 230
    assert Match.objects.count() == 2


def test_post_of_an_account_belongs_to_it(client: Client, small_catalogue: DataVersion) -> None:
    user = User.objects.create(username="ana")
    client.force_login(user)
    client.post(PAGE, typed())
    assert (Profile.objects.get().owner, Profile.objects.get().visitor) == (user, None)
    assert Match.objects.get().owner == user


def test_post_with_errors_loses_nothing_and_stores_nothing(
    client: Client, small_catalogue: DataVersion
) -> None:
    data = typed(
        graduation_year="20x5",
        step2ck_score="3011",
        step1_taken="August",
        max_usd="a lot",
        **{"experience-1-weeks": "eight", "experience-1-program_id": "SP 1", "letters_none": "on"},
    )
    response = client.post(PAGE, data)
    assert response.status_code == 422
    assert inputs(response).sent == as_lists(data)
    assert not Profile.objects.exists()
    assert not Match.objects.exists()


def test_errors_are_listed_on_top_with_links_that_lead_somewhere(
    client: Client, small_catalogue: DataVersion
) -> None:
    response = client.post(PAGE, typed(step2ck_score="301", max_usd="-1", **{"experience-1-weeks": "4"}))
    page = response.content.decode()
    for anchor in ("id_step2ck_score", "id_max_usd", "id_experience-1-kind"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page
    assert "<title>Error: My profile" in page


@pytest.mark.parametrize("name", ["experience", "letters", "service", "ties", "languages", "states"])
def test_add_row_keeps_everything_and_judges_nothing(
    client: Client, small_catalogue: DataVersion, name: str
) -> None:
    data = typed(graduation_year="20x5")
    response = client.post(PAGE, {**data, "add-row": name})
    assert response.status_code == 200
    sent = inputs(response).sent
    assert int(sent[f"{name}-rows"][0]) >= int(data[f"{name}-rows"]) + 1
    assert {key: value for key, value in sent.items() if not key.endswith("-rows")} == {
        key: value for key, value in as_lists(data).items() if not key.endswith("-rows")
    }
    assert "error-summary" not in response.content.decode()
    assert "autofocus" in response.content.decode()


def test_hostile_text_in_every_input_is_only_text(client: Client, small_catalogue: DataVersion) -> None:
    form = ProfileForm(season="2027", specialties=specialty_names())
    parts = (form, *(row for rows in form.rows.values() for row in rows))
    names = [field.html_name for part in parts for field in part] + [
        rows.count_name for rows in form.rows.values()
    ]
    client.get(PAGE)
    response = client.post(PAGE, dict.fromkeys([*names, "max_applications", "max_usd"], HOSTILE))
    assert response.status_code == 422
    page = response.content.decode()
    assert "<script>alert" not in page
    assert inputs(response).scripts == 0
    assert inputs(response).sent["school_name"] == [HOSTILE]
    assert not Profile.objects.exists()


def test_hostile_school_name_is_kept_as_text(client: Client, small_catalogue: DataVersion) -> None:
    assert client.post(PAGE, typed(school_name=HOSTILE)).status_code == 302
    profile = Profile.objects.get()
    assert profile.document["medical_school"]["name"] == HOSTILE
    again = client.get(PAGE)
    assert "<script>alert" not in again.content.decode()
    assert inputs(again).sent["school_name"] == [HOSTILE]


def test_nul_is_refused_with_words(client: Client, small_catalogue: DataVersion) -> None:
    response = client.post(PAGE, typed(school_name="a\x00b", **{"experience-0-program_id": "sp\x00"}))
    assert response.status_code == 422
    assert not Profile.objects.exists()


def test_outsider_sees_nothing_of_another(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, typed(school_name="Secret College"))
    for other in (Client(), account_client("ben")):
        shown = other.get(PAGE)
        assert "Secret College" not in shown.content.decode()
        assert "Delete my answers" not in shown.content.decode()
        other.post(PAGE, typed(school_name="Other"))
        other.post(reverse("matching:profile_forget"))
    kept = Profile.objects.get()
    assert kept.document["medical_school"]["name"] == "Secret College"
    assert "Secret College" in client.get(PAGE).content.decode()


def account_client(name: str) -> Client:
    other = Client()
    other.force_login(User.objects.create(username=name))
    return other


def test_login_keeps_what_was_typed_before(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, typed(school_name="Mine"))
    client.force_login(User.objects.create(username="ana"))
    assert "Mine" in client.get(PAGE).content.decode()
    assert Profile.objects.get().owner == User.objects.get()


def test_sample_fills_the_form_and_saves_nothing(client: Client, small_catalogue: DataVersion) -> None:
    response = client.get(PAGE, {"sample": "los-angeles-224"})
    assert inputs(response).sent["step2ck_score"] == ["224"]
    assert not Profile.objects.exists()
    assert client.get(PAGE, {"sample": "nobody"}).status_code == 404


def test_sample_sent_is_matched_but_never_replaces_ones_own(
    client: Client, small_catalogue: DataVersion
) -> None:
    client.post(PAGE, typed(school_name="Mine"))
    response = client.post(f"{PAGE}?sample=strong-245", typed(school_name="Sample", step2ck_score="245"))
    assert response.status_code == 302
    assert Profile.objects.get().document["medical_school"]["name"] == "Mine"
    assert Match.objects.filter(profile=None).count() == 1


def test_forget_deletes_ones_own_answers(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, typed())
    assert "Delete my answers" in client.get(PAGE).content.decode()
    response = client.post(reverse("matching:profile_forget"), follow=True)
    assert "Your answers are deleted." in response.content.decode()
    assert not Profile.objects.exists()
    assert Match.objects.get().profile is None
    assert client.get(reverse("matching:profile_forget")).status_code == 405


def test_empty_catalogue_keeps_what_was_typed(client: Client, db: None) -> None:
    response = client.post(PAGE, {"step2ck_score": "224"})
    assert response.status_code == 503
    assert inputs(response).sent["step2ck_score"] == ["224"]
    assert "being loaded" in response.content.decode()
    assert not Profile.objects.exists()


def test_post_needs_the_csrf_token(small_catalogue: DataVersion) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, typed()).status_code == 403


def test_page_takes_no_other_method(client: Client, small_catalogue: DataVersion) -> None:
    assert client.put(PAGE).status_code == 405
    assert client.delete(PAGE).status_code == 405


def test_page_queries_do_not_grow_with_rows(
    client: Client, small_catalogue: DataVersion, django_assert_max_num_queries: Any
) -> None:
    client.post(PAGE, typed())
    with django_assert_max_num_queries(8):
        client.get(PAGE)
