"""Parts that stand in every row of a long page, drawn once and not again for each."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from matching.views.list_buttons import ListButtons

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=8)
def tier_badge(tier: str) -> SafeString:
    """A tier without a count: there are only so many."""
    return render_to_string("_components/tier_badge.html", {"tier": tier, "count": ""})


@register.simple_tag
def list_button(buttons: "ListButtons", program: str, name: str, listed: frozenset[str]) -> SafeString:
    return buttons.drawn(program, name, listed=program in listed)
