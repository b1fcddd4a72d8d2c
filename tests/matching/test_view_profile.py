"""The profile's three steps: nothing typed is lost, nothing of another is seen, nothing typed is executed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from applicants.forms import ProfileForm
from applicants.models import Profile, ProfileDraft
from applicants.personas import PERSONAS
from applicants.selectors import specialty_names
from applicants.steps import STEPS
from matching.models import Match
from programs.models import DataVersion
from tests.matching.factories import program_make
from tests.matching.typed_page import PAGES, as_lists, inputs, send, sent_of, typed

HOSTILE = "<script>alert('x')</script>\"'&{{ 7 }}'; DROP TABLE applicants_profile;--"
PAGE = "/profile/"
TRAINING, WISHES = PAGES["training"], PAGES["wishes"]
pytestmark = pytest.mark.django_db


def shown(client: Client) -> dict[str, list[str]]:
    """Every input of the three steps as a browser would send it back."""
    return {name: values for page in PAGES.values() for name, values in inputs(client.get(page)).sent.items()}


@pytest.mark.parametrize("page", PAGES.values())
def test_page_is_shown_empty_to_a_new_visitor(
    client: Client, small_catalogue: DataVersion, page: str
) -> None:
    response = client.get(page)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0")
    assert "visitor" not in client.session
    assert not ProfileDraft.objects.exists()
    assert all(persona.title.split(",")[0] in response.content.decode() for persona in PERSONAS)


def test_page_nobody_made_is_not_found(client: Client, small_catalogue: DataVersion) -> None:
    assert client.get("/profile/nowhere/").status_code == 404
    assert client.post("/profile/nowhere/").status_code == 404


def test_next_leads_through_the_steps_and_keeps_each(client: Client, small_catalogue: DataVersion) -> None:
    for step, leads_to in (("you", TRAINING), ("training", WISHES)):
        response = client.post(PAGES[step], sent_of(step, typed(), go="next"))
        assert (response.status_code, response["Location"]) == (302, leads_to)
    assert not Match.objects.exists()
    assert not Profile.objects.exists()
    assert shown(client)["experience-0-weeks"] == ["4"]


def test_last_step_saves_starts_a_match_and_leads_to_it(client: Client, small_catalogue: DataVersion) -> None:
    response = send(client, typed())
    match = Match.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("matching:result", args=[match.pk])
    profile = Profile.objects.get()
    assert (match.profile, match.visitor) == (profile, profile.visitor)
    assert profile.step2ck_score == 224
    assert match.run.profile == profile.document
    assert (match.run.options["max_applications"], match.run.options["max_usd"]) == (6, 500)


def test_get_shows_what_was_typed(client: Client, small_catalogue: DataVersion) -> None:
    send(client, typed())
    assert shown(client) == as_lists(typed())


def test_get_shows_what_was_matched_where_no_draft_is_left(
    client: Client, small_catalogue: DataVersion
) -> None:
    send(client, typed())
    ProfileDraft.objects.all().delete()
    expected = as_lists(typed(**{"experience-rows": "1", "letters-rows": "1", "visa_needed": "none"}))
    assert shown(client) == expected


def test_send_again_changes_the_same_profile(client: Client, small_catalogue: DataVersion) -> None:
    send(client, typed())
    send(client, typed(step2ck_score="230"))
    assert Profile.objects.get().step2ck_score == 230
    assert Match.objects.count() == 2


def test_send_of_an_account_belongs_to_it(client: Client, small_catalogue: DataVersion) -> None:
    user = User.objects.create(username="ana")
    client.force_login(user)
    send(client, typed())
    assert (Profile.objects.get().owner, Profile.objects.get().visitor) == (user, None)
    assert (ProfileDraft.objects.get().owner, ProfileDraft.objects.get().visitor) == (user, None)
    assert Match.objects.get().owner == user


@pytest.mark.parametrize("go", ["back", "you", "wishes", "training"])
def test_back_and_the_steps_keep_what_is_wrong_and_judge_nothing(
    client: Client, small_catalogue: DataVersion, go: str
) -> None:
    data = {"letters-rows": "2", "letters-1-state": "CA", "research_projects": "many"}
    response = client.post(TRAINING, {**data, "go": go})
    assert (response.status_code, response["Location"]) == (302, PAGES.get(go, PAGE))
    page = client.get(TRAINING)
    assert "error-summary" not in page.content.decode()
    assert {name: inputs(page).sent[name] for name in data} == as_lists(data)


def test_next_says_what_is_wrong_keeps_it_and_stays(client: Client, small_catalogue: DataVersion) -> None:
    data = sent_of("you", typed(graduation_year="20x5", step2ck_score="3011", step1_taken="August"))
    response = client.post(PAGE, {**data, "go": "next"})
    assert response.status_code == 422
    assert inputs(response).sent == as_lists(data)
    again = client.get(PAGE)
    assert inputs(again).sent == as_lists(data)
    for page in (response.content.decode(), again.content.decode()):
        assert "<title>Error: You and your exams" in page
        for anchor in ("id_graduation_year", "id_step2ck_score", "id_step1_taken"):
            assert f'href="#{anchor}"' in page
            assert f'id="{anchor}"' in page
    assert "1</span>" in again.content.decode()
    assert "3 to check" in client.get(WISHES).content.decode()
    assert not Profile.objects.exists()


def test_next_without_a_button_goes_on(client: Client, small_catalogue: DataVersion) -> None:
    """Enter in an input of a browser that sends no button."""
    assert client.post(PAGE, {"graduation_year": "2025"})["Location"] == TRAINING


def test_match_lists_the_faults_of_every_step_with_links_to_them(
    client: Client, small_catalogue: DataVersion
) -> None:
    client.post(PAGE, {"graduation_year": "20x5", "go": "training"})
    client.post(TRAINING, {"experience-rows": "1", "experience-0-weeks": "4", "go": "wishes"})
    response = client.post(WISHES, {"max_usd": "-1", "go": "match"})
    assert response.status_code == 422
    page = response.content.decode()
    for address in ("/profile/#id_graduation_year", f"{TRAINING}#id_experience-0-kind", "#id_max_usd"):
        assert f'href="{address}"' in page
    # The step it leads to says so as well.
    assert 'id="id_graduation_year_error"><p>Type a whole number' in client.get(PAGE).content.decode()
    assert not Match.objects.exists()


def test_match_from_the_first_step_is_enough_once_the_needed_answers_are_there(
    client: Client, small_catalogue: DataVersion
) -> None:
    needed = typed(ecfmg_certified="no", step2ck_attempts="1")
    response = client.post(PAGE, {**sent_of("you", needed), "go": "match"})
    assert response.status_code == 302
    assert Match.objects.get().profile == Profile.objects.get()


def test_match_without_needed_answers_asks_once_more(client: Client, small_catalogue: DataVersion) -> None:
    response = client.post(WISHES, {"go": "match"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "All 8 needed answers are still open" in page
    assert 'href="/profile/#id_step2ck_score"' in page
    assert not Match.objects.exists()
    assert client.post(WISHES, {"go": "anyway"}).status_code == 302
    assert Match.objects.count() == 1


def test_steps_are_done_only_where_something_was_said(client: Client, small_catalogue: DataVersion) -> None:
    client.post(WISHES, {"go": "match"})
    assert "stage--done" not in client.get(PAGE).content.decode()
    send(client, typed(step2ck_attempts="1", ecfmg_certified="yes"))
    assert client.get(PAGE).content.decode().count("stage--done") == 3


@pytest.mark.parametrize(
    ("page", "name"),
    [(TRAINING, name) for name in ("experience", "letters", "service", "ties", "languages")]
    + [(WISHES, "states")],
)
def test_add_row_keeps_everything_and_judges_nothing(
    client: Client, small_catalogue: DataVersion, page: str, name: str
) -> None:
    step = next(step for step in STEPS if PAGES[step.slug] == page)
    data = sent_of(step.slug, typed(research_projects="x", max_usd="x"))
    response = client.post(page, {**data, "add-row": name})
    assert response.status_code == 200
    more = str(int(data[f"{name}-rows"]) + 1)
    assert inputs(response).sent == as_lists({**data, f"{name}-rows": more})
    assert "error-summary" not in response.content.decode()
    assert "autofocus" in response.content.decode()
    assert inputs(client.get(page)).sent[f"{name}-rows"] == [more]


def test_remove_row_takes_out_that_one(client: Client, small_catalogue: DataVersion) -> None:
    data = {
        "experience-rows": "3",
        "experience-0-kind": "elective",
        "experience-1-kind": "research",
        "experience-2-kind": "observership",
        "experience-2-weeks": "eight",
    }
    sent = inputs(client.post(TRAINING, {**data, "remove-row": "experience-1"})).sent
    assert sent["experience-rows"] == ["2"]
    assert (sent["experience-0-kind"], sent["experience-1-kind"]) == (["elective"], ["observership"])
    assert sent["experience-1-weeks"] == ["eight"]
    assert "experience-2-kind" not in sent


@pytest.mark.parametrize(
    "button",
    [
        {"remove-row": "experience-99"},
        {"remove-row": "experience-x"},
        {"remove-row": f"experience-{'9' * 5000}"},
        {"remove-row": "experience--1"},
        {"remove-row": "nothing"},
        {"remove-row": ""},
        {"add-row": "nothing"},
        {"add-row": "states"},
        {"go": "nowhere"},
        {"go": ""},
    ],
)
def test_buttons_that_were_tampered_with_lose_nothing(
    client: Client, small_catalogue: DataVersion, button: dict[str, str]
) -> None:
    response = client.post(TRAINING, {"experience-rows": "1", "experience-0-kind": "elective", **button})
    assert response.status_code in (200, 302)
    assert inputs(client.get(TRAINING)).sent["experience-0-kind"] == ["elective"]


def test_keep_saves_at_once_and_says_what_is_amiss(client: Client, small_catalogue: DataVersion) -> None:
    sent = {"step2ck_score": "301", "graduation_year": "2025", "go": "keep"}
    response = client.post(PAGE, sent, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert page.strip().startswith("Saved <time datetime=")
    assert "1 answer to check" in page
    assert 'id="id_step2ck_score_error" hx-swap-oob="true"><p>Step 2 CK score must be 300 or less' in page
    assert 'id="id_graduation_year_error" hx-swap-oob="true"></div>' in page
    assert "<b>2 of 8</b>" in page
    assert inputs(client.get(PAGE)).sent["step2ck_score"] == ["301"]
    assert "error-summary" not in client.get(PAGE).content.decode()


def test_keep_adds_no_row_with_the_button_pressed_last(client: Client, small_catalogue: DataVersion) -> None:
    """A script that saves a form sends the button it was last left by."""
    for button in ({"add-row": "letters"}, {"remove-row": "letters-0"}):
        client.post(TRAINING, {"letters-rows": "1", "letters-0-author": "non_us", **button, "go": "keep"})
        sent = inputs(client.get(TRAINING)).sent
        assert (sent["letters-rows"], sent["letters-0-author"]) == (["1"], ["non_us"])


def test_keep_does_not_nag_for_a_row_half_filled_in(client: Client, small_catalogue: DataVersion) -> None:
    sent = {"letters-rows": "1", "letters-0-state": "CA", "go": "keep"}
    assert "to check" not in client.post(TRAINING, sent).content.decode()
    assert client.post(TRAINING, {**sent, "go": "next"}).status_code == 422


def test_two_windows_on_different_steps_lose_nothing(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, {"graduation_year": "2025", "go": "keep"})
    client.post(WISHES, {"max_usd": "900", "go": "keep"})
    client.post(PAGE, {"graduation_year": "2024", "go": "keep"})
    assert (shown(client)["graduation_year"], shown(client)["max_usd"]) == (["2024"], ["900"])


def test_program_typed_by_name_is_shown_as_understood(client: Client, small_catalogue: DataVersion) -> None:
    program = program_make("sp07777", city="Pasadena", name="Huntington Center")
    row = {"experience-rows": "1", "experience-0-kind": "elective"}
    response = client.post(TRAINING, {**row, "experience-0-program_id": "huntington", "go": "next"})
    assert response.status_code == 302
    label = f"Huntington Center, Pasadena, CA · {program.specialty.name} (sp07777)"
    assert inputs(client.get(TRAINING)).sent["experience-0-program_id"] == [label]
    client.post(WISHES, {"go": "anyway"})
    assert Profile.objects.get().document["experience"][0]["program_id"] == "sp07777"
    ProfileDraft.objects.all().delete()
    assert inputs(client.get(TRAINING)).sent["experience-0-program_id"] == [label]


def test_programs_are_offered_by_what_is_typed(
    client: Client, small_catalogue: DataVersion, django_assert_num_queries: Any
) -> None:
    program_make("sp07777", city="Pasadena", name="Huntington <Center>")
    address = reverse("matching:profile_programs")
    with django_assert_num_queries(1):
        page = client.get(address, {"letters-0-program_id": "hunt pasa"}).content.decode()
    assert page.count("<option") == 1
    assert "Huntington &lt;Center&gt;, Pasadena, CA" in page
    for nothing in ({}, {"x": "hunt"}, {"a-program_id": "h"}, {"a-program_id": "\x00" * 5000}):
        assert "<option" not in client.get(address, nothing).content.decode()
    assert client.post(address).status_code == 405


def test_hostile_text_in_every_input_is_only_text(client: Client, small_catalogue: DataVersion) -> None:
    form = ProfileForm(season="2027", specialties=specialty_names())
    names = [field.html_name for part in form.parts for field in part]
    names += [rows.count_name for rows in form.rows.values()] + ["max_applications", "max_usd"]
    sent = dict.fromkeys(names, HOSTILE)
    clean = inputs(client.get(PAGE)).scripts
    for page in PAGES.values():
        response = client.post(page, {**sent, "go": "match"})
        assert response.status_code == 422
        assert "<script>alert" not in response.content.decode()
        assert inputs(response).scripts == clean
        assert "<script>alert" not in client.post(page, {**sent, "go": "keep"}).content.decode()
    assert shown(client)["school_name"] == [HOSTILE]
    assert not Profile.objects.exists()


def test_hostile_school_name_is_kept_as_text(client: Client, small_catalogue: DataVersion) -> None:
    assert send(client, typed(school_name=HOSTILE)).status_code == 302
    profile = Profile.objects.get()
    assert profile.document["medical_school"]["name"] == HOSTILE
    assert "<script>alert" not in client.get(WISHES).content.decode()
    assert shown(client)["school_name"] == [HOSTILE]


def test_nul_is_refused_with_words(client: Client, small_catalogue: DataVersion) -> None:
    assert client.post(PAGE, {"school_name": "a\x00b", "go": "next"}).status_code == 422
    nul = {"experience-rows": "1", "experience-0-kind": "research", "experience-0-program_id": "sp\x00"}
    assert client.post(TRAINING, {**nul, "go": "next"}).status_code == 422
    assert client.post(WISHES, {"states-0-state": "\x00", "_checked": "\x00"}).status_code == 422
    assert not Profile.objects.exists()


def test_outsider_sees_nothing_of_another(client: Client, small_catalogue: DataVersion) -> None:
    send(client, typed(school_name="Secret College"))
    for other in (Client(), account_client("ben")):
        for page in PAGES.values():
            assert "Secret College" not in other.get(page).content.decode()
        assert "Delete my answers" not in other.get(PAGE).content.decode()
        send(other, typed(school_name="Other"))
        other.post(PAGE, {"school_name": "Other", "go": "keep"})
        other.post(reverse("matching:profile_forget"))
    kept = Profile.objects.get()
    assert kept.document["medical_school"]["name"] == "Secret College"
    assert ProfileDraft.objects.get().typed["school_name"] == ["Secret College"]
    assert "Secret College" in client.get(PAGE).content.decode()


def test_outsider_sees_nothing_of_a_draft(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, {"school_name": "Secret College", "go": "keep"})
    for other in (Client(), account_client("ben")):
        assert "Secret College" not in other.get(PAGE).content.decode()
        other.post(PAGE, {"school_name": "Other", "go": "keep"})
        assert "Secret College" not in other.get(PAGE).content.decode()
    assert "Secret College" in client.get(PAGE).content.decode()


def account_client(name: str) -> Client:
    other = Client()
    other.force_login(User.objects.create(username=name))
    return other


def test_login_keeps_what_was_typed_before(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, {"school_name": "Mine", "go": "keep"})
    client.force_login(User.objects.create(username="ana"))
    assert "Mine" in client.get(PAGE).content.decode()


def test_sample_fills_every_step_and_saves_nothing(client: Client, small_catalogue: DataVersion) -> None:
    sample = {"sample": "los-angeles-224"}
    assert inputs(client.get(PAGE, sample)).sent["step2ck_score"] == ["224"]
    assert inputs(client.get(TRAINING, sample)).sent["experience-0-weeks"] == ["8"]
    assert inputs(client.get(WISHES, sample)).sent["wish_ring"] == ["los-angeles"]
    assert not Profile.objects.exists()
    assert not ProfileDraft.objects.exists()
    assert client.get(PAGE, {"sample": "nobody"}).status_code == 404


def test_sample_is_changed_step_by_step_beside_ones_own(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, {"school_name": "Mine", "go": "keep"})
    sample = "?sample=strong-245"
    sent = {**inputs(client.get(f"{PAGE}{sample}")).sent, "step2ck_score": "251", "go": "next"}
    response = client.post(f"{PAGE}{sample}", sent)
    assert response["Location"] == f"{TRAINING}{sample}"
    assert inputs(client.get(f"{PAGE}{sample}")).sent["step2ck_score"] == ["251"]
    assert inputs(client.get(f"{PAGE}?sample=los-angeles-224")).sent["step2ck_score"] == ["224"]
    assert inputs(client.get(PAGE)).sent["school_name"] == ["Mine"]
    assert client.post(f"{PAGE}{sample}", {**sent, "go": "match"}).status_code == 302
    assert Match.objects.get().run.profile["step2ck"]["score"] == 251
    assert Match.objects.get().profile is None
    assert not Profile.objects.exists()
    assert ProfileDraft.objects.get().typed == {"school_name": ["Mine"], **DEFAULTS}


DEFAULTS = {
    "max_applications": ["80"],
    **{f"{name}-rows": ["1"] for name in ("experience", "letters", "service", "ties", "languages", "states")},
}


def test_told_says_what_open_answers_cost(client: Client, small_catalogue: DataVersion) -> None:
    client.post(PAGE, {**sent_of("you", typed()), "go": "next"})
    page = client.get(WISHES).content.decode()
    assert "US-citizen IMG" in page
    assert "224, passed" in page
    assert "Wider ranges" in page


def test_forget_deletes_ones_own_answers(client: Client, small_catalogue: DataVersion) -> None:
    send(client, typed())
    assert "Delete my answers" in client.get(PAGE).content.decode()
    response = client.post(reverse("matching:profile_forget"), follow=True)
    assert "Your answers are deleted." in response.content.decode()
    assert not Profile.objects.exists()
    assert not ProfileDraft.objects.exists()
    assert Match.objects.get().profile is None
    assert client.get(reverse("matching:profile_forget")).status_code == 405


def test_empty_catalogue_keeps_what_was_typed(client: Client, db: None) -> None:
    response = client.post(PAGE, {"step2ck_score": "224", "go": "anyway"})
    assert response.status_code == 422
    assert inputs(response).sent["step2ck_score"] == ["224"]
    assert "being loaded" in response.content.decode()
    assert not Profile.objects.exists()
    assert inputs(client.get(PAGE)).sent["step2ck_score"] == ["224"]


def test_post_needs_the_csrf_token(small_catalogue: DataVersion) -> None:
    strict = Client(enforce_csrf_checks=True)
    for page in PAGES.values():
        assert strict.post(page, {"go": "keep"}).status_code == 403


def test_page_takes_no_other_method(client: Client, small_catalogue: DataVersion) -> None:
    assert client.put(PAGE).status_code == 405
    assert client.delete(PAGE).status_code == 405


@pytest.mark.parametrize("page", PAGES.values())
@pytest.mark.parametrize("rows", [1, 12])
def test_page_queries_do_not_grow_with_rows(
    client: Client, small_catalogue: DataVersion, django_assert_num_queries: Any, page: str, rows: int
) -> None:
    program_make("sp07777", city="Pasadena", name="Huntington Center")
    many = {f"experience-{n}-{name}": value for n in range(rows) for name, value in ROW.items()}
    send(client, typed(**{**many, "experience-rows": str(rows)}))
    # Session, the draft, the specialties, and which of the programs named there are.
    with django_assert_num_queries(4):
        client.get(page)
    step = next(step for step in STEPS if PAGES[step.slug] == page)
    sent = {**sent_of(step.slug, typed(**many)), "experience-rows": str(rows), "go": "keep"}
    # The programs typed by name; the draft once more, locked and changed within a transaction.
    with django_assert_num_queries(9 if page == TRAINING else 8):
        client.post(page, sent)


ROW = {"kind": "elective", "program_id": "huntington", "weeks": "4"}
