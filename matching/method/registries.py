"""What the pages tell from files: sources and rights, limits and known failures, versions of the model."""

from dataclasses import dataclass
from itertools import groupby

from programs.reference import reference_rows

LIMIT_KINDS = {
    "limit": "What it cannot see",
    "failure": "Where it is known to be wrong",
    "data": "What is wrong or thin in the data",
}
UNCHECKED = "not-validated"


@dataclass(frozen=True, slots=True)
class Source:
    """``rows`` are counted in the file; None where it is no table of ours."""

    file: str
    what: str
    origin: str
    rights: str
    age: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Limit:
    id: str
    title: str
    what: str
    touches: str
    since: str
    known_by: str
    next_step: str


@dataclass(frozen=True, slots=True)
class LimitGroup:
    title: str
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """``value``, ``low``, ``high``: the first sample person's chance of a match by that version; None where
    it was not measured."""

    version: str
    since: str
    released: bool
    what: str
    effect: str
    value: float | None
    low: float | None
    high: float | None

    @property
    def sample_words(self) -> str:
        if self.value is None or self.low is None or self.high is None:
            return "not measured"
        return f"{100 * self.value:.0f} ({100 * self.low:.0f} to {100 * self.high:.0f})"


def sources_shipped() -> tuple[Source, ...]:
    """Every file that is shipped, with its rows counted."""
    return tuple(source for source, shipped in _sources() if shipped)


def sources_not_shipped() -> tuple[Source, ...]:
    return tuple(source for source, shipped in _sources() if not shipped)


def _sources() -> list[tuple[Source, bool]]:
    return [
        (
            Source(row["file"], row["what"], row["origin"], row["rights"], row["age"], _rows(row["file"])),
            row["shipped"] == "yes",
        )
        for row in reference_rows("data_sources")
    ]


def _rows(file: str) -> int | None:
    return len(reference_rows(file.removesuffix(".csv"))) if file.endswith(".csv") else None


def limit_groups(*, checked: bool = False) -> tuple[LimitGroup, ...]:
    """In the order of the file, kinds in the order they are named here. ``checked``: the model was held
    against outcomes, and the report card says of whom."""
    told = (row for row in reference_rows("known_limits") if not (checked and row["id"] == UNCHECKED))
    rows = sorted(told, key=lambda row: list(LIMIT_KINDS).index(row["kind"]))
    return tuple(
        LimitGroup(LIMIT_KINDS[kind], tuple(_limit(row) for row in members))
        for kind, members in groupby(rows, key=lambda row: row["kind"])
    )


def _limit(row: dict[str, str]) -> Limit:
    return Limit(
        row["id"], row["title"], row["what"], row["touches"], row["since"], row["known_by"], row["next_step"]
    )


def versions() -> tuple[Version, ...]:
    """The newest first."""
    return tuple(
        Version(
            row["version"],
            row["since"],
            row["released"] == "yes",
            row["what"],
            row["effect"],
            *(float(row[name]) if row[name] else None for name in ("sample", "sample_low", "sample_high")),
        )
        for row in reversed(reference_rows("model_versions"))
    )
