import pytest

from matching.scoring.applicant import Experience, Letter, Ring, Service, Tie
from matching.scoring.local_factors import ring_state, within
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
