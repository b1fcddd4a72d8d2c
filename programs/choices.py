"""The closed vocabularies of the catalogue: one code a concept, the same in files, rows, API and pages."""

from django.db.models import TextChoices


class ApplicationService(TextChoices):
    ERAS = "eras", "ERAS"
    RESIDENCYCAS = "residencycas", "ResidencyCAS"


class Track(TextChoices):
    CATEGORICAL = "categorical", "Categorical"
    ADVANCED = "advanced", "Advanced"
    PRELIMINARY = "preliminary", "Preliminary"
    PRIMARY_CARE = "primary-care", "Primary care"
    TRANSITIONAL = "transitional", "Transitional year"
    UNKNOWN = "unknown", "Track not known"


class ListingStatus(TextChoices):
    CURRENT = "current", "Listed in 2024 or later"
    UNCONFIRMED = "unconfirmed", "Last seen in 2023"
    OLD = "old", "Not seen since 2022 or before"


class ProgramType(TextChoices):
    UNIVERSITY = "university", "University"
    UNIVERSITY_AFFILIATED = "university-affiliated", "University-affiliated"
    COMMUNITY = "community", "Community"
    SAFETY_NET = "safety-net", "Safety net"
    MILITARY = "military", "Military"


class Strictness(TextChoices):
    """How binding a statement is: a rule, a wish, a plain statement, or a number counted."""

    STRICT = "strict", "rule"
    PREFERENCE = "preference", "preference"
    STATEMENT = "statement", "statement"
    COUNT = "count", "count"


class Confidence(TextChoices):
    HIGH = "high", "high"
    MEDIUM = "medium", "medium"
    LOW = "low", "low"


class CheckState(TextChoices):
    """Whether a second person has to read a fact, and has."""

    NOT_NEEDED = "", "needs no second reader"
    WAITING = "waiting", "waits for a second reader"
    CONFIRMED = "confirmed", "read by a second person"
    REFUSED = "refused", "refused by the second reader"


# A fact in another state counts nowhere and is shown on the desk alone.
COUNTED = (CheckState.NOT_NEEDED, CheckState.CONFIRMED)


class SourceKind(TextChoices):
    """Nearest to the program first: the order in which sources are believed."""

    PROGRAM_PAGE = "program_page", "program's page"
    PROGRAM_FAQ = "program_faq", "program's questions and answers"
    ROSTER = "roster", "counted from a list of residents"
    HOSPITAL_GME_PAGE = "hospital_gme_page", "hospital's training page"
    GME_POLICY = "gme_policy", "sponsor's training policy"
    GOVERNMENT = "government", "government file"
    HOSPITAL_PAGE = "hospital_page", "hospital's page"
    ASSOCIATION_PAGE = "association_page", "association's page"
    DIRECTORY = "directory", "directory"
    NEWS = "news", "news"


class Ring(TextChoices):
    """Innermost first; each ring holds the ones before it."""

    LOS_ANGELES = "los-angeles", "Los Angeles"
    CALIFORNIA = "california", "California"
    WEST_COAST = "west-coast", "West Coast"
    NATIONAL = "national", "Nation"
