from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from matching.views.accounts import signup

admin.site.site_header = admin.site.site_title = "SmartPick"
admin.site.index_title = "Desk"
admin.site.enable_nav_sidebar = False  # tables need the width; the crumbs and the index lead everywhere

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/signup/", signup, name="signup"),
    path("programs/", include("matching.program_urls")),
    path("api/v1/", include("smartpick.api")),
    path("", include("matching.urls")),
]
