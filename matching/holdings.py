import uuid

from applicants.models import Profile, ProfileDraft
from matching.models import ListLink, Match, SavedList
from programs.models import FactReport


def visitor_holdings(visitor: uuid.UUID | None) -> dict[str, int]:
    """How many rows of each kind a session owns."""
    if visitor is None:
        return dict.fromkeys(("profiles", "drafts", "matches", "lists", "links", "reports"), 0)
    return {
        "profiles": Profile.objects.filter(visitor=visitor).count(),
        "drafts": ProfileDraft.objects.filter(visitor=visitor).count(),
        "matches": Match.objects.filter(visitor=visitor).count(),
        "lists": SavedList.objects.filter(visitor=visitor).count(),
        "links": ListLink.objects.filter(saved_list__visitor=visitor).count(),
        "reports": FactReport.objects.filter(reporter=visitor).count(),
    }
