"""The choices of a select as markup, made once each: a list of 300 programs has thousands of them."""

from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = mark_safe(" selected")  # our own words
Choices = tuple[tuple[str, str], ...]


@lru_cache(maxsize=512)
def select_options(choices: Choices, chosen: str) -> SafeString:
    """``choices``: value and label."""
    rows = ((value, SELECTED if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
