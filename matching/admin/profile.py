from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from applicants.admin import ProfileAdmin
from applicants.models import Profile
from matching.admin.caseload import sees_all
from matching.models import SavedList

# Profiles know nothing of lists; who advises on lists sees the profiles behind them and no other.
admin.site.unregister(Profile)


@admin.register(Profile)
class ReviewProfileAdmin(ProfileAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Profile]:
        rows = super().get_queryset(request)
        if sees_all(request):
            return rows
        return rows.filter(Exists(SavedList.objects.filter(match__profile=OuterRef("pk"))))
