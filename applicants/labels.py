"""The plain words of every enumeration of a profile, in the order a form shows them."""

APPLICANT_TYPES = {
    "us_img": "US citizen, medical school outside the US (US-citizen IMG)",
    "non_us_img": "Not a US citizen, medical school outside the US (non-US IMG)",
    "us_md": "US MD school",
    "us_do": "US DO school",
}
EXAM_STATUSES = {
    "pass": "Passed",
    "fail": "Failed, not passed since",
    "pending": "Taken, waiting for the result",
    "not_taken": "Not taken yet",
}
RINGS = {
    "los-angeles": "Greater Los Angeles",
    "california": "Elsewhere in California",
    "west-coast": "Elsewhere on the West Coast",
    "national": "Elsewhere in the US",
}
WISHED_RINGS = {
    "los-angeles": "Greater Los Angeles",
    "california": "California",
    "west-coast": "The West Coast",
    "national": "Anywhere in the US",
}
EXPERIENCE_KINDS = {
    "core_clerkship": "Core clerkship (hands-on)",
    "elective": "Elective (hands-on)",
    "sub_internship": "Sub-internship (hands-on)",
    "externship": "Externship (hands-on)",
    "observership": "Observership",
    "research": "Research",
}
LETTER_AUTHORS = {
    "us_academic": "US physician at a teaching hospital",
    "us_clinical": "US physician in practice",
    "non_us": "Physician outside the US",
}
SERVICE_FOCUSES = {
    "free_clinic": "Free clinic",
    "underserved": "Underserved patients",
    "rural": "Rural community",
    "community_health": "Community health",
    "veterans": "Veterans",
    "other": "Other service",
}
TIE_KINDS = {
    "family": "Family lives there",
    "residence": "I live there",
    "grew_up": "I grew up there",
    "education": "I studied there",
    "work": "I worked there",
}
RED_FLAGS = {
    "gap_unexplained": "A gap of three months or more that my application does not explain",
    "professionalism": "A professionalism issue on record, such as a leave, a dismissal or a probation",
}
VISA_NEEDS = {
    "none": "No visa needed",
    "j1": "J-1",
    "h1b": "H-1B",
    "either": "J-1 or H-1B, either will do",
}
PROGRAM_TYPES = {
    "university": "University",
    "university-affiliated": "University-affiliated",
    "community": "Community",
    "safety-net": "Safety-net hospital",
    "military": "Military",
}
# Countries and languages most often met among US IMGs and their patients, offered before the whole list.
COMMON_COUNTRIES = ("DM", "GD", "AG", "KN", "LC", "VC", "BB", "MX", "IE", "PL", "IL", "IN", "PK", "PH")
COMMON_LANGUAGES = ("en", "es", "zh", "tl", "vi", "ko", "hy", "fa", "ru", "ar")
