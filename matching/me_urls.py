from django.urls import path

from matching.views import me, waiting

urlpatterns = [
    path("matches/<uuid:match_id>/cancel/", waiting.cancel, name="cancel"),
    path("me/", me.me, name="me"),
    path("me/export/", me.export, name="me_export"),
    path("me/delete/", me.delete, name="me_delete"),
    path("me/profiles/", me.profiles, name="me_profiles"),
]
