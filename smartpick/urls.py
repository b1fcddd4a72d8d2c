from allauth.account.views import login, logout, signup
from django.contrib import admin
from django.urls import include, path

from smartpick.staff.login import staff_login

admin.site.site_header = admin.site.site_title = "SmartPick"
admin.site.index_title = "Desk"
admin.site.enable_nav_sidebar = False  # tables need the width; the crumbs and the index lead everywhere

urlpatterns = [
    path("admin/login/", staff_login),
    path("admin/", admin.site.urls),
    # The names pages call them by; the library has its own for the same addresses.
    path("accounts/login/", login, name="login"),
    path("accounts/logout/", logout, name="logout"),
    path("accounts/signup/", signup, name="signup"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("programs/", include("matching.program_urls")),
    path("api/v1/", include("smartpick.api")),
    path("", include("matching.urls")),
]
