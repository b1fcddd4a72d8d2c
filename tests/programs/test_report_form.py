import pytest

from programs.report_form import ReportForm
from programs.services.reports import LONGEST

SAID = {"field": "", "said": "It asks for 230 now.", "url": "", "company": ""}


def test_report_form_counts_a_line_break_as_a_browser_does() -> None:
    form = ReportForm({**SAID, "said": "a\r\n" * (LONGEST // 2)})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["said"] == ("a\n" * (LONGEST // 2)).strip()


@pytest.mark.parametrize("said", ["", " \r\n ", "x" * (LONGEST + 1)])
def test_report_form_needs_words_and_not_too_many(said: str) -> None:
    assert list(ReportForm({**SAID, "said": said}).errors) == ["said"]


@pytest.mark.parametrize(
    ("url", "valid"),
    [
        ("", True),
        ("https://program.example/apply", True),
        ("http://program.example", True),
        ("program.example/apply", True),
        ("ftp://program.example", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
    ],
)
def test_report_form_takes_web_addresses_alone(url: str, valid: bool) -> None:
    form = ReportForm({**SAID, "url": url})
    assert form.is_valid() is valid
    assert len(form.errors.get("url", [])) == (not valid)


def test_report_form_of_a_fact_does_not_ask_what_it_is_about() -> None:
    assert "field" not in ReportForm(about_fact=True).fields
    assert ReportForm({**SAID, "field": "nonsense"}, about_fact=True).is_valid()


def test_report_form_robot_is_told_and_its_words_stay() -> None:
    form = ReportForm({**SAID, "company": "Acme"})
    assert list(form.errors) == ["company"]
    assert form["said"].value() == SAID["said"]
