"""What is said of experiences, letters, Los Angeles, e-mails, languages and SOAP, and when."""

import pytest

from matching.brief.drawing import brief_of
from matching.brief.facts import BriefFacts
from matching.brief.registry import Point
from matching.brief.rules.links import linked
from matching.scoring.applicant import Exam, Experience, Letter, Service, Tie, Wishes
from tests.matching.brief.made import codes_of, facts_of, program_of

HOME = Tie("family", "CA", "los-angeles")
CLINIC = Service("free_clinic", 12, "los-angeles")
WANTS = Wishes(ring="los-angeles")


def point_of(facts: BriefFacts, code: str) -> Point:
    return next(
        point for section in brief_of(facts).sections for point in section.points if point.code == code
    )


def test_experiences_hands_on_work_in_the_specialty_leads() -> None:
    facts = facts_of(
        experience=(
            Experience("observership", 20, "CA", "los-angeles"),
            Experience("core_clerkship", 48, "NY", "national"),
            Experience("sub_internship", 4, "CA", "los-angeles", None, "internal-medicine"),
        ),
        service=(CLINIC,),
        wishes=WANTS,
    )
    heads = [item.head for item in point_of(facts, "experiences.order").said.items]
    assert heads[0] == "4-week sub-internship in internal medicine in Los Angeles"
    assert heads[-1] == "20-week observership in Los Angeles"
    assert heads[2] == "12 months of work in a free clinic in Los Angeles"


@pytest.mark.parametrize(
    ("experience", "code"),
    [
        (None, "experiences.unknown"),
        ((), "experiences.none"),
        ((Experience("observership", 6),), "experiences.watching"),
    ],
)
def test_experiences_unknown_is_not_none(experience: tuple[Experience, ...] | None, code: str) -> None:
    found = codes_of(facts_of(experience=experience))
    assert {name for name in found if name.startswith("experiences.")} - {
        "experiences.limit",
        "experiences.order",
    } == {code}


def test_letters_ask_whom_she_worked_with_and_not_who_wrote() -> None:
    facts = facts_of(
        experience=(
            Experience("core_clerkship", 50, "CA", "los-angeles"),
            Experience("sub_internship", 4, "CA", "los-angeles", None, "internal-medicine"),
        ),
        letters=(Letter("us_academic", "CA", "los-angeles", None, "internal-medicine"),),
    )
    heads = [item.head for item in point_of(facts, "letters.ask").said.items]
    assert heads[0] == "One attending of your 50 weeks of core clerkships in Los Angeles"
    assert not any("sub-internship" in head for head in heads)


def test_letters_unknown_is_asked_and_never_counted() -> None:
    found = codes_of(facts_of(letters=None))
    assert "letters.unknown" in found
    assert not {"letters.ask", "letters.have", "letters.enough"} & found


def test_letters_when_counts_back_from_the_opening() -> None:
    said = point_of(facts_of(letters=()), "letters.when").said
    assert said.title == "Ask by July 2027"
    assert "not announced" in " ".join(said.say)


@pytest.mark.parametrize(
    ("members", "codes"),
    [
        ({"ties": (HOME,)}, {"los-angeles.tie", "los-angeles.half"}),
        ({"ties": (HOME,), "service": (CLINIC,)}, {"los-angeles.tie", "los-angeles.work"}),
        ({"ties": ()}, {"los-angeles.none"}),
        ({"ties": (), "experience": (Experience("elective", 4, "CA", "california"),)}, {"los-angeles.near"}),
    ],
)
def test_los_angeles_link_is_told_as_it_is(members: dict[str, object], codes: set[str]) -> None:
    found = {code for code in codes_of(facts_of(wishes=WANTS, **members)) if code.startswith("los-angeles.")}
    assert found == codes | {"los-angeles.preference"}


