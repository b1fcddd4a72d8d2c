from matching.presentation.choices import Choices
from matching.presentation.result_page import SCREENED_TOP, result_page, shown_words, unknown_words
from tests.matching.presentation.samples import document_of, gate_of, program_of, row_of, summary_of


def screened_of(number: int) -> dict[str, object]:
    return {
        "program": program_of(number),
        "gates": [gate_of(verdict="fail", required=240.0), gate_of(verdict="pass")],
        "saves_usd": 30,
    }


def test_result_page_recommended_by_tier_and_the_rest_next_in_line() -> None:
    rows = [row_of(1), row_of(2, tier="target"), row_of(3, selected=False)]
    page = result_page(document_of(rows), profile={})
    assert [group.tier for group in page.groups] == ["target", "reach"]
    assert (page.others, page.others_count) == ((), 1)
    shown = result_page(document_of(rows), profile={}, choices=Choices(whole="others"))
    assert [row.rank for row in shown.others] == [3]


def test_result_page_screened_out_with_the_rule_that_did_it_and_the_money() -> None:
    screened = [screened_of(number) for number in range(1, SCREENED_TOP + 3)]
    summary = summary_of(screened_out={"count": len(screened), "saves_usd": 360})
    page = result_page(document_of([row_of()], summary=summary, screened_out=screened), profile={})
    assert page.screened_sentence == "7 applications, $360, would probably not be read."
    assert page.screened_words == "Each program states a rule you do not meet, so we left them out."
    assert (len(page.screened), page.screened_hidden) == (SCREENED_TOP, 2)
    assert [line.words for line in page.screened[0].gates] == ["Lowest Step 2 CK: asks 240, you have 224"]
    assert page.screened[0].saves == "$30"
    whole = result_page(
        document_of([row_of()], summary=summary, screened_out=screened),
        profile={},
        choices=Choices(whole="screened"),
    )
    assert (len(whole.screened), whole.screened_hidden) == (SCREENED_TOP + 2, 0)


def test_result_page_no_true_safety_has_next_steps() -> None:
    page = result_page(document_of([row_of()]), profile={})
    assert page.no_true_safety
    assert page.safety_steps


def test_result_page_empty_list_has_no_figure_and_no_safety_talk() -> None:
    page = result_page(document_of([], summary=summary_of(applications=0)), profile={})
    assert page.figure is None
    assert not page.no_true_safety
    assert page.groups == ()


def test_result_page_wish_orders_the_list_and_names_itself() -> None:
    rows = [row_of(1, ring="national", probability=0.3), row_of(2, ring="los-angeles", probability=0.1)]
    profile = {"wishes": {"ring": "los-angeles"}}
    page = result_page(document_of(rows), profile=profile)
    assert [row.rank for row in page.groups[0].rows] == [2, 1]
    assert page.wished == "Los Angeles"
    assert result_page(document_of(rows), profile={"wishes": None}).wished == ""


def test_result_page_says_what_is_not_known() -> None:
    page = result_page(document_of([row_of(1), row_of(2, confidence="high")]), profile={"letters": None})
    assert page.unknown.startswith("how Step 1 went")
    assert page.prior_only.startswith("For 1 of the 2 programs")
    sure = result_page(document_of([row_of(1, confidence="high")]), profile={})
    assert sure.prior_only == ""


def test_unknown_words_name_the_first_few() -> None:
    assert unknown_words([]) == ""
    assert unknown_words(["a", "b"]) == "a and b"
    assert unknown_words(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"


def test_shown_words_tell_what_a_swap_brought() -> None:
    page = result_page(document_of([row_of(1), row_of(2, tier="target")]), profile={})
    assert page.shown_words == "Now shown: 1 of 1 target and 1 of 1 reach programs."
    assert shown_words(()) == "No program of the list is there."


def test_result_page_figures_stand_on_the_recommended_rows() -> None:
    page = result_page(document_of([row_of(1), row_of(2, selected=False)]), profile={})
    assert page.spread is not None
    assert [row.programs for row in page.spread.table] == [1]
    assert [number.name for number in page.numbers] == [
        "Chance of a match",
        "No interview at all",
        "Application fees",
    ]


def test_result_page_says_once_that_shares_are_not_known() -> None:
    page = result_page(document_of([row_of(1)]), profile={})
    assert page.share_note == (
        "How many US-citizen IMGs train there is not openly known for any of these programs."
    )
