"""The part of the desk where answers are read: saved lists first of all."""

from matching.admin.api_key import ApiKeyAdmin
from matching.admin.match import MatchAdmin
from matching.admin.profile import ReviewProfileAdmin
from matching.admin.run import MatchRunAdmin
from matching.admin.saved_list import SavedListAdmin

__all__ = ["ApiKeyAdmin", "MatchAdmin", "MatchRunAdmin", "ReviewProfileAdmin", "SavedListAdmin"]
