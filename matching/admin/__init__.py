"""The part of the desk where answers are read: saved lists first of all."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import admin

from matching.admin.access import StaffAccessAdmin
from matching.admin.accounts import AccountAdmin, RoleAdmin
from matching.admin.api_key import ApiKeyAdmin
from matching.admin.cohort import CohortAdmin
from matching.admin.match import MatchAdmin
from matching.admin.membership import MembershipAdmin
from matching.admin.organisation import AdvisorGroupAdmin, OrganisationAdmin
from matching.admin.outcome_report import OutcomeReportAdmin
from matching.admin.profile import ReviewProfileAdmin
from matching.admin.review.admin import ReviewAdmin
from matching.admin.run import MatchRunAdmin
from matching.admin.saved_list import SavedListAdmin
from matching.admin.webhook import WebhookAdmin, WebhookDeliveryAdmin

__all__ = [
    "AccountAdmin",
    "AdvisorGroupAdmin",
    "ApiKeyAdmin",
    "CohortAdmin",
    "MatchAdmin",
    "MatchRunAdmin",
    "MembershipAdmin",
    "OrganisationAdmin",
    "OutcomeReportAdmin",
    "ReviewAdmin",
    "ReviewProfileAdmin",
    "RoleAdmin",
    "SavedListAdmin",
    "StaffAccessAdmin",
    "WebhookAdmin",
    "WebhookDeliveryAdmin",
]

# Addresses and sessions are their owners' own: nobody on the desk reads or proves them.
admin.site.unregister((EmailAddress, UserSession))
