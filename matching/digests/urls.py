"""Addresses of what a new catalogue changes for a list, and of ending the mail about it."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
