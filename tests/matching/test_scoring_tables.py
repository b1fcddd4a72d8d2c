"""The tables of docs/scoring.md are those of the model, and its example can be reckoned by hand."""

import math
from pathlib import Path

import pytest
from django.conf import settings
from scipy.integrate import quad
from scipy.special import digamma, polygamma

from matching.reference import model_for
from matching.scoring.applicant import Options
from matching.scoring.columns import columns_build
from matching.scoring.registry import FACTORS, GATES
from matching.scoring.score import score
from matching.scoring_tables import BEGIN, END, EXAMPLE_APPLICANT, example_track, tables_put, tables_text
from programs.geography import DIVISION_BY_STATE
from programs.reference import reference_rows

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "scoring.md"


def test_the_document_is_not_stale() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert tables_put(text, "2027") == text, "write the tables anew with `manage.py scoring_table`"


def test_every_factor_gate_and_parameter_is_in_the_tables() -> None:
    text = tables_text("2027")
    names = [f.name for f in FACTORS] + [g.name for g in GATES]
    names += [row["name"] for row in reference_rows("parameters")]
    assert [name for name in names if f"| `{name}` |" not in text] == []
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.endswith("|  |")] == []  # a parameter used for nothing


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="no <!-- tables begin"):
        tables_put("nothing", "2027")
    assert tables_put(f"a{BEGIN}old{END}b", "2027").startswith(f"a{BEGIN}\n\n### Factors")


def test_the_example_by_hand() -> None:
    """Plain arithmetic from the printed parameters, as the document tells it: no part of the core is used."""
    v = {row["name"]: float(row["value"]) for row in reference_rows("parameters")}
    states = {row["state"]: row for row in reference_rows("state_openness")}
    share = v["us_img_share.internal-medicine"]
    base = v["base.us_img"] + v["specialty_elasticity"] * math.log(share / v["us_img_share.all"])

    state = float(states["NY"]["us_img_log_odds_vs_nation"])
    cap = v["state_openness.cap"]
    prior_openness = v["state_openness.elasticity"] * min(max(state, -cap), cap)
    prior_type, n0, n, k = v["program_type.community"], v["openness.prior_n"], 30, 6
    m = 1 / (1 + math.exp(-(math.log(share / (1 - share)) + prior_openness + prior_type)))
    a, b = n0 * m, n0 * (1 - m)
    gained = digamma(a + k) - digamma(b + n - k) - digamma(a) + digamma(b)
    open_and_type = prior_openness + prior_type + gained
    s = math.sqrt(polygamma(1, a + k) + polygamma(1, b + n - k))

    score_part = v["step2ck.per_10.internal-medicine"] * (224 - v["step2ck.reference.us_img"]) / 10
    usce = -v["usce.hands_on_per_4_weeks"] * math.sqrt(v["reference.usce_weeks"] / 4)
    letters = -v["letters.us_specialty"] * v["reference.letters_us"]
    commitment = -v["specialty_commitment"] * v["reference.specialty_commitment"]
    years = v["graduation.per_year"] * (1 - v["reference.years_since_graduation"])
    tie = v["geography.aligned"] * v["geography.us_img_scale"] * v["geography.division_share"]
    log_odds = base + open_and_type + score_part + usce + letters + commitment + years + tie

    width = math.sqrt(s * s + v["luck.sigma"] ** 2)
    p, _ = quad(
        lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi) / (1 + math.exp(-(log_odds + width * x))),
        -9,
        9,
    )
    model = model_for("2027")
    columns = columns_build(
        [example_track("2027")], parameters=model.parameters, season="2027", divisions=DIVISION_BY_STATE
    )
    rows = score(EXAMPLE_APPLICANT, Options(), columns, model).rows
    averaging = rows.contributions[0][-1]
    assert rows.base[0] + rows.contributions[0].sum() - averaging == pytest.approx(log_odds, abs=1e-9)
    assert rows.p[0] == pytest.approx(p, rel=1e-4)
    assert f"Interview {rows.p[0]:.4f}" in DOCUMENT.read_text(encoding="utf-8")
