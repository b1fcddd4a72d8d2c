"""What may be written of reviews. One call is one transaction with its event in it: all of it or nothing."""

from matching.review.faults import (
    AlreadyClaimed,
    PatchInvalid,
    PatchNoLongerFits,
    ReviewNotPossible,
    StepNotPossible,
)

from .approving import approval_check, review_approve, review_reopen
from .asks import facts_ask
from .desk import review_claim, review_hand_over, review_release, review_snooze
from .patches import patch_add, patch_change, patch_withdraw, patches_send
from .risks import risk_write, risks_refresh
from .sending import review_resubmit, review_submit, review_withdraw
from .settling import patch_settle

__all__ = [
    "AlreadyClaimed",
    "PatchInvalid",
    "PatchNoLongerFits",
    "ReviewNotPossible",
    "StepNotPossible",
    "approval_check",
    "facts_ask",
    "patch_add",
    "patch_change",
    "patch_settle",
    "patch_withdraw",
    "patches_send",
    "review_approve",
    "review_claim",
    "review_hand_over",
    "review_release",
    "review_reopen",
    "review_resubmit",
    "review_snooze",
    "review_submit",
    "review_withdraw",
    "risk_write",
    "risks_refresh",
]
