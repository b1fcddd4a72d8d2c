"""Our fields, kind by kind: what a file's columns can be taken for, and what a cell there may say."""

from dataclasses import dataclass

from programs.fact_fields import FACT_FIELDS
from programs.search import normalise


@dataclass(frozen=True, slots=True)
class Target:
    """``alike``: names that such columns bear elsewhere, beside its own name and label."""

    name: str
    label: str
    group: str
    alike: tuple[str, ...] = ()
    help: str = ""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(
            normalise(text) for text in (self.name.replace("_", " "), self.name, self.label, *self.alike)
        )


WHICH = (
    Target("id", "Our id", "Which program", ("smartpick id", "program id", "sp id"), "such as sp01234"),
    Target("acgme_id", "ACGME id", "Which program",
           ("acgme", "acgme program id", "acgme code", "program code", "acgme number"),
           "ten digits"),
    Target("nrmp_code", "NRMP code", "Which program",
           ("nrmp", "nrmp program code", "nrmp id", "program number", "nrmp program number"),
           "nine characters, such as 1049140C0"),
    Target("program_name", "Program name", "Which program", ("program", "name", "program title")),
    Target("specialty", "Specialty", "Which program", ("specialty name", "discipline")),
    Target("state", "State", "Which program", ("st", "program state"), "CA or California"),
    Target("track", "Track", "Which program", ("track name", "program type code")),
)  # fmt: skip
SOURCE = (
    Target("source_url", "Address of the page", "Source", ("url", "source url", "link", "web address")),
    Target("source", "Source in words", "Source", ("source name",)),
    Target("source_kind", "Kind of source", "Source", ()),
    Target("page_year", "Year of the page", "Source", ("year", "page year")),
    Target("season", "Season", "Source", ("match year", "academic year")),
    Target("observed_on", "Seen on", "Source",
           ("date", "last updated", "updated", "date updated", "as of"), "2026-11-22"),
    Target("confidence", "Confidence", "Source", ()),
    Target("note", "Note", "Source", ("paraphrase", "comment", "comments", "remarks")),
)  # fmt: skip
PROGRAMS = (
    *WHICH,
    Target("institution", "Institution", "The program",
           ("sponsor", "sponsoring institution", "institution name", "sponsoring institution name")),
    Target("city", "City", "The program", ("program city",)),
    Target("county", "County", "The program", ("program county",)),
    Target("aliases", "Other names", "The program", ("alias", "also known as"), "joined by ;"),
    Target("same_as", "Same as", "The program", ("duplicate of",), "our id of the better known listing"),
    Target("retired_on", "Retired on", "The program", ("closed on", "withdrawn on"), "2026-06-30"),
    Target("last_listed_year", "Last listed in", "The program", ("last listed year",)),
    Target("listing_status", "Listing", "The program", ("listing status",)),
    Target("latitude", "Latitude", "The program", ("lat",)),
    Target("longitude", "Longitude", "The program", ("lon", "lng", "long")),
    Target("source_url", "Address of the page", "The program", ("url", "source url", "link")),
    Target("reason", "Reason", "The program", ("why",), "why a column of ours is decided otherwise"),
)  # fmt: skip
LONG = (
    Target("field", "Field", "One fact a row", ("fact", "fact field"), "such as min_step2ck"),
    Target("value", "Value", "One fact a row", ("typed value",)),
    Target("value_as_stated", "As stated", "One fact a row", ("statement", "value as stated", "stated")),
    Target("strictness", "Strictness", "One fact a row", ("strict",)),
)
WIDE_ALIKE: dict[str, tuple[str, ...]] = {
    "min_step2ck": (
        "minimum step 2 ck score",
        "step 2 ck minimum",
        "usmle step 2 minimum score",
        "min step 2",
    ),
    "min_step1": ("minimum step 1 score", "step 1 minimum", "usmle step 1 minimum score", "min step 1"),
    "avg_step2ck": ("average step 2 ck score", "mean step 2 ck", "step 2 ck mean"),
    "accepts_img": ("accepts imgs", "accepts img", "img friendly"),
    "visa_j1": ("j1 visa", "j 1 visa sponsorship", "j1", "sponsors j1"),
    "visa_h1b": ("h1b visa", "h 1b visa sponsorship", "h1b", "sponsors h1b"),
    "positions_pgy1": ("pgy 1 positions", "first year positions", "quota", "positions offered"),
    "max_years_since_graduation": ("years since graduation", "max years since graduation", "yog limit"),
    "usce_months_required": ("us clinical experience months", "usce months"),
    "letters_required": ("letters of recommendation", "number of letters"),
    "interviews_offered": ("interviews", "number of interviews", "interviews conducted"),
    "applications_received": ("applications", "number of applications", "applicants"),
    "residents_total": ("total residents", "number of residents"),
    "residents_img": ("img residents", "number of imgs"),
}
FACTS = (
    *WHICH,
    *LONG,
    *SOURCE,
    *(
        Target(name, entry.label, "One column a fact", WIDE_ALIKE.get(name, ()),
               ", ".join(entry.codes) if entry.kind == "code" else "")
        for name, entry in FACT_FIELDS.items()
    ),
)  # fmt: skip
ROSTERS = (
    *WHICH,
    Target("class_year", "Class year", "The resident",
           ("start year", "entering year", "year began", "pgy1 year"), "the year they began"),
    Target("school", "Medical school", "The resident", ("school", "medical school name", "university")),
    Target("country", "Country of the school", "The resident", ("country", "school country"), "two letters"),
    Target("kind", "Kind", "The resident", ("img", "type", "graduate type"),
           "us_img, non_us_img, img, us_md, us_do, unknown"),
    Target("complete", "Names every resident", "Source", (), "yes or no"),
    *(entry for entry in SOURCE if entry.name in
      ("season", "source_url", "source", "source_kind", "observed_on")),
)  # fmt: skip

TARGETS: dict[str, tuple[Target, ...]] = {"programs": PROGRAMS, "facts": FACTS, "rosters": ROSTERS}


def targets(kind: str) -> dict[str, Target]:
    return {target.name: target for target in TARGETS[kind]}
