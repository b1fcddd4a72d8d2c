import numpy as np
import pytest

from matching.scoring.applicant import Experience, ExperienceKind, Letter, Ring, Service, Tie
from matching.scoring.experience_factors import ring_state, within
from tests.scoring.made_catalogue import columns_of, plain_applicant, track_make
from tests.scoring.made_terms import drawn_factor, factor, factors_of, value

LOS_ANGELES, FRESNO = ("CA", "Los Angeles"), ("CA", "Fresno")
OREGON, NEVADA, NEW_YORK, JERSEY = ("OR", "Lane"), ("NV", "Clark"), ("NY", "Kings"), ("NJ", "Essex")
PLACES = (LOS_ANGELES, FRESNO, OREGON, NEVADA, NEW_YORK, JERSEY)
EVERYWHERE = tuple(track_make(number, place) for number, place in enumerate(PLACES, start=1))
NEEDY = {"safety_net": "yes"}


@pytest.mark.parametrize(
    ("state", "ring", "expected"),
    [
        ("CA", "los-angeles", [LOS_ANGELES, FRESNO]),
        (None, "los-angeles", [LOS_ANGELES, FRESNO]),
        ("OR", "west-coast", [OREGON]),
        (None, "west-coast", [LOS_ANGELES, FRESNO, OREGON, NEVADA]),
        ("NY", "national", [NEW_YORK]),
        (None, "national", []),
        (None, None, []),
        ("NJ", None, [JERSEY]),
    ],
)
def test_within_is_the_state_or_the_ring_where_no_state_is_said(
    state: str | None, ring: Ring | None, expected: list[tuple[str, str]]
) -> None:
    columns = columns_of(*EVERYWHERE)
    inside = within(columns, state, ring)[columns.cell // 2]
    assert [place for place, hit in zip(PLACES, inside, strict=True) if hit] == expected


def test_ring_state_is_told_by_rings_of_one_state() -> None:
    assert ring_state("los-angeles") == ring_state("california") == "CA"
    assert ring_state("west-coast") == ring_state("national") == ring_state(None) == ""


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


def test_geography_home_tie_region_and_none() -> None:
    scale, overlap = value("geography.us_img_scale"), value("local_overlap")
    aligned, in_state = value("geography.aligned") * scale, value("geography.in_state") * scale
    region = aligned * value("geography.division_share")

    def geography(*ties: Tie) -> list[float]:
        found = factors_of(plain_applicant(ties=ties), *EVERYWHERE)
        return [row["geography"] for row in found]

    home = in_state + overlap * aligned
    assert geography(Tie("residence", "NY")) == pytest.approx([0, 0, 0, 0, home, region])
    assert geography(Tie("family", "NY")) == pytest.approx([0, 0, 0, 0, aligned, region])
    assert geography(Tie("family", None, "los-angeles")) == pytest.approx([aligned, aligned, region, 0, 0, 0])
    assert geography(Tie("family", None, "national")) == pytest.approx([0] * 6)
    assert geography() == pytest.approx([0] * 6)


def test_a_tie_to_a_state_without_a_program_counts_in_the_rest_of_its_division() -> None:
    tied = plain_applicant(ties=(Tie("grew_up", "PA"),))
    assert factor("geography", tied, track_make()) > 0
    assert factor("geography", plain_applicant(ties=(Tie("grew_up", "PR"),)), track_make()) == 0


def test_geography_is_in_full_for_us_graduates() -> None:
    ties = (Tie("family", "NY"),)
    img, us_md = (
        factor("geography", plain_applicant(applicant_type=kind, ties=ties), track_make())
        for kind in ("us_img", "us_md")
    )
    assert img == pytest.approx(us_md * value("geography.us_img_scale"))


def test_local_ties_overlap_the_largest_counts_in_full() -> None:
    applicant = plain_applicant(
        experience=(Experience("elective", 8, "NY"),),
        letters=(Letter("us_clinical", "NY"),),
        ties=(Tie("family", "NY"),),
        service=(Service("free_clinic", 24),),
    )
    (row,) = factors_of(applicant, track_make(1, facts=NEEDY))
    overlap = value("local_overlap")
    assert row["geography"] == pytest.approx(value("geography.aligned") * value("geography.us_img_scale"))
    assert row["usce_local"] == pytest.approx(overlap * value("usce.local"))
    assert row["letter_local"] == pytest.approx(overlap * value("letter.local"))
    assert row["mission"] == pytest.approx(overlap * value("mission.match"))


@pytest.mark.parametrize(
    ("service", "languages", "share"),
    [
        ((Service("free_clinic", 12),), (), 1.0),
        ((Service("free_clinic", 6),), (), 0.5),
        ((Service("free_clinic", None),), (), 0.25),
        ((), ("es",), 0.5),
        ((Service("rural", 6),), ("es",), 1.0),
        ((Service("other", 60),), ("fr",), 0.0),
        (None, ("es",), 0.6),  # service not said: a tenth, population.local_share
        (None, (), 0.1),
        ((Service("free_clinic", 6),), None, 0.55),
        (None, None, 0.1),
    ],
)
def test_mission_is_service_and_spanish_where_the_program_serves(
    service: tuple[Service, ...] | None, languages: tuple[str, ...] | None, share: float
) -> None:
    assert (value("mission.full_months"), value("population.local_share")) == (12, 0.1)
    applicant = plain_applicant(service=service, languages=languages)
    assert factor("mission", applicant, track_make(1, facts=NEEDY)) == pytest.approx(
        value("mission.match") * share
    )
    assert factor("mission", applicant, track_make(1)) == 0


def test_local_things_not_spoken_of_stand_for_a_share_of_their_best() -> None:
    silent = plain_applicant(experience=None, letters=None, ties=None, service=None, languages=None)
    for name in ("usce_local", "letter_local", "geography", "mission"):
        drawn = drawn_factor(name, silent, track_make(1, facts=NEEDY))
        assert drawn[0] > 0, name
        assert drawn.min() >= 0, name


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
