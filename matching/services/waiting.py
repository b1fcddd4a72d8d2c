from django.db import transaction

from matching.models import Match, MatchRun

from .matches import match_delete


class MatchOver(Exception):
    """There is an answer already, or it is known that none will come: nothing is left to stop."""


@transaction.atomic
def match_cancel(*, match: Match) -> None:
    """Give up waiting: the match goes, and its run unless somebody else waits for it. Profile and draft stay.

    A worker amid that run finds its claim lost and writes nothing. Raises MatchOver, MatchHasLists.
    """
    run = MatchRun.objects.select_for_update().defer("result", "whole").get(pk=match.run_id)
    if run.state in (MatchRun.State.DONE, MatchRun.State.FAILED):
        raise MatchOver(run.state)
    match_delete(match=match)
