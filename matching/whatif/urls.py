from django.urls import URLPattern, URLResolver, path

from matching.whatif import kept_views, views

HERE = "matches/<uuid:match_id>/what-if/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("what-if/", views.latest, name="what_if_latest"),
    path(HERE, views.what_if, name="what_if"),
    path(f"{HERE}try/", views.change, name="what_if_try"),
    path(f"{HERE}undo/", views.undo, name="what_if_undo"),
    path(f"{HERE}baseline/", views.baseline, name="what_if_baseline"),
    path(f"{HERE}anew/", views.anew, name="what_if_anew"),
    path(f"{HERE}keep/", kept_views.keep, name="what_if_keep"),
    path(f"{HERE}<int:place>/open/", kept_views.reopen, name="what_if_open"),
    path(f"{HERE}<int:place>/delete/", kept_views.drop, name="what_if_delete"),
    path(f"{HERE}<int:place>/share/", kept_views.share, name="what_if_share"),
    path(f"{HERE}<int:place>/revoke/", kept_views.revoke, name="what_if_revoke"),
    path(f"{HERE}<int:place>/plan/", kept_views.plan, name="what_if_plan"),
    path("w/<slug:token>/", kept_views.shared, name="what_if_shared"),
]
