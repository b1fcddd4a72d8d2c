"""A roster moves how open a program counts as, once published; and no page gives its small numbers away."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from matching.catalogue import catalogue_get
from matching.explanation import Subject, factor_label
from matching.judging import program_judge
from matching.scoring.applicant import Applicant
from programs.api_rows import fact_rows
from programs.choices import SourceKind
from programs.models import DataVersion, Program
from programs.public import FEWER
from programs.roster_rows import ResidentRow
from programs.selectors import facts_listed
from programs.services import roster_write
from programs.services.publishing import data_version_publish
from tests.matching.inputs import options_of, profile_of
from tests.matching.pages import text_of

pytestmark = pytest.mark.django_db

SEASON = "2027"


def roster_publish(program: str, **kinds: int) -> DataVersion:
    listed = [ResidentRow(2024, kind=kind) for kind, count in kinds.items() for _ in range(count)]
    roster_write(
        program=Program.objects.get(pk=program),
        season="2026",
        rows=listed,
        complete=True,
        source_kind=SourceKind.PROGRAM_PAGE,
        observed_on=date(2026, 3, 2),
        url="https://program.example/residents",
        user=None,
        now=datetime(2026, 11, 23, tzinfo=UTC),
    )
    return data_version_publish()


def odds(version: DataVersion) -> float:
    judged = program_judge(
        profile=profile_of(),
        options=options_of(),
        program="sp00001",
        catalogue=catalogue_get(version.version),
        season=SEASON,
    )
    assert judged is not None
    return float(judged["interview"]["probability"])


def test_residents_counted_open_a_program_or_close_it(small_catalogue: DataVersion) -> None:
    few = roster_publish("sp00001", us_img=2, non_us_img=0, us_md=28)
    many = roster_publish("sp00001", us_img=24, non_us_img=0, us_md=6)
    assert odds(few) < odds(small_catalogue) < odds(many)


def test_the_engine_counts_what_is_not_written(small_catalogue: DataVersion) -> None:
    catalogue = catalogue_get(roster_publish("sp00001", us_img=2, us_md=28).version)
    assert catalogue.columns(SEASON).counts.us_imgs[0] > 0
    fact = catalogue.tracks[0].facts["residents_us_img"]
    assert (fact.value, fact.as_stated) == (None, FEWER)
    subject = Subject(Applicant(applicant_type="us_img"), catalogue.tracks[0], "Internal medicine", SEASON)
    assert factor_label("openness", subject) == "US-citizen IMGs are fewer than 5 of 30 residents"


def test_no_page_and_no_answer_writes_a_small_number(client: Client, small_catalogue: DataVersion) -> None:
    """Of 41 residents 3 are US-citizen IMGs; 38 and 7.3 % would tell them as well."""
    roster_publish("sp00001", us_img=3, non_us_img=0, us_md=38)
    addresses = (
        reverse("programs:detail", args=["sp00001"]),
        reverse("programs:report", args=["sp00001"]),
        f"{reverse('programs:compare')}?ids=sp00001&ids=sp00002",
        reverse("programs:list"),
    )
    for address in addresses:
        told = re.sub(r"sp\d+|\d{4}", " ", text_of(client.get(address, follow=True)))
        assert not re.search(r"\b(3|38|7\.3) (of|residents|US|%)|\b38\b|7\.3", told), address
    page = text_of(client.get(addresses[0]))
    assert "US-citizen IMGs are fewer than 5 of 41 residents" in page


def test_the_api_writes_words_in_place_of_a_small_number(small_catalogue: DataVersion) -> None:
    roster_publish("sp00001", us_img=3, non_us_img=0, us_md=38)
    told = {
        row["field"]: (row["value"], row["value_as_stated"]) for row in fact_rows(facts_listed("sp00001"))
    }
    assert told["residents_total"] == (41, "41")
    assert told["residents_us_img"] == told["residents_img"] == (None, FEWER)
    assert told["residents_non_us_img"] == (0, "0")
