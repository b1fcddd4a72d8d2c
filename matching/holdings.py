import uuid

from applicants.models import Profile, ProfileDraft
from matching.models import ListLink, Match, OutcomeReport, Plan, SavedList, Scenario
from matching.receipts.reading import receipts_for_request
from programs.models import FactReport


def visitor_holdings(visitor: uuid.UUID | None) -> dict[str, int]:
    """How many rows of each kind a session owns; nothing of nobody."""
    if visitor is None:
        return {}
    return {
        "profiles": Profile.objects.filter(visitor=visitor).count(),
        "drafts": ProfileDraft.objects.filter(visitor=visitor).count(),
        "matches": Match.objects.filter(visitor=visitor).count(),
        "receipts": receipts_for_request(visitor=visitor).count(),
        "scenarios": Scenario.objects.filter(match__visitor=visitor).count(),
        "plans": Plan.objects.filter(visitor=visitor).count(),
        "lists": SavedList.objects.filter(visitor=visitor).count(),
        "outcomes": OutcomeReport.objects.filter(saved_list__visitor=visitor).count(),
        "links": ListLink.objects.filter(saved_list__visitor=visitor).count(),
        "reports": FactReport.objects.filter(reporter=visitor).count(),
    }
