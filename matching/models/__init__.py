"""Runs and their results, the matches people own, the lists they save, and the keys partners come with."""

from .api_key import ApiKey
from .idempotency_key import IdempotencyKey
from .list_entry import ListEntry
from .match import Match
from .run import MatchRun
from .saved_list import SavedList

__all__ = ["ApiKey", "IdempotencyKey", "ListEntry", "Match", "MatchRun", "SavedList"]
