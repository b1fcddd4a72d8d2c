from dataclasses import dataclass

import pytest
from django.template import Context, Template

from matching.presentation.named import Named


@dataclass(frozen=True, slots=True)
class Pair(Named):
    left: str
    right: str

    @property
    def both(self) -> str:
        return self.left + self.right


def test_named_members_are_found_as_in_a_mapping() -> None:
    pair = Pair("a", "b")
    assert (pair["left"], pair["right"], pair["both"]) == ("a", "b", "ab")
    with pytest.raises(AttributeError):
        pair["middle"]


def test_named_reads_in_a_template_as_before() -> None:
    text = Template("{{ pair.left }}{{ pair.both }}{{ pair.middle }}{% if pair %}!{% endif %}")
    assert text.render(Context({"pair": Pair("<", "b")})) == "&lt;&lt;b!"
