"""Every input has one step."""

from applicants.steps import FIRST, LAST, STEPS, step_before, step_get, step_next, step_of
from tests.applicants.typed_form import shown


def test_every_input_stands_on_one_step() -> None:
    form = shown()
    names = [field.html_name for part in form.parts for field in part]
    names += [rows.count_name for rows in form.rows.values()] + ["max_applications", "max_usd"]
    assert {name: [step.asks(name) for step in STEPS].count(True) for name in names} == dict.fromkeys(
        names, 1
    )


def test_step_of_follows_the_input() -> None:
    assert step_of("step2ck_score").slug == "you"
    assert step_of("letters-12-author").slug == "training"
    assert step_of("max_usd").slug == "wishes"
    assert step_of("") is FIRST


def test_steps_follow_one_another_and_end() -> None:
    assert [step_next(step).slug for step in STEPS] == ["training", "wishes", "wishes"]
    assert [step_before(step).slug for step in STEPS] == ["you", "you", "training"]
    assert step_get("wishes") is LAST
    assert step_get("nowhere") is None


def test_buttons_and_tokens_are_no_answers() -> None:
    for name in ("go", "add-row", "csrfmiddlewaretoken", "_checked", "letters-0-author-x", "letters-123-a"):
        assert not any(step.asks(name) for step in STEPS), name
