"""Addresses by which a plan leaves the site: the calendar link, the calendar file, the mail and its end."""

from django.urls import URLPattern, URLResolver, path

from matching.planning import feed_views as views

urlpatterns: list[URLPattern | URLResolver] = [
    path("plan/feed/<slug:token>.ics", views.feed, name="plan_feed"),
    path("plan/calendar.ics", views.download, name="plan_calendar"),
    path("plan/calendar/make/", views.make, name="plan_feed_make"),
    path("plan/calendar/revoke/", views.revoke, name="plan_feed_revoke"),
    path("plan/reminders/", views.remind, name="plan_remind"),
    path("plan/stop/<slug:token>/", views.stop, name="plan_stop"),
]
