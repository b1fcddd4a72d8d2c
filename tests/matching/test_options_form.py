import pytest
from django.http import QueryDict

from matching.options_form import OptionsForm
from matching.schema import MatchOptions


def sent(query: str) -> OptionsForm:
    return OptionsForm(QueryDict(query))


def test_options_left_empty_are_the_defaults() -> None:
    form = sent("max_applications=&max_usd=")
    assert form.is_valid()
    assert form.options() == MatchOptions()


def test_options_typed_are_taken() -> None:
    form = sent("max_applications=40&max_usd=900")
    assert form.is_valid()
    assert (form.options().max_applications, form.options().max_usd) == (40, 900)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("max_applications=0", "max_applications"),
        ("max_applications=301", "max_applications"),
        ("max_applications=many", "max_applications"),
        ("max_usd=-1", "max_usd"),
        ("max_usd=1000001", "max_usd"),
        ("max_usd=$900", "max_usd"),
    ],
)
def test_options_out_of_range_are_refused(query: str, field: str) -> None:
    assert list(sent(query).errors) == [field]


def test_options_show_the_last_ones() -> None:
    assert OptionsForm()["max_applications"].value() == MatchOptions().max_applications
    form = OptionsForm(options={"max_applications": 30, "max_usd": 500, "top": 200})
    assert (form["max_applications"].value(), form["max_usd"].value()) == (30, 500)
