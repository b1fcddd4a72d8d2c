"""The buttons of a page that put its programs on the list, one beside each."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from matching.models import Match

# Stand for a program in a button drawn once for all of them: an address cannot hold this character.
PROGRAM, NAME = "\x01program", "\x01name"


@dataclass(frozen=True, slots=True)
class ListButtons:
    """One button in each state, filled in for each program."""

    adds: str
    removes: str

    def drawn(self, program: str, name: str, *, listed: bool) -> SafeString:
        button = self.removes if listed else self.adds
        return SafeString(button.replace(PROGRAM, escape(program)).replace(NAME, escape(name)))


def list_buttons(request: HttpRequest, match: Match) -> ListButtons:
    """``match``: what a first list is judged by."""
    adds, removes = (
        render_to_string(
            "matching/_list_button.html",
            {"program": PROGRAM, "name": NAME, "listed": listed, "match": match.pk},
            request,
        )
        for listed in (False, True)
    )
    return ListButtons(adds, removes)
