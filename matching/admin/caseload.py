"""How the owner of a row is named at the desk, and where a link leads."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from matching.caseload import reviews_visible
from matching.models import Match, Review, SavedList


def owner_words(row: Match | SavedList) -> str:
    """The account's name and no more: a session's identifier or an e-mail address is not needed to advise."""
    if row.owner:
        return row.owner.get_full_name() or row.owner.get_username()
    if isinstance(row, Match) and row.api_key:
        return f"API key {row.api_key.prefix} ({row.api_key})"
    return "visitor without an account"


def desk_link(request: HttpRequest, row: Any, words: str) -> str:
    """A link to the row's page for whoever may open it, else the words alone."""
    options = row._meta
    if not request.user.has_perm(f"{options.app_label}.view_{options.model_name}"):
        return words
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, words)


def review_link(request: HttpRequest, saved_list: SavedList) -> str:
    """To the review a list is in, where she may open that; "" where it is in none."""
    open_now = reviews_visible(request.user).exclude(state=Review.State.WITHDRAWN)
    review = open_now.filter(saved_list=saved_list).only("pk", "code").first()
    return desk_link(request, review, f"Review {review.code}") if review else ""
