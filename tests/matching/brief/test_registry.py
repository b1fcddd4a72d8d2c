"""The registry: every rule has its trigger, reason and source, and is said to someone and not to everyone."""

from string import Formatter

import pytest

from matching.brief.drawing import Brief
from matching.brief.facts import BriefFacts
from matching.brief.registry import REGISTRY, SECTIONS, Rule, rule
from matching.brief.sources import FACTORS, marks, sources

pytestmark = pytest.mark.django_db
RULES = sorted(REGISTRY.values(), key=lambda entry: entry.code)


def said(briefs: dict[str, Brief]) -> dict[str, set[str]]:
    """Whom each rule speaks to, by code."""
    spoken: dict[str, set[str]] = {code: set() for code in REGISTRY}
    for slug, brief in briefs.items():
        for section in brief.sections:
            for point in section.points:
                spoken[point.code].add(slug)
    return spoken


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_rule_has_its_trigger_reason_and_source(entry: Rule) -> None:
    assert entry.trigger[0].isupper()
    assert not entry.trigger.endswith(".")
    assert entry.reason.endswith((".", "}"))
    assert entry.sources
    assert set(entry.sources) <= set(sources())
    assert set(entry.factors) <= set(FACTORS)
    assert entry.section in SECTIONS
    assert entry.universal is entry.trigger.startswith("Said ")


def test_rule_every_one_speaks_to_someone(briefs: dict[str, Brief]) -> None:
    assert [code for code, slugs in said(briefs).items() if not slugs] == []


def test_rule_speaks_to_everyone_only_where_it_is_stated(briefs: dict[str, Brief]) -> None:
    for code, slugs in said(briefs).items():
        assert (len(slugs) == len(briefs)) is REGISTRY[code].universal, code


def test_rule_every_section_is_reached(briefs: dict[str, Brief]) -> None:
    reached = {section.slug for brief in briefs.values() for section in brief.sections}
    assert reached == set(SECTIONS)


def test_rule_fills_every_slot_of_its_reason(briefs: dict[str, Brief]) -> None:
    for brief in briefs.values():
        for section in brief.sections:
            for point in section.points:
                slots = {name for _, name, _, _ in Formatter().parse(REGISTRY[point.code].reason) if name}
                assert slots <= {name for name, _ in point.said.slots}
                assert "{" not in point.why
                assert "None" not in point.why


def test_rule_is_not_registered_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        rule("soap.when", trigger="Said", reason=".", sources=())(lambda _: ())


def test_rule_code_names_its_section() -> None:
    assert all(code == entry.code and code.split(".")[0] == entry.section for code, entry in REGISTRY.items())


def test_sources_public_ones_have_an_address_and_a_day() -> None:
    for source in sources().values():
        if source.kind == "public" and source.key not in ("seasons", "held"):
            assert source.url.startswith("https://")
            assert source.read == "2026-11-22"


def test_sources_are_all_used() -> None:
    assert {key for entry in RULES for key in entry.sources} == set(sources())


def test_marks_are_all_stated() -> None:
    assert marks()["large_gap"] > 0
    assert marks()["experiences_most"] == 10


def test_facts_factors_are_counted_on_the_list(facts_by_slug: dict[str, BriefFacts]) -> None:
    facts = facts_by_slug["los-angeles-224"]
    assert facts.lowers("step2ck") == 80
    assert not facts.factor_acts("no such factor")


def test_source_says_that_an_amount_is_held_against_the_usual(briefs: dict[str, Brief]) -> None:
    points = [point for section in briefs["los-angeles-224"].sections for point in section.points]
    told = {source.title for point in points for source in point.sources if source.kind == "model"}
    said = "Our model on your answer: “hands-on US experience”, held against the usual amount, lowers your"
    assert f"{said} odds at 80 on your list" in told
    assert "Our model on your answer: “Step 2 CK” lowers your odds at 80 on your list" in told


def test_sources_say_where_the_model_assumed_what_is_not_told(briefs: dict[str, Brief]) -> None:
    points = [point for section in briefs["eight-answers"].sections for point in section.points]
    told = [source.title for point in points for source in point.sources if source.kind == "model"]
    assert "Our model assumes the usual for “ties”: you have not told it" in told
    assert not any("“letters”" in title and "odds" in title for title in told)
