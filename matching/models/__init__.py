"""Runs and their results, the matches people own, the lists they save, and the keys partners come with."""

from .api_key import ApiKey
from .idempotency_key import IdempotencyKey
from .list_entry import ListEntry
from .list_link import ListLink
from .list_version import ListVersion
from .match import Match
from .outcome import ChanceBefore, Outcome, OutcomeReport
from .plan import Plan, PlanStep
from .receipt import ModelVersion, Receipt
from .run import MatchRun
from .saved_list import SavedList
from .scenario import Scenario
from .worker_beat import WorkerBeat

__all__ = [
    "ApiKey",
    "ChanceBefore",
    "IdempotencyKey",
    "ListEntry",
    "ListLink",
    "ListVersion",
    "Match",
    "MatchRun",
    "ModelVersion",
    "Outcome",
    "OutcomeReport",
    "Plan",
    "PlanStep",
    "Receipt",
    "SavedList",
    "Scenario",
    "WorkerBeat",
]
