import re

from matching.calibration.report import bands, report_text
from tests.calibration.made_document import small_calibration


def document() -> dict[str, object]:
    return {**small_calibration().document, "parameters": "0123456789abcdef"}


def test_the_report_says_what_it_is_and_what_it_is_not() -> None:
    text = report_text(document())
    assert "Aggregates only; not validated on outcomes." in text
    assert "`0123456789abcdef`" in text
    assert "## What the aggregates cannot check" in text
    assert "None" not in text
    assert "{" not in text


def test_the_report_has_every_fitted_value_and_every_table_is_whole() -> None:
    text = report_text(document())
    for row in small_calibration().fitted:
        assert f"| `{row.parameter}` | {row.value:.2f} | {row.low:.2f} to {row.high:.2f} |" in text
    tables = re.findall(r"(?:^\|.*\|\n)+", text, flags=re.MULTILINE)
    assert len(tables) >= 9
    for table in tables:
        assert len({line.count("|") for line in table.strip().split("\n")}) == 1, table


def test_the_report_without_ranges_leaves_them_open() -> None:
    bare = document()
    bare["fitted"] = [{**row, "low": None, "high": None} for row in bare["fitted"]]  # type: ignore[attr-defined]
    bare["samples"] = [{**row, "low": None, "high": None} for row in bare["samples"]]  # type: ignore[attr-defined]
    bare["sensitivity"] = []
    assert "| – |" in report_text(bare)


def test_bands_come_in_order_of_where_they_begin() -> None:
    groups = [{"name": name} for name in ("10 and more", "2 to 4", "0", "below 220")]
    kinds = {kind: {"x": groups} for kind in ("us_img", "non_us_img", "us_md", "us_do")}
    assert bands({"groups": kinds}, "x") == ["below 220", "0", "2 to 4", "10 and more"]
