"""The page of one program and the report of a wrong fact, as anybody meets them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import Match
from matching.presentation.numbers import percent_range
from matching.selectors import match_document
from programs.models import DataVersion, FactReport, Program
from programs.services import data_version_publish
from programs.services.reports import MOST_A_DAY
from tests.matching.desk import match_scored
from tests.matching.pages import persona_match, text_of, visitor_of
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


def page_of(program: Program | str) -> str:
    return reverse("programs:detail", args=[program if isinstance(program, str) else program.pk])


def report_of(program: Program | str) -> str:
    return reverse("programs:report", args=[program if isinstance(program, str) else program.pk])


@pytest.fixture
def match(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Match:
    return persona_match(client, django_capture_on_commit_callbacks)


def of_visitor(client: Client, **options: Any) -> Match:
    """A scored match that belongs to the client's session."""
    match = match_scored(**options)
    Match.objects.filter(pk=match.pk).update(visitor=visitor_of(client))
    return Match.objects.select_related("run").get(pk=match.pk)


def test_detail_shows_facts_with_source_conflicts_and_questions(client: Client) -> None:
    program = make_program(nrmp_code="1049140C0")
    one = make_fact(program, "min_step2ck", "220", page_year=2015, note="scores of 220 and more")
    make_fact(program, "min_step2ck", "none", confidence="low", strictness="statement")
    make_fact(program, "visa_j1", "", value_as_stated="<b>case by case</b>")
    response = client.get(page_of(program))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>220</strong>" in page
    assert "Sources disagree. We count the first." in page
    assert "<strong>No minimum</strong>" in page
    assert "page of 2015" in page
    assert "years old" in page
    assert 'href="https://program.example/apply"' in page
    assert "&lt;b&gt;case by case&lt;/b&gt;" in page
    assert "Do you sponsor H-1B visas?" in page
    assert "mailto:?subject=" in page
    assert "1049140C0" in page
    assert f'href="{report_of(program)}?fact={one.pk}"' in page
    assert f'href="{report_of(program)}?field=visa_h1b"' in page


def test_detail_of_a_bare_program_is_whole(client: Client) -> None:
    program = make_program(city="", county="", last_listed_year=None, listing_status="old")
    text = text_of(client.get(page_of(program)))
    assert "city not known" in text
    assert "Check that it still exists" in text
    assert "It may have closed" in text
    assert "https://www.acgme.org/" in text
    assert "Nothing yet beyond its name and place" in text
    assert "Fill in my profile" in text


def test_detail_links_other_tracks_and_the_same_program_twice(client: Client) -> None:
    program = make_program(program_key="1400531041", name="Einstein Program")
    track = make_program(program_key="1400531041", track="preliminary")
    double = make_program(name="Einstein", same_as=program)
    page = client.get(page_of(program)).content.decode()
    assert f'href="/programs/{track.pk}/"' in page
    assert f'href="/programs/{double.pk}/"' in page
    assert "Einstein Program</a>, listed twice" in client.get(page_of(double)).content.decode()


def test_detail_with_coordinates_of_the_wrong_place_stays_where_its_county_is(client: Client) -> None:
    program = make_program(latitude=-33.9, longitude=151.2)
    assert "Torrance, Los Angeles County, California" in text_of(client.get(page_of(program)))


def test_detail_without_an_answer_shows_no_odds(client: Client, small_catalogue: DataVersion) -> None:
    response = client.get(page_of("sp00001"))
    assert response.context["page"].you is None
    assert 'class="bars"' not in text_of(response)
    assert "sessionid" not in response.cookies


def test_detail_with_an_answer_shows_the_odds_of_the_answer(client: Client, match: Match) -> None:
    for row in match_document(match, explain=200)["list"]:
        response = client.get(page_of(row["program"]["id"]))
        you = response.context["page"].you
        assert (you.odds.tier, you.odds.fit, len(you.odds.gates)) == (
            row["tier"],
            row["fit"],
            len(row["gates"]),
        )
        assert you.odds.chance.words == percent_range(row["interview"]["low"], row["interview"]["high"])
        assert bool(you.signal) is bool(row["signal"])
    text = text_of(response)
    assert f"interview <b>{you.odds.chance.words}</b>" in text
    assert f'href="/matches/{match.pk}/"' in text


def test_detail_says_what_the_signal_of_the_list_does(client: Client, match: Match) -> None:
    signalled = next(row for row in match_document(match)["list"] if row["signal"])
    text = text_of(client.get(page_of(signalled["program"]["id"])))
    assert "signal here, and the chance counts it. Without it: about" in text


