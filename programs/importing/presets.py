"""Layouts of exports that a licence holder may have, so that their columns need not be named by hand.

We hold no such file. The names are those these exports are understood to use; whoever holds a licence checks
them against her file on the page of columns, where each can be changed. None of their data is shipped.
"""

from dataclasses import dataclass, field

Names = tuple[str, ...]
NOTHING_SAID = "n/a; na; -; --; not reported; not available; no response; unknown"
YES_WORDS = {"accepted": "yes", "sponsored": "yes", "not accepted": "no", "not sponsored": "no"}


@dataclass(frozen=True, slots=True)
class Preset:
    """``columns``: our field to the names its column may bear, the likeliest first."""

    code: str
    label: str
    kind: str
    columns: dict[str, Names]
    defaults: dict[str, str]
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


_FREIDA_WHICH: dict[str, Names] = {
    "acgme_id": ("Program ID", "ACGME Program ID", "Program Code"),
    "program_name": ("Program Name", "Program"),
    "specialty": ("Specialty", "Specialty Name"),
    "state": ("State", "Program State"),
}
_DIRECTORY = {"source_kind": "directory", "confidence": "medium", "blanks": NOTHING_SAID, "tracks": "all"}
_ALL = (
    Preset(
        "freida-facts",
        "FREIDA program table: facts",
        "facts",
        {
            **_FREIDA_WHICH,
            "positions_pgy1": ("Year 1 Positions", "First Year Positions", "Number of Year 1 Positions"),
            "interviews_offered": ("Interviews Conducted", "Number of Interviews Last Year"),
            "min_step1": ("Minimum Step 1 Score", "USMLE Step 1 Minimum Score"),
            "min_step2ck": ("Minimum Step 2 Score", "USMLE Step 2 Minimum Score", "Minimum Step 2 CK Score"),
            "letters_required": ("Letters of Recommendation Required", "Number of Letters Required"),
            "visa_j1": ("J-1 Visa", "J1 Visa Sponsorship"),
            "visa_h1b": ("H-1B Visa", "H1B Visa Sponsorship"),
            "observed_on": ("Last Updated", "Survey Received"),
        },
        {**_DIRECTORY, "source": "FREIDA", "strictness": "statement"},
        {"visa_j1": YES_WORDS, "visa_h1b": YES_WORDS},
    ),
    Preset(
        "freida-programs",
        "FREIDA program table: programs",
        "programs",
        {
            **_FREIDA_WHICH,
            "institution": ("Sponsoring Institution", "Sponsor"),
            "city": ("City", "Program City"),
            "nrmp_code": ("NRMP Code", "NRMP Program Code"),
        },
        {"blanks": NOTHING_SAID, "reason": "FREIDA says so"},
    ),
    Preset(
        "residency-explorer",
        "Residency Explorer table: facts",
        "facts",
        {
            "acgme_id": ("ACGME Program ID", "ACGME ID", "Program ID"),
            "program_name": ("Program Name",),
            "specialty": ("Specialty",),
            "state": ("State",),
            "positions_pgy1": ("Number of Positions", "PGY-1 Positions"),
            "applications_received": ("Number of Applicants", "Applicants"),
            "interviews_offered": ("Number of Applicants Interviewed", "Interviews"),
            "residents_total": ("Number of Residents", "Residents"),
            "avg_step2ck": ("Average Step 2 CK Score", "Mean Step 2 CK"),
            "visa_j1": ("J-1 Visa Sponsorship", "J-1"),
            "visa_h1b": ("H-1B Visa Sponsorship", "H-1B"),
            "season": ("Season", "ERAS Season"),
        },
        {**_DIRECTORY, "source": "Residency Explorer", "strictness": "statement"},
        {"visa_j1": YES_WORDS, "visa_h1b": YES_WORDS},
    ),
    Preset(
        "nrmp-results",
        "NRMP program results: positions",
        "facts",
        {
            "nrmp_code": ("Program Code", "NRMP Program Code", "Code"),
            "program_name": ("Program Name", "Program"),
            "state": ("State", "Program State"),
            "positions_pgy1": ("Quota", "Positions Offered"),
            "season": ("Match Year", "Year"),
        },
        {
            "source": "NRMP program results",
            "source_kind": "association_page",
            "confidence": "high",
            "strictness": "count",
            "blanks": NOTHING_SAID,
            "tracks": "one",
        },
    ),
)
PRESETS: dict[str, Preset] = {preset.code: preset for preset in _ALL}
