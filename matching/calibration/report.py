"""The calibration in words: docs/calibration.md, every number of it from the document of a run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matching.calibration.report_words import CANNOT, HOW, RANGES, WHAT_IT_IS

Document = Mapping[str, Any]
Row = Sequence[str]

KIND_WORDS = {
    "us_img": "US-citizen IMGs",
    "non_us_img": "non-US IMGs",
    "us_md": "graduates of US MD schools",
    "us_do": "graduates of US DO schools",
}
GROUP_WORDS = {
    "step2ck": "Step 2 CK",
    "years": "Years since graduation",
    "fails": "Exams",
    "specialty": "First specialty",
}
SHOWN = 30


def report_text(document: Document) -> str:
    """The whole report, in Markdown."""
    return "\n\n".join(_parts(document)) + "\n"


def _parts(document: Document) -> Iterator[str]:
    year = document["target_year"]
    yield "# Calibration on aggregates"
    digest = document["parameters"]
    yield f"Written by `manage.py calibrate --write`; parameters `{digest}`. Not to be edited."
    yield WHAT_IT_IS.format(year=year)
    yield "## What was fitted"
    yield _fitted(document)
    yield RANGES.format(sensitivity_people=document["sensitivity_people"])
    yield "## How"
    yield HOW.format(
        people=document["people"], seeds=len(document["seeds"]), year=year, season=document["season"]
    )
    yield "## What applicants are taken to know"
    yield _known(document)
    yield "## What it implies"
    yield from _implied(document)
    yield "## Sample applicants"
    yield _samples(document)
    yield "## Sensitivity"
    yield _sensitivity(document)
    yield "## What the aggregates cannot check"
    yield CANNOT


def _fitted(document: Document) -> str:
    rows = [
        (
            f"`{row['parameter']}`",
            f"{row['value']:.2f}",
            _span(row["low"], row["high"], "{:.2f}"),
            f"{row['intercept']:.2f}",
            _span(min(row["by_seed"]), max(row["by_seed"]), "{:.2f}"),
            _percent(row["target"]),
            _percent(row["rate"]),
        )
        for row in document["fitted"]
    ]
    year, check = document["target_year"], document["check"]
    table = _table(
        (
            "Parameter",
            "Fitted",
            "Range",
            "Intercept of the kind",
            "Over seeds",
            f"Headline {year}",
            "Population",
        ),
        rows,
    )
    return table + (
        f"\n\nCheck: the {check['year']} headline for US-citizen IMGs is {_percent(check['headline'])}; the "
        f"model says {_percent(check['rate'])} for either year, as nothing in it tells the years apart. "
        f"Residual {100 * check['residual']:+.1f} points, not fitted to."
    )


def _known(document: Document) -> str:
    rows = [
        (f"{row['known']:g}", f"{row['base']:.2f}", _percent(row["rate"]))
        for row in document["openness_known"]
    ]
    table = _table(
        ("Belief and truth correlate by", "`base.us_img` would be", "Match rate at the fitted base"), rows
    )
    return table + (
        "\n\nThe first row is also what choosing by public facts alone is worth to this population: somebody "
        "who knows no more of programs than is held here picks less well than applicants are taken to, and "
        "her chances are told accordingly."
    )


def _implied(document: Document) -> Iterator[str]:
    rows = []
    for kind, words in KIND_WORDS.items():
        told = document["interviews"][kind]
        whole = document["groups"][kind]["all"][0]
        numbers = (whole["interviews_per_100"], told["mean"], told["matched"], told["unmatched"])
        rows.append((words, *(f"{number:.1f}" for number in numbers)))
    expected, got = document["expected_interviews"], document["groups"]["us_img"]["all"][0]
    where = _where(got["interviews_per_100"], expected)
    yield (
        f"Interviews offered, as means. Of US-citizen IMGs {expected['low']:g} to {expected['high']:g} in "
        f"100 applications are expected; these are {where} that:"
    )
    yield _table(("", "In 100 applications", "Each", "Who match", "Who do not"), rows)
    ranks = document.get("rank_lengths")
    if ranks:
        yield (
            f"Headline means of the length of rank lists are {ranks['matched']:g} for US-citizen IMGs who "
            f"matched and {ranks['unmatched']:g} for those who did not; not fitted to here. A rank list "
            "holds interviews that were attended, so those with very many offers rank fewer."
        )
    for name, title in GROUP_WORDS.items():
        yield f"### {title}"
        yield _groups(document, name)
    yield "### IMGs among those who match, by specialty"
    yield _specialties(document)


def _where(value: float, span: Mapping[str, float]) -> str:
    return "below" if value < span["low"] else "above" if value > span["high"] else "within"


def _groups(document: Document, name: str) -> str:
    by_kind = {
        kind: {group["name"]: group for group in document["groups"][kind][name]} for kind in KIND_WORDS
    }
    rows = [
        (label, *(_group(by_kind[kind].get(label)) for kind in KIND_WORDS)) for label in bands(document, name)
    ]
    return _table(("P(match), people", *KIND_WORDS.values()), rows)


def bands(document: Document, name: str) -> list[str]:
    """The groups of this name that anyone of any kind is in, in order."""
    found = {group["name"] for kind in KIND_WORDS for group in document["groups"][kind][name]}
    return sorted(found, key=_order)


def _order(label: str) -> tuple[int, int, str]:
    """Bands by where they begin, the open one below first; other names by the alphabet."""
    first = label.split(maxsplit=1)[0]
    return (1, int(first), "") if first.isdigit() else (0, 0, label)


def _group(group: Mapping[str, Any] | None) -> str:
    return "–" if group is None else f"{_percent(group['match'])}, {group['people']}"


def _specialties(document: Document) -> str:
    kinds = ("us_img", "non_us_img")
    shares = {(row["specialty"], row["kind"]): row for row in document["specialties"]}
    names = sorted({name for name, _ in shares})
    rows = []
    for name in names:
        cells = []
        for kind in kinds:
            row = shares.get((name, kind))
            cells += ["–", "–"] if row is None else [_percent(row["implied"]), _percent(row["headline"])]
        rows.append((name, *cells))
    heads = ("Specialty", "US IMGs, implied", "headline", "non-US IMGs, implied", "headline")
    return _table(heads, rows)


def _samples(document: Document) -> str:
    rows = [
        (f"`{row['name']}`", row["title"], _percent(row["match"]), _span(row["low"], row["high"], "{:.1%}"))
        for row in document["samples"]
    ]
    return (
        "P(match) of each sample's recommended list, with signals on the best of it, as fitted and at either "
        "end of the range of what was fitted; the other parameters as stated.\n\n"
    ) + _table(("Sample", "", "P(match)", "Over the range of the fitted parameter"), rows)


def _sensitivity(document: Document) -> str:
    found = sorted(document["sensitivity"], key=lambda row: -max(abs(x) for x in row["intercepts"].values()))
    samples = [row["name"] for row in document["samples"]]
    rows = []
    for row in found[:SHOWN]:
        shifts = [_shift(row["intercepts"].get(kind), "{:+.2f}") for kind in KIND_WORDS]
        points = [_shift(row["samples"].get(name), "{:+.1%}") for name in samples]
        rows.append((f"`{row['name']}` = {row['value']:g}", *shifts, *points))
    head = (
        "Every parameter with a range at either end, one at a time, the rest as stated, refitted: the shift "
        "of each intercept, and of the P(match) of the samples' lists (kept as they are). The "
        f"{min(SHOWN, len(found))} largest of {len(found)}; all are in `fixtures/calibration.json`. "
        "Parameters of the model are refitted for IMGs alone."
    )
    table = _table(
        ("Parameter", *(f"`{kind}`" for kind in KIND_WORDS), *(f"`{name}`" for name in samples)), rows
    )
    none = ", ".join(f"`{name}`" for name in document["without_effect"]) or "none"
    return f"{head}\n\n{table}\n\nWithout any effect: {none}. How facts fade (`fact.*`) is not varied."


def _shift(value: float | None, form: str) -> str:
    return "" if value is None else form.format(value)


def _span(low: float | None, high: float | None, form: str) -> str:
    return "–" if low is None or high is None else f"{form.format(low)} to {form.format(high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _table(names: Row, rows: Iterable[Row]) -> str:
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
