from matching.presentation.tiers import TOP, WHOLE, row_view, tier_groups
from tests.matching.made_snapshot import fact_make, row_make
from tests.matching.presentation.samples import gate_of, program_of, row_of

FACTORS = [
    {"factor": "openness", "label": "US-citizen IMGs 5 of 24 residents", "contribution": 0.6},
    {"factor": "averaging", "label": "What is not known", "contribution": -0.1},
]


def test_tier_groups_in_order_of_the_odds_without_empty_ones() -> None:
    rows = [row_of(1, tier="reach"), row_of(2, tier="target"), row_of(3, tier="reach")]
    groups = tier_groups(rows, scale=0.5, show_all="")
    assert [(group.tier, group.count, group.hidden) for group in groups] == [
        ("target", 1, 0),
        ("reach", 2, 0),
    ]


def test_tier_groups_ten_unless_all_of_that_tier_is_asked_for() -> None:
    rows = [row_of(number) for number in range(1, TOP + 4)]
    (short,) = tier_groups(rows, scale=0.5, show_all="target")
    assert (len(short.rows), short.hidden) == (TOP, 3)
    (whole,) = tier_groups(rows, scale=0.5, show_all="reach")
    assert (len(whole.rows), whole.hidden) == (TOP + 3, 0)


def test_row_view_two_reasons_and_three_rules_until_it_is_opened() -> None:
    reasons = [
        {"factor": "f", "label": f"Reason {n}", "contribution": c} for n, c in enumerate((0.5, -0.2, 0.1))
    ]
    row = row_view(row_of(gates=[gate_of()] * 5, factors=FACTORS, reasons=reasons), 0.5)
    assert [(reason.sign, reason.words) for reason in row.reasons] == [
        ("+", "Reason 0"),
        ("\N{MINUS SIGN}", "Reason 1"),
    ]
    assert (len(row.strip), len(row.gates)) == (3, 5)
    assert row.bars is not None
    assert [bar.label for bar in row.bars.rows] == [factor["label"] for factor in FACTORS]


def test_row_view_codes_only_where_known() -> None:
    both = program_of(acgme_id="1400500001", nrmp_code="1100140C0")
    assert row_view(row_of(program=both), 0.5).codes == "ACGME 1400500001, NRMP 1100140C0"
    assert row_view(row_of(), 0.5).codes == ""


def test_row_view_abstained_shows_neither_number_nor_sum() -> None:
    row = row_view(row_of(probability=None, factors=FACTORS), 0.5)
    assert row.chance is None
    assert row.bars is None


def test_row_view_without_explanation_has_no_bars() -> None:
    assert row_view(row_of(), 0.5).bars is None


def test_row_view_tells_what_the_catalogue_knows_beside_the_odds() -> None:
    share = {"residents_us_img": fact_make(1, "residents_us_img", 5.0, page_year=2023)}
    tracks = {"sp00001": row_make(1, facts=share, latitude=34.06, longitude=-118.24)}
    row = row_view(row_of(1, program=program_of(1, program_type="community")), 0.5, tracks)
    assert (row.distance, row.kind) == ("under 10 miles", "community program")
    assert row.share == "US-citizen IMGs: 5 residents (2023)"
    assert row.unknown == ""


def test_row_view_says_what_is_not_known_when_it_is_opened() -> None:
    row = row_view(row_of(), 0.5)
    assert (row.distance, row.kind, row.share) == ("", "", "")
    assert row.unknown.startswith("Type not known. How many of its residents")


def test_rows_of_a_long_list_come_without_what_they_tell_when_opened() -> None:
    rows = [row_of(number, factors=FACTORS) for number in range(1, WHOLE + 3)]
    (group,) = tier_groups(rows, scale=0.5, show_all="reach")
    assert [row.whole for row in group.rows] == [True] * WHOLE + [False] * 2
    assert [row.bars is None for row in group.rows[-3:]] == [False, True, True]
