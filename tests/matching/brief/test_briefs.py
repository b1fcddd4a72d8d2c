"""The twelve briefs: the golden text, no boilerplate, no stolen sentence, no promise, easy to read."""

import difflib
import re
from itertools import combinations
from statistics import median

import pytest

from matching.brief.drawing import Brief
from matching.brief.registry import SECTIONS
from matching.brief.text import brief_text
from tests.golden.briefs import BRIEFS, brief_path
from tests.profiles import TWELVE
from tests.reading import HARDEST, grade

pytestmark = pytest.mark.django_db
SLUGS = [someone.slug for someone in TWELVE]
AGAIN = "write them anew with `python -m tests.golden.write_briefs` and read the difference"
MOST_ALIKE = 0.56  # of the sentences of the shorter brief; rules and dates of the Match are the same for all
MOST_ALIKE_SAME_FACTS = 0.75  # los-angeles-224 and step1-fail differ in one answer alone
USUALLY_ALIKE = 0.32


def sentences(brief: Brief) -> set[str]:
    """What is said, without reasons, sources and drafts."""
    texts = [
        text
        for section in brief.sections
        for point in section.points
        for text in (*point.said.say, *(f"{item.head}. {item.text}" for item in point.said.items))
    ]
    return {one.strip() for text in texts for one in re.split(r"(?<=[.?!])\s+", text) if one.strip()}


def alike(first: set[str], second: set[str]) -> float:
    """The share of the shorter one's sentences that the other has too."""
    return len(first & second) / min(len(first), len(second))


def prose_of(brief: Brief) -> str:
    """What the page says outside drafts and names."""
    parts = [*brief.short]
    for section in brief.sections:
        for point in section.points:
            said = point.said
            parts += [text for text in said.say if text] + [f"{i.head}. {i.text}" for i in said.items]
            parts += [point.why, *(f"Avoid {each}." for each in said.avoid)]
    return "\n".join(parts)


@pytest.mark.parametrize("slug", SLUGS)
def test_brief_is_the_golden_one(slug: str, briefs: dict[str, Brief]) -> None:
    found = brief_text(briefs[slug]).splitlines()
    golden = brief_path(slug).read_text(encoding="utf-8").splitlines()
    changes = list(difflib.unified_diff(golden, found, "golden", "now", lineterm="", n=0))
    assert not changes, "\n".join([f"the brief has changed; if that is meant, {AGAIN}:", *changes[:20]])


def test_brief_every_golden_text_is_of_someone() -> None:
    assert {path.stem for path in BRIEFS.glob("*.txt")} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_brief_reads_at_ninth_grade_or_below(slug: str, briefs: dict[str, Brief]) -> None:
    assert grade(prose_of(briefs[slug])) <= HARDEST


@pytest.mark.parametrize("pair", [*combinations(SLUGS, 2)], ids="-".join)
def test_brief_two_people_do_not_get_the_same_text(pair: tuple[str, str], briefs: dict[str, Brief]) -> None:
    first, second = (sentences(briefs[slug]) for slug in pair)
    same_facts = set(pair) == {"los-angeles-224", "step1-fail"}
    assert alike(first, second) <= (MOST_ALIKE_SAME_FACTS if same_facts else MOST_ALIKE)


def test_brief_two_people_usually_share_less_than_a_third(briefs: dict[str, Brief]) -> None:
    told = [sentences(brief) for brief in briefs.values()]
    assert median(alike(first, second) for first, second in combinations(told, 2)) <= USUALLY_ALIKE


@pytest.mark.parametrize("slug", SLUGS)
def test_brief_holds_no_promise_no_percent_and_no_shout(slug: str, briefs: dict[str, Brief]) -> None:
    text = brief_text(briefs[slug])
    assert "!" not in text
    assert "%" not in text.replace("about 30% Spanish-speaking", "")
    assert not re.search(r"\b(guarantee|surely|definitely|perfect|will match)\b", text)
    assert " None" not in text.replace(" None of", "")


@pytest.mark.parametrize("slug", SLUGS)
def test_brief_says_no_word_twice_and_counts_in_good_grammar(slug: str, briefs: dict[str, Brief]) -> None:
    text = " ".join(brief_text(briefs[slug]).split())
    assert not re.search(r"\b(\w{3,}) \1\b", text)
    assert not re.search(r"\b1 (programs|letters|weeks|months|experiences) ", text)
    assert not re.search(r"\ba (8|11|18)-", text)
    assert "  " not in text


@pytest.mark.parametrize("slug", SLUGS)
def test_brief_keeps_the_order_of_the_sections(slug: str, briefs: dict[str, Brief]) -> None:
    order = list(SECTIONS)
    found = [order.index(section.slug) for section in briefs[slug].sections]
    assert found == sorted(found)
    assert briefs[slug].short


@pytest.mark.parametrize("slug", SLUGS)
def test_brief_shows_ten_programs_and_says_how_many_are_hidden(slug: str, briefs: dict[str, Brief]) -> None:
    programs = next(section for section in briefs[slug].sections if section.slug == "programs")
    assert len(programs.points) == 10
    assert briefs[slug].hidden == 70
