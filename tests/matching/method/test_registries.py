"""What the pages state from files is true of the files it is stated of."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from matching.calibrating import calibration_document
from matching.engine import model_version
from matching.method.registries import (
    LIMIT_KINDS,
    limit_groups,
    sources_not_shipped,
    sources_shipped,
    versions,
)
from matching.method.simulation import STRATEGIES, markets, promises, simulation_document, verdicts
from matching.scoring.registry_stages import KEPT_FOR_LATER
from programs.reference import Row, reference_rows

FIXTURES, DOCS = Path(settings.FIXTURES_DIR), Path(settings.BASE_DIR) / "docs"
# Made by us: registries of these pages, what runs found, and the numbers of the made-up market.
OWN = {
    "README.md", "data_sources.csv", "known_limits.csv", "model_versions.csv", "calibration.json",
    "simulation.csv", "simulation_results.json", "api_changes.csv",
}  # fmt: skip


def limits() -> dict[str, Row]:
    return {row["id"]: row for row in reference_rows("known_limits")}


def test_every_reference_file_has_its_source_and_rights() -> None:
    """Reference files that other pages' registries come from are told by those pages."""
    told = {source.file.rstrip("/") for source in sources_shipped()}
    loaded = {path.name for path in FIXTURES.iterdir()}
    assert told <= loaded
    documented = set(re.findall(r"`([a-z_]+\.csv)`", (DOCS / "data.md").read_text(encoding="utf-8")))
    assert (documented & loaded) - OWN <= told
    for source in (*sources_shipped(), *sources_not_shipped()):
        assert all((source.what, source.origin, source.rights, source.age)), source


def test_rows_of_a_source_are_counted_in_the_file() -> None:
    counts = {source.file: source.rows for source in sources_shipped()}
    assert counts["programs.csv"] == len(reference_rows("programs"))
    assert counts["geometry/"] is None
    assert {source.file for source in sources_not_shipped()} == {
        "Residency Explorer",
        "FREIDA",
        "NRMP program tables",
    }


def test_the_version_that_answers_is_in_the_changelog() -> None:
    assert model_version() == versions()[0].version, (
        "the model has changed: say what and why in fixtures/model_versions.csv"
    )


def test_versions_stand_once_in_order_of_their_day() -> None:
    told = versions()
    assert len({one.version for one in told}) == len(told)
    assert [one.since for one in told] == sorted((one.since for one in told), reverse=True)
    for one in told:
        assert re.fullmatch(r"\d+\.[0-9a-f]{10}", one.version)
        assert one.what.endswith(".")
        if one.value is not None and one.low is not None and one.high is not None:
            assert 0 < one.low <= one.value <= one.high < 1


def test_what_the_newest_version_told_the_sample_is_what_the_golden_answer_holds() -> None:
    path = Path(settings.BASE_DIR) / "tests" / "golden" / "answers" / "los-angeles-224.json"
    match = json.loads(path.read_text(encoding="utf-8"))["summary"]["match"]
    newest = versions()[0]
    assert (newest.value, newest.low, newest.high) == pytest.approx(
        (match["probability"], match["low"], match["high"]), abs=6e-5
    )


def test_every_limit_says_what_whom_since_when_and_how_it_is_known() -> None:
    told = [limit for group in limit_groups() for limit in group.limits]
    assert sorted(limit.id for limit in told) == sorted(limits())
    assert [group.title for group in limit_groups()] == list(LIMIT_KINDS.values())
    for row in limits().values():
        assert all(row.values()), row["id"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row["since"])


def test_once_outcomes_are_held_nothing_says_that_there_are_none() -> None:
    told = {limit.id for group in limit_groups(checked=True) for limit in group.limits}
    assert set(limits()) - told == {"not-validated"}


def test_limits_of_the_data_are_true_of_the_files() -> None:
    facts, programs = reference_rows("facts"), reference_rows("programs")

    def tracks(field: str) -> int:
        return len({row["program_id"] for row in facts if row["field"] == field})

    assert tracks("residents_us_img") == 0
    assert tracks("residents_img") == 4  # "four tracks"
    assert f"{tracks('program_type')} of {len(programs):,} tracks" in limits()["kinds-unknown"]["what"]
    undated = sum(not row["page_year"] for row in facts)
    assert limits()["years-unknown"]["what"].startswith(f"{undated:,} of {len(facts):,} statements")
    unconfirmed = sum(row["listing_status"] == "unconfirmed" for row in programs)
    assert limits()["unconfirmed"]["what"].startswith(f"{unconfirmed:,} tracks")
    (wrong,) = (row for row in programs if row["id"] == "sp02722")
    assert (wrong["city"], wrong["state"], wrong["county"], wrong["listing_status"]) == (
        "Cincinnati", "OH", "Bronx", "old",
    )  # fmt: skip
    assert len(reference_rows("same_as")) == 1
    assert len(reference_rows("specialties")) == 14
    assert "Fourteen" in limits()["specialties"]["title"]
    assert "Of 4,346 tracks 77 do not" in (DOCS / "data.md").read_text(encoding="utf-8")


