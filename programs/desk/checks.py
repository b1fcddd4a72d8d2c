"""Which facts wait for a second reader: rules that may close a program to an applicant."""

from programs.choices import CheckState, Strictness

# The fields that gates read; a test beside the gates keeps the two lists the same.
GATED_FIELDS = frozenset(
    {
        "accepts_img", "ecfmg_required_at", "max_attempts_step1", "max_attempts_step2ck",
        "max_years_since_graduation", "military_service", "min_step1", "min_step2ck", "step1_passed",
        "step3_for_h1b", "us_citizen_or_pr_only", "usce_months_required", "visa_h1b", "visa_j1",
    }
)  # fmt: skip
# Of these a plain statement binds as a rule does: "We do not sponsor visas" needs no more words.
BINDING_FIELDS = frozenset(
    {
        "accepts_img", "ecfmg_required_at", "military_service", "step1_passed", "step3_for_h1b",
        "us_citizen_or_pr_only", "visa_h1b", "visa_j1",
    }
)  # fmt: skip


def check_state_for(strictness: str, field: str) -> CheckState:
    """How a fact that one person entered begins. (Files are reviewed before they are shipped.)"""
    strict = strictness == Strictness.STRICT and field in GATED_FIELDS
    binds = strictness == Strictness.STATEMENT and field in BINDING_FIELDS
    return CheckState.WAITING if strict or binds else CheckState.NOT_NEEDED