def test_los_angeles_watching_is_no_proof() -> None:
    facts = facts_of(experience=(Experience("observership", 6, "CA", "los-angeles"),))
    assert "nobody there has seen you work" in " ".join(point_of(facts, "los-angeles.work").said.say)


@pytest.mark.parametrize(("language", "said"), [("es", True), ("hy", True), ("hi", False)])
def test_los_angeles_language_is_a_link_only_where_the_county_lists_it(language: str, said: bool) -> None:
    facts = facts_of(languages=("en", language), wishes=WANTS)
    assert ("los-angeles.languages" in codes_of(facts)) is said


def test_emails_go_where_she_rotated() -> None:
    here, other = program_of(), program_of(id="sp00002", key="p2", name="Other")
    facts = facts_of(here, other, experience=(Experience("elective", 4, "CA", "los-angeles", "sp00001"),))
    assert [program.name for program, _ in linked(facts)] == ["Harbor"]
    assert "because of my 4-week elective" in " ".join(
        line for point in brief_of(facts).sections for each in point.points for line in each.said.write
    )


def test_emails_a_tie_alone_is_no_reason_to_write() -> None:
    facts = facts_of(program_of(), ties=(HOME,), service=(CLINIC,))
    assert linked(facts) == ()
    assert "emails.none" in codes_of(facts)


@pytest.mark.parametrize(
    ("mission", "members", "joined"),
    [
        ("Care for the underserved", {"service": (CLINIC,)}, True),
        ("Academic excellence", {"service": (CLINIC,)}, False),
        ("Mainly Spanish-speaking patients", {"languages": ("en", "es")}, True),
        ("Mainly Spanish-speaking patients", {"languages": ("en", "hy")}, False),
        ("Care for the underserved", {"service": (Service("veterans", 12, "los-angeles"),)}, False),
        ("Care for veterans", {"service": (Service("veterans", 12, "los-angeles"),)}, True),
        ("Care for rural places", {"service": (Service("rural", 12),)}, True),
    ],
)
def test_emails_a_tie_counts_with_a_fact_that_fits(
    mission: str, members: dict[str, object], joined: bool
) -> None:
    facts = facts_of(program_of(held={"mission": mission}), ties=(HOME,), **members)
    assert bool(linked(facts)) is joined


def test_programs_of_which_nothing_is_held_say_so() -> None:
    said = point_of(facts_of(program_of()), "programs.talk").said
    assert any("We hold nothing of its own page yet" in text for text in said.say)


def test_programs_without_a_list_ask_for_none() -> None:
    assert "programs.talk" not in codes_of(facts_of())
    assert point_of(facts_of(), "interview.program").said.slots == (("first", "No program"),)


@pytest.mark.parametrize(
    ("kind", "certified", "code"),
    [
        ("us_img", False, "language.oet"),
        ("non_us_img", False, "language.oet"),
        ("us_img", None, "language.certificate"),
        ("us_img", True, None),
        ("us_do", False, None),
    ],
)
def test_language_the_oet_is_for_graduates_from_abroad_not_yet_certified(
    kind: str, certified: bool | None, code: str | None
) -> None:
    found = codes_of(facts_of(applicant_type=kind, ecfmg_certified=certified))
    assert {name for name in found if name.startswith("language.")} == ({code} if code else set())


def test_soap_leaves_out_a_week_that_cannot_be_hers() -> None:
    early = facts_of(graduation_year=2028, step2ck=Exam(status="not_taken", attempts=0))
    assert "March 2027" not in " ".join(point_of(early, "soap.when").said.say)
    assert "March 2027" in " ".join(point_of(facts_of(), "soap.when").said.say)


def test_soap_names_what_stands_in_the_way() -> None:
    facts = facts_of(step2ck=Exam(status="fail", attempts=1), ecfmg_certified=False)
    told = " ".join(point_of(facts, "soap.not_yet").said.say)
    assert "Step 2 CK is failed and not passed yet; you do not hold the ECFMG certificate yet" in told