def test_limits_of_the_model_are_true_of_the_calibration() -> None:
    document = calibration_document()
    assert document is not None
    offered = document["groups"]["us_img"]["all"][0]["interviews_per_100"]
    expected = document["expected_interviews"]
    text = limits()["interviews-high"]["what"]
    assert offered > expected["high"]
    assert f"{offered:.1f} interviews in 100 applications" in text
    assert f"{expected['low']:g} to {expected['high']:g}" in text
    assert f"{100 * document['check']['residual']:.1f} of 100" in limits()["headline-2026"]["what"]
    assert not (FIXTURES / "validation.json").exists()  # else "not-validated" is no longer so
    assert {row["season"] for row in reference_rows("signals")} == {"2025"}
    assert "img_applicants.surgery" in KEPT_FOR_LATER
    services = {row["slug"]: row for row in reference_rows("specialties")}
    assert services["obstetrics-gynecology"]["application_service"] == "residencycas"
    (prices,) = {row["source"] for row in reference_rows("fees") if row["service"] == "residencycas"}
    assert "emergency" in prices.lower() or "SAEM" in prices


def test_the_simulation_page_says_what_its_document_says() -> None:
    """Each number of docs/simulation.md stands in the file that the page is drawn from, and no other."""
    document = simulation_document()
    assert document is not None
    text = (DOCS / "simulation.md").read_text(encoding="utf-8")
    assert f"model version {document['run']['model']}" in text.replace("\n", " ")
    assert document["run"]["data"] in text
    lines = [line for line in text.splitlines() if re.match(r"\| (ours|top|tiers|all|IMG|as the)", line)]
    tables = [line for line in lines if line.count("|") == 12]
    assert tables == [_line(row) for row in document["rows"]]
    told = [line for line in lines if line.count("|") == 9]
    assert told == [_promise(row) for row in document["promises"]]
    assert len(promises(document)) == len(told)
    for row in document["promises"]:  # the page says in words that all did better than told
        assert row["invited"] > row["interviews_told"]
        assert row["matched"][0] - row["matched"][1] > row["matched_told"][0]


def _promise(row: dict[str, object]) -> str:
    cells = [str(row[name]) for name in ("strategy", "programs", "interviews_told", "invited")]
    for name in ("matched_told", "matched", "los_angeles_told", "los_angeles"):
        pair = row[name]
        assert isinstance(pair, list)
        cells.append(f"{pair[0]:.1f} ± {pair[1]:.1f}")
    return "| " + " | ".join(cells) + " |"


def _line(row: dict[str, object]) -> str:
    def share(name: str, *, signed: bool = False) -> str:
        pair = row[name]
        if pair is None:
            return ""
        assert isinstance(pair, list)
        return f"{pair[0]:{'+' if signed else ''}.1f} ± {pair[1]:.1f}"

    shares = [share(name) for name in ("none", "matched", "los_angeles", "california")]
    against = [share(f"{name}_against", signed=True) for name in ("matched", "los_angeles")]
    counts = (row["sent"], f"{row['usd']:,}", row["invited"], row["interviews"])
    return "| " + " | ".join([str(row["strategy"]), *map(str, counts), *shares, *against]) + " |"


def test_where_ours_does_not_win_is_said_as_the_document_says_it() -> None:
    document = simulation_document()
    assert document is not None
    few40 = [row for row in document["rows"] if (row["crowd"], row["programs"]) == ("few", 40)]
    matched, los_angeles = verdicts(few40)
    assert matched.startswith("No other way matched more. No clear difference: best odds first.")
    assert "IMG-friendly by state; IMG-friendly, any; as the crowd chooses" in matched
    assert los_angeles.startswith(
        "More matched in Los Angeles with: all Los Angeles first; as the crowd chooses."
    )


def test_every_way_to_choose_is_drawn_where_its_numbers_say() -> None:
    document = simulation_document()
    assert document is not None
    assert [market.key for market in markets(document)] == ["few-40", "few-80", "many-40"]
    for market in markets(document):
        assert [row.name for row in market.rows] == list(STRATEGIES.values())
        for drawing in market.drawings:
            ends = [x for x, _, _ in drawing.ticks]
            for drawn, row in zip(drawing.rows, market.rows, strict=True):
                for mark, share, start, end in zip(
                    drawn.marks, (row.matched, row.los_angeles), ends[::3], ends[2::3], strict=True
                ):
                    assert mark.x == pytest.approx(start + (end - start) * share.mean / 100, abs=0.2)
                    assert mark.x_low <= mark.x <= mark.x_high
                    assert mark.x_high <= drawing.width
