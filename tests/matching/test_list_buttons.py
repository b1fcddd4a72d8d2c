import re
import uuid

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from matching.models import Match
from matching.views.list_buttons import NAME, PROGRAM, list_buttons

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("name", ["Olive View", "R&D <b>", f"{NAME} of {PROGRAM}"])
def test_list_buttons_are_the_button_drawn_alone(name: str, listed: bool) -> None:
    request = RequestFactory().get("/matches/", {"all": f"reach {NAME}"})
    match = Match(pk=uuid.UUID(int=7))
    alone = render_to_string(
        "matching/_list_button.html",
        {"program": "sp00001", "name": name, "listed": listed, "match": match.pk},
        request,
    )
    drawn = list_buttons(request, match).drawn("sp00001", name, listed=listed)
    assert TOKEN.sub("", drawn) == TOKEN.sub("", alone)
    assert "sp00001" in drawn
