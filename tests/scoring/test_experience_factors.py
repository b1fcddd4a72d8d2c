import numpy as np
import pytest

from matching.scoring.applicant import Experience, ExperienceKind, Letter
from tests.scoring.made_catalogue import plain_applicant, track_make
from tests.scoring.made_terms import factor, factors_of, value


@pytest.mark.parametrize(("weeks", "kind", "counted"), [(12, "elective", 12), (10, "observership", 2)])
def test_usce_grows_with_the_root_of_months(weeks: int, kind: ExperienceKind, counted: float) -> None:
    applicant = plain_applicant(experience=(Experience(kind, weeks),))
    usual = np.sqrt(value("reference.usce_weeks") / 4)
    expected = value("usce.hands_on_per_4_weeks") * (np.sqrt(counted / 4) - usual)
    assert factor("usce", applicant, track_make()) == pytest.approx(expected)


def test_usce_is_not_asked_of_us_graduates() -> None:
    assert factor("usce", plain_applicant(applicant_type="us_md"), track_make()) == 0


def test_letters_count_by_specialty_to_three_and_academics_a_little_more() -> None:
    def letters(*letters: Letter) -> float:
        return factor("letters", plain_applicant(letters=letters), track_make())

    here = Letter("us_clinical", specialty="internal-medicine")
    each, usual = value("letters.us_specialty"), value("reference.letters_us")
    assert letters() == pytest.approx(-each * usual)
    assert letters(here) == pytest.approx(each * (1 - usual))
    assert letters(Letter("us_clinical")) == pytest.approx(each * (0.5 - usual))
    assert letters(Letter("us_clinical", specialty="psychiatry")) == pytest.approx(-each * usual)
    assert letters(Letter("non_us", specialty="internal-medicine")) == pytest.approx(-each * usual)
    assert letters(here, here, here) == letters(here, here, here, here) == pytest.approx(each * (3 - usual))
    academic = Letter("us_academic", specialty="internal-medicine")
    assert letters(academic) - letters(here) == pytest.approx(value("letters.academic"))


def test_commitment_is_half_weeks_half_letters_and_a_half_not_spoken_of_is_the_reference() -> None:
    worth, usual = value("specialty_commitment"), value("reference.specialty_commitment")
    weeks = (Experience("elective", 12, specialty="internal-medicine"),)
    three = tuple(Letter("us_academic", specialty="internal-medicine") for _ in range(3))

    def commitment(**members: object) -> float:
        return factor("specialty_commitment", plain_applicant(**members), track_make())

    assert commitment(experience=weeks, letters=three) == pytest.approx(worth * (1 - usual))
    assert commitment(experience=(), letters=()) == pytest.approx(-worth * usual)
    assert commitment(experience=weeks, letters=()) == pytest.approx(worth * (0.5 - usual))
    assert commitment(experience=None, letters=None) == 0
    assert commitment(experience=weeks, letters=None) == pytest.approx(worth * (1 - usual) / 2)
    assert commitment(experience=None, letters=()) == pytest.approx(-worth * usual / 2)
    elsewhere = (*weeks, Experience("elective", 12, specialty="psychiatry"))
    assert commitment(experience=elsewhere, letters=three) == commitment(experience=weeks, letters=three)


def test_what_happened_at_a_program_counts_for_all_its_tracks_and_once() -> None:
    tracks = (
        track_make(1, program_key="a"),
        track_make(2, program_key="a", track="primary-care"),
        track_make(3),
        track_make(4, same_as="sp00001"),
    )
    rotations = (
        Experience("sub_internship", 4, program_id="sp00002"),
        Experience("elective", 4, program_id="sp00001"),
        Experience("elective", 4, program_id="sp09999"),
    )
    letters = (Letter("us_clinical", program_id="sp00001"),)
    found = factors_of(plain_applicant(experience=rotations, letters=letters), *tracks)
    here = value("rotation_here")
    assert [row["rotation_here"] for row in found] == pytest.approx([here, here, 0, here])
    there = value("letter_here")
    assert [row["letter_here"] for row in found] == pytest.approx([there, there, 0, there])
    watched = (Experience("observership", 4, program_id="sp00003"),)
    found = factors_of(plain_applicant(experience=watched), *tracks)
    assert found[2]["rotation_here"] == pytest.approx(here * value("usce.not_hands_on_share"))


def test_publications_count_at_university_programs_to_a_cap() -> None:
    university = track_make(1, facts={"program_type": "university"})
    each, cap = value("research.university_per_publication"), value("research.publications_cap")
    for count, counted in ((0, 0), (2, 2), (50, cap)):
        applicant = plain_applicant(research_publications=count)
        assert factor("research", applicant, university) == pytest.approx(each * counted)
        assert factor("research", applicant, track_make(1)) == 0


def test_visa_and_red_flags_cost() -> None:
    needs = plain_applicant(applicant_type="non_us_img", visa_needed="j1")
    assert factor("visa", needs, track_make()) == pytest.approx(value("visa_needed"))
    assert factor("visa", plain_applicant(), track_make()) == 0
    both = plain_applicant(red_flags=("gap_unexplained", "professionalism"))
    cost = value("red_flag.gap_unexplained") + value("red_flag.professionalism")
    assert factor("red_flags", both, track_make()) == pytest.approx(cost)
    assert factor("red_flags", plain_applicant(), track_make()) == 0
