"""Addresses where an applicant sends a list to an advisor and answers what she proposes."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
