"""Runs and their results, the matches people own, the lists they save, and the keys partners come with."""

from .api_key import ApiKey, RetiredSecret
from .cohort import Cohort, CohortChunk
from .desk import SavedFilter, StaffAccess
from .digest import DigestChoice, DigestRun, ListDigest
from .idempotency_key import IdempotencyKey
from .list_entry import ListEntry
from .list_link import ListLink
from .list_version import ListVersion
from .match import Match
from .organisation import AdvisorGroup, Membership, Organisation
from .outcome import ChanceBefore, Outcome, OutcomeReport
from .plan import Plan, PlanStep
from .receipt import ModelVersion, Receipt
from .review import Review, ReviewVersion
from .review_event import ReviewEvent
from .review_patch import AdvisorMark, ReviewPatch
from .run import MatchRun
from .saved_list import SavedList
from .scenario import Scenario
from .webhook import Webhook, WebhookDelivery
from .worker_beat import WorkerBeat

__all__ = [
    "AdvisorGroup",
    "AdvisorMark",
    "ApiKey",
    "ChanceBefore",
    "Cohort",
    "CohortChunk",
    "DigestChoice",
    "DigestRun",
    "IdempotencyKey",
    "ListDigest",
    "ListEntry",
    "ListLink",
    "ListVersion",
    "Match",
    "MatchRun",
    "Membership",
    "ModelVersion",
    "Organisation",
    "Outcome",
    "OutcomeReport",
    "Plan",
    "PlanStep",
    "Receipt",
    "RetiredSecret",
    "Review",
    "ReviewEvent",
    "ReviewPatch",
    "ReviewVersion",
    "SavedFilter",
    "SavedList",
    "Scenario",
    "StaffAccess",
    "Webhook",
    "WebhookDelivery",
    "WorkerBeat",
]
