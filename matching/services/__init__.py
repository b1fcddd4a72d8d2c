"""What may be written of runs, matches and lists. One call is one transaction, and all of it or nothing."""

from .lists import ListNameInvalid, ListNotReady, list_delete, list_rename, list_save
from .matches import MatchHasLists, match_delete, match_start, matches_claim, run_delete_unowned
from .ring import run_ring, runs_unheard_take
from .score import TRANSIENT_ERRORS, run_score

__all__ = [
    "TRANSIENT_ERRORS",
    "ListNameInvalid",
    "ListNotReady",
    "MatchHasLists",
    "list_delete",
    "list_rename",
    "list_save",
    "match_delete",
    "match_start",
    "matches_claim",
    "run_delete_unowned",
    "run_ring",
    "run_score",
    "runs_unheard_take",
]
