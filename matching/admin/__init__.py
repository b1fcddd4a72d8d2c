"""The part of the desk where answers are read: saved lists first of all."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import admin

from matching.admin.api_key import ApiKeyAdmin
from matching.admin.match import MatchAdmin
from matching.admin.outcome_report import OutcomeReportAdmin
from matching.admin.profile import ReviewProfileAdmin
from matching.admin.review.admin import ReviewAdmin
from matching.admin.run import MatchRunAdmin
from matching.admin.saved_list import SavedListAdmin

__all__ = [
    "ApiKeyAdmin",
    "MatchAdmin",
    "MatchRunAdmin",
    "OutcomeReportAdmin",
    "ReviewAdmin",
    "ReviewProfileAdmin",
    "SavedListAdmin",
]

# Addresses and sessions are their owners' own: nobody on the desk reads or proves them.
admin.site.unregister((EmailAddress, UserSession))
