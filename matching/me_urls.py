from django.urls import path

from matching.views import me

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/export/", me.export, name="me_export"),
    path("me/delete/", me.delete, name="me_delete"),
    path("me/profiles/", me.profiles, name="me_profiles"),
]