def test_detail_bars_add_up_to_the_chance(client: Client, match: Match) -> None:
    bars = client.get(page_of("sp00001")).context["page"].you.odds.bars
    number = [float(words.replace("\N{MINUS SIGN}", "-")) for words in (row.value for row in bars.rows)]
    start, total = (float(words.replace("\N{MINUS SIGN}", "-")) for words in (bars.start, bars.total))
    assert number
    assert start + sum(number) == pytest.approx(total, abs=0.05 * (len(number) + 2))


@pytest.mark.parametrize("account", [True, False])
def test_detail_outsider_answer_of_another_is_never_used(
    client: Client, small_catalogue: DataVersion, account: bool
) -> None:
    owner = User.objects.create_user("ana") if account else None
    match_scored(owner=owner)
    stranger = Client()
    stranger.force_login(User.objects.create_user("eve"))
    for asker in (client, stranger):
        response = asker.get(page_of("sp00001"))
        assert response.context["page"].you is None
        assert response.context["match"] is None


def test_detail_with_an_answer_is_kept_by_no_cache(client: Client, match: Match) -> None:
    assert "no-store" in client.get(page_of("sp00001"))["Cache-Control"]


def test_detail_of_a_closed_program_says_the_rule_first(client: Client, match: Match) -> None:
    program = Program.objects.get(pk="sp00003")
    make_fact(program, "min_step2ck", "240", page_year=2026)
    data_version_publish()
    of_visitor(client, step2ck={"status": "pass", "score": 224, "attempts": 1})
    response = client.get(page_of(program))
    text, page = text_of(response), response.context["page"]
    assert page.you.odds is None
    assert [gate.verdict for gate in page.you.closed.gates] == ["fail"]
    assert "Closed to you by a rule" in text
    assert "asks 240, you have 224" in text
    assert text.index("asks 240") < text.index("What is known")
    assert "look past it" in text
    assert 'href="https://program.example/apply"' in text
    assert page.you.closed.saves.startswith("$")


def test_detail_of_a_specialty_she_did_not_choose_says_so(client: Client, match: Match) -> None:
    program = make_program(specialty="surgery")
    data_version_publish()
    of_visitor(client)
    text = text_of(client.get(page_of(program)))
    assert "You did not choose surgery" in text


def test_detail_of_an_old_listing_shows_no_number(client: Client, match: Match) -> None:
    program = make_program(listing_status="old", last_listed_year=2019)
    data_version_publish()
    of_visitor(client)
    response = client.get(page_of(program))
    odds = response.context["page"].you.odds
    assert (odds.chance, odds.bars) == (None, None)
    assert "Its listing is old, so we show no number." in text_of(response)


def test_detail_of_a_program_newer_than_the_answer_says_so(client: Client, match: Match) -> None:
    program = make_program()
    response = client.get(page_of(program))
    assert response.context["page"].you.silent
    assert "Make it anew" in text_of(response)


def test_detail_of_an_earlier_model_says_so(client: Client, match: Match) -> None:
    type(match.run).objects.filter(pk=match.run_id).update(model_version="earlier")
    assert client.get(page_of("sp00001")).context["page"].you.silent


def test_detail_takes_the_same_queries_for_one_fact_and_many(client: Client) -> None:
    program = make_program()
    make_fact(program, "visa_j1", "yes")
    counts = []
    for value in ("220", "230"):
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(program))
        counts.append(len(queries))
        make_fact(program, "min_step2ck", value)
        make_program(program_key=program.program_key, track="preliminary" if value == "220" else "advanced")
    assert counts == [6, 6]


