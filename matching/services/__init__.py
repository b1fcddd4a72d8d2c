"""What may be written of runs, matches and lists. One call is one transaction, and all of it or nothing."""

from .list_edit import list_add, list_edit, list_remove
from .list_order import list_sort
from .list_versions import NothingToUndo, list_restore, list_undo, list_version_name
from .lists import (
    ListNameInvalid,
    ListNotReady,
    list_copy,
    list_delete,
    list_rebase,
    list_rename,
    list_save,
    list_start,
)
from .matches import MatchHasLists, match_delete, match_start, matches_claim, run_delete_unowned
from .ring import run_ring, runs_unheard_take
from .score import TRANSIENT_ERRORS, run_score

__all__ = [
    "TRANSIENT_ERRORS",
    "ListNameInvalid",
    "ListNotReady",
    "MatchHasLists",
    "NothingToUndo",
    "list_add",
    "list_copy",
    "list_delete",
    "list_edit",
    "list_rebase",
    "list_remove",
    "list_rename",
    "list_restore",
    "list_save",
    "list_sort",
    "list_start",
    "list_undo",
    "list_version_name",
    "match_delete",
    "match_start",
    "matches_claim",
    "run_delete_unowned",
    "run_ring",
    "run_score",
    "runs_unheard_take",
]
