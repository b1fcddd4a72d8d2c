"""The worked example can be redone from what the page prints, and from nothing else."""

import math
import re
from html import unescape

import pytest
from django.test import Client

from matching.engine import answer_compute
from matching.method import example as told
from matching.method.example import worked_example
from matching.method.example_words import SECTIONS, STEP_WORDS
from matching.method.plain import ALIKE, luck_figure, openness_figure
from matching.reference import model_for
from matching.worked_example import MARK, example_steps
from tests.matching.by_hand import digamma, trigamma

SEASON = "2027"
ROW = re.compile(
    r'<th scope="row"><code>(.*?)</code>.*?<td class="formula">(.*?)</td>\s*<td class="n">(.*?)</td>', re.S
)
NODE = re.compile(r'<tr><td>([uz])</td><td class="n">(.*?)</td><td class="n">(.*?)</td></tr>')
LINK = re.compile(r'<a href="/method/parameters/#p-(.*?)" title="(.*?)">(.*?)</a>')
SPELLED = (("·", "*"), ("−", "-"), ("^", "**"), ("√", "sqrt"), ("ψ₁", "psi1"), ("ψ", "psi"), ("η", "eta"))
NAMES = {
    "ln": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "psi": digamma,
    "psi1": trigamma,
    "min": min,
    "max": max,
}


@pytest.fixture
def html(client: Client, db: None) -> str:
    response = client.get("/method/")
    assert response.status_code == 200
    return response.content.decode()


def redone(html: str) -> tuple[dict[str, float], dict[str, float]]:
    """(what each line comes to by the page's own formulas, what the page prints beside it)."""
    nodes: dict[str, list[tuple[float, float]]] = {"u": [], "z": []}
    for name, place, weight in NODE.findall(html):
        nodes[name] += [(side, float(weight)) for side in {float(place), -float(place)}]
    found: dict[str, float] = {}
    printed: dict[str, float] = {}
    for name, formula, value in ROW.findall(html):
        plain = unescape(re.sub("<.*?>", "", formula))
        if plain.startswith("Σ"):
            inside = plain.partition("weight · weight / ")[2]
            found[name] = math.fsum(
                a * b / _computed(inside, {**found, "u": u, "z": z})
                for u, a in nodes["u"]
                for z, b in nodes["z"]
            )
        else:
            found[name] = _computed(plain, found)
        printed[name] = float(value.replace("−", "-"))
    return found, printed


def _computed(formula: str, known: dict[str, float]) -> float:
    for sign, word in SPELLED:
        formula = formula.replace(sign, word)
    names = {name.replace("η", "eta"): value for name, value in known.items()}
    return float(eval(formula, {"__builtins__": {}}, {**NAMES, **names}))


def test_every_line_comes_to_what_the_page_prints(html: str) -> None:
    found, printed = redone(html)
    assert list(printed) == [name for _, names in SECTIONS for name in names]
    for name, value in printed.items():
        assert found[name] == pytest.approx(value, abs=2e-6), name


def test_the_page_ends_where_the_model_does(html: str) -> None:
    found, _ = redone(html)
    steps, _, _ = example_steps(SEASON)
    core = next(step.value for step in steps if step.name == "p")
    assert found["p"] == pytest.approx(core, abs=1e-9)
    assert f"She stands at {round(100 * core)}% interview" in html


def test_every_number_of_a_parameter_leads_to_its_row(html: str) -> None:
    values = model_for(SEASON).parameters.values
    links = LINK.findall(html)
    used = {name for step in example_steps(SEASON)[0] for name in MARK.findall(step.marked)}
    assert {name for name, _, _ in links} == used
    for name, title, text in links:
        assert name == title
        assert float(text.replace("−", "-")) == values[name]


def test_every_step_has_words_and_stands_once() -> None:
    names = [step.name.strip("`") for step in example_steps(SEASON)[0]]
    assert sorted(names) == sorted(STEP_WORDS) == sorted(name for _, part in SECTIONS for name in part)


def test_the_example_is_worked_out_once_for_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_example(SEASON)
    monkeypatch.setattr(told, "example_steps", None)
    assert worked_example(SEASON) is worked_example(SEASON)


def test_shared_luck_leaves_more_seasons_without_an_interview() -> None:
    figure = luck_figure(SEASON, model_for(SEASON).version)
    apart, shared = (int(re.findall(r"\d+", words)[0]) for words in (figure.apart, figure.shared))
    chance = worked_example(SEASON).values["p"]
    assert apart == round(100 * (1 - chance) ** ALIKE)
    assert shared > apart


def test_the_belief_about_openness_lies_between_its_two_sources() -> None:
    figure = openness_figure(worked_example(SEASON).values)
    assert min(figure.expected, figure.counted) <= figure.together <= max(figure.expected, figure.counted)
    assert figure.counted == 20  # six of thirty, faded alike


def test_the_engine_named_on_the_page_is_the_one_that_answers(html: str) -> None:
    assert answer_compute.__module__ == "matching.engine"
    assert model_for(SEASON).version in html