def test_detail_with_an_answer_takes_ten_queries_and_one_less_once_judged(
    client: Client, match: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(page_of("sp00009"))
    for program, queries in (("sp00001", 10), ("sp00001", 9), ("sp00002", 10)):
        with django_assert_num_queries(queries):
            client.get(page_of(program))


def test_detail_adds_to_her_list(client: Client, match: Match) -> None:
    text = text_of(client.get(page_of("sp00001")))
    assert f'action="{reverse("matching:list_add")}"' in text
    client.post(reverse("matching:list_add"), {"program": "sp00001", "next": page_of("sp00001")})
    assert f'action="{reverse("matching:list_remove")}"' in text_of(client.get(page_of("sp00001")))


def test_detail_names_similar_programs_with_their_reason(client: Client, match: Match) -> None:
    similar = client.get(page_of("sp00001")).context["similar"]
    assert similar[0].id == "sp00002"
    assert "Los Angeles" in similar[0].shared
    together = "&amp;".join(f"ids={name}" for name in ("sp00001", *(each.id for each in similar[:3])))
    assert f'href="{reverse("programs:compare")}?{together}"' in text_of(client.get(page_of("sp00001")))


@pytest.mark.parametrize("name", ["detail", "report"])
@pytest.mark.parametrize(
    "path",
    [
        "sp99999",
        "sp1",
        "x",
        "sp00001' OR '1'='1",
        "%00",
        "<script>",
        "9" * 3000,
        "sp\u0661\u0661\u0661\u0661\u0661",
    ],
)
def test_outsider_unknown_id_is_not_found(client: Client, path: str, name: str) -> None:
    tail = "" if name == "detail" else "report/"
    assert client.get(f"/programs/{path}/{tail}").status_code == 404


def test_detail_outsider_may_only_read(client: Client) -> None:
    program = make_program()
    assert client.post(page_of(program)).status_code == 405
    assert client.head(page_of(program)).status_code == 200


SAID = {"said": "It asks for 230 now.", "url": "https://program.example/apply", "field": "", "company": ""}


def test_report_on_a_fact_is_kept_for_the_desk_and_changes_nothing(client: Client) -> None:
    program = make_program()
    fact = make_fact(program, "min_step2ck", "220")
    form = client.get(f"{report_of(program)}?fact={fact.pk}")
    assert "Lowest Step 2 CK score: <strong>220</strong>" in text_of(form)
    response = client.post(f"{report_of(program)}?fact={fact.pk}", SAID, follow=True)
    assert "Thank you" in text_of(response)
    report = FactReport.objects.get()
    assert (report.program_id, report.fact, report.field, report.state) == (
        program.pk, fact, "min_step2ck", "new",
    )  # fmt: skip
    assert (report.said, report.url) == (SAID["said"], SAID["url"])
    assert report.reporter == visitor_of(client)
    fact.refresh_from_db()
    assert fact.value == 220


def test_report_on_what_is_missing_and_on_the_program_itself(client: Client) -> None:
    program = make_program()
    form = client.get(f"{report_of(program)}?field=visa_h1b").context["form"]
    assert form["field"].value() == "visa_h1b"
    client.post(report_of(program), {**SAID, "field": "visa_h1b"})
    client.post(report_of(program), {**SAID, "said": "Closed in 2025.", "url": ""})
    assert [(row.field, row.fact, row.url) for row in FactReport.objects.order_by("pk")] == [
        ("visa_h1b", None, SAID["url"]),
        ("", None, ""),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"said": ""}, "said"),
        ({"said": "   \r\n "}, "said"),
        ({"said": "x" * 1001}, "said"),
        ({"said": "a\x00b"}, "said"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://program.example/"}, "url"),
        ({"url": "not an address"}, "url"),
        ({"url": "https://program.example/" + "a" * 400}, "url"),
        ({"field": "no_such_field"}, "field"),
        ({"company": "A robot"}, "company"),
    ],
)
def test_report_bad_input_names_the_field_and_loses_nothing(
    client: Client, change: dict[str, str], field: str
) -> None:
    program = make_program()
    sent = {**SAID, **change}
    response = client.post(report_of(program), sent)
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert 'class="error-summary"' in text_of(response)
    assert {name: form[name].value() for name in sent} == sent
    assert not FactReport.objects.exists()


def test_report_outsider_cannot_name_a_fact_of_another_program(client: Client) -> None:
    program, other = make_program(), make_program()
    fact = make_fact(other, "min_step2ck", "220")
    for named in (str(fact.pk), "0", "-1", "x", "9" * 50, "\u0661"):
        address = f"{report_of(program)}?fact={named}"
        assert client.get(address).status_code == 404
        response = client.post(address, SAID)
        assert "no longer hold the statement" in text_of(response)
        assert SAID["said"] in text_of(response)
    assert not FactReport.objects.exists()


def test_report_many_a_day_are_declined_kindly_and_nothing_is_lost(client: Client) -> None:
    program = make_program()
    for _ in range(MOST_A_DAY):
        assert client.post(report_of(program), SAID).status_code == 302
    response = client.post(report_of(program), SAID)
    assert "Come back with this one tomorrow" in text_of(response)
    assert SAID["said"] in text_of(response)
    assert FactReport.objects.count() == MOST_A_DAY
    assert Client().post(report_of(program), SAID).status_code == 302


def test_report_escapes_what_was_said(client: Client) -> None:
    response = client.post(report_of(make_program()), {**SAID, "said": "<script>x</script>", "url": "no"})
    assert "<script>x" not in response.content.decode()


def test_report_form_starts_no_session(client: Client) -> None:
    assert "sessionid" not in client.get(report_of(make_program())).cookies
