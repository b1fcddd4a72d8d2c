"""The made-up applicant and program of the worked example in docs/scoring.md."""

from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Service, Tie
from programs.snapshot import FactValue, TrackRow

SPECIALTY = "internal-medicine"
EXAMPLE_APPLICANT = Applicant(
    applicant_type="us_img",
    graduation_year=2024,
    visa_needed="none",
    ecfmg_certified=True,
    step1=Exam("pass", None, 1),
    step2ck=Exam("pass", 224, 1),
    step3=Exam("not_taken", None, 0),
    specialties=(SPECIALTY,),
    experience=(Experience("elective", 12, "NY", None, None, SPECIALTY),),
    letters=(Letter("us_academic", "NY", None, None, SPECIALTY),),
    research_publications=0,
    service=(Service("free_clinic", 6),),
    languages=("en",),
    ties=(Tie("family", "NJ"),),
    red_flags=(),
)
# field, value, seasons since the page was written, facts that say otherwise
EXAMPLE_FACTS: tuple[tuple[str, float | str, int, int], ...] = (
    ("program_type", "community", 0, 0),
    ("safety_net", "yes", 0, 0),
    ("accepts_img", "yes", 4, 0),
    ("holistic_review", "yes", 0, 1),
    ("avg_step2ck", 236.0, 2, 0),
    ("residents_us_img", 6.0, 2, 0),
    ("residents_total", 30.0, 2, 0),
)
IN_WORDS = (
    "A US-citizen IMG, graduated 2024: both steps passed at the first attempt, Step 2 CK 224; a 12-week "
    "elective in internal medicine and a letter from an academic internist in New York, six months in a "
    "free clinic, family in New Jersey, no publications, nothing to explain. A made-up community "
    "program in Brooklyn, a safety net: its pages say that it takes IMGs (four seasons ago) and that it "
    "reads files whole (another page says otherwise); two seasons ago 6 of its 30 residents were US- "
    "citizen IMGs, and their mean Step 2 CK was 236. It states no rules."
)


def example_track(season: str) -> TrackRow:
    """The made-up program, as the catalogue would hold it."""
    year = int(season) - 1
    facts = {
        name: FactValue(
            i, name, value, str(value), "statement", "", "program_page", year - age, None, "high", others
        )
        for i, (name, value, age, others) in enumerate(EXAMPLE_FACTS, start=1)
    }
    return TrackRow(
        id="sp00000",
        program_key="example",
        acgme_id=None,
        nrmp_code=None,
        specialty=SPECIALTY,
        track="categorical",
        name="Example program",
        institution="Example hospital",
        city="Brooklyn",
        county="Kings",
        state="NY",
        latitude=None,
        longitude=None,
        last_listed_year=year,
        listing_status="current",
        ring="national",
        in_los_angeles_county=False,
        same_as=None,
        facts=facts,
    )
