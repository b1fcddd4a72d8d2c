from django.contrib import admin

from applicants.admin import ProfileAdmin
from applicants.models import Profile
from matching.admin.people import Guarded
from matching.caseload import profiles_visible

# Profiles know nothing of lists; who advises on lists sees the profiles behind them and no other.
admin.site.unregister(Profile)


@admin.register(Profile)
class ReviewProfileAdmin(Guarded[Profile], ProfileAdmin):
    visible = staticmethod(profiles_visible)
