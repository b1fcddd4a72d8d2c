"""A browser in the words its owner uses for it. The library's own view lists the sessions, hence a filter."""

from django import template

register = template.Library()

# Each names itself after those it descends from: the most particular comes first.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def browser_told(user_agent: str) -> str:
    """``Firefox on Windows``; what is not recognised is called so."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser we do not know")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
