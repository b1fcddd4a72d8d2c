import pytest

from matching.list_forms import NOTE_MOST, ButtonForm, PasteForm, sent_read
from matching.list_state import Edit


def test_sent_read_takes_every_row_and_the_button() -> None:
    sent = sent_read(
        {"version": "7", "do": "up:sp00002", "place-sp00001": "1", "status-sp00001": "applied",
         "signal-sp00001": "gold", "note-sp00001": " Ask\x00 ", "status-sp00002": "plan"}
    )  # fmt: skip
    assert (sent.version, sent.do, sent.program) == (7, "up", "sp00002")
    assert sent.edits == {"sp00001": Edit(1, "gold", "applied", "Ask"), "sp00002": Edit(status="plan")}
    assert (sent.move, sent.remove, sent.errors) == (("sp00002", -1), "", {})


def test_sent_read_of_a_button_to_remove() -> None:
    sent = sent_read({"do": "remove:sp00001"})
    assert (sent.remove, sent.move, sent.version) == ("sp00001", None, 0)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("note", "x" * (NOTE_MOST + 1), "501 characters"),
        ("status", "hired", "“hired” is no status"),
        ("signal", "platinum", "“platinum” is no signal"),
        ("place", "first", "“first” is no place"),
        ("place", "0", "“0” is no place"),
        ("place", "99999999999", "is no place"),
    ],
)
def test_sent_read_names_what_is_wrong_and_keeps_it(name: str, value: str, said: str) -> None:
    sent = sent_read({"status-sp00001": "plan", "note-sp00001": "kept", f"{name}-sp00001": value})
    assert said in sent.errors["sp00001"]
    assert name == "place" or getattr(sent.edits["sp00001"], name) == value


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_sent_read_of_a_version_that_is_none(version: str) -> None:
    assert sent_read({"version": version}).version == 0


@pytest.mark.parametrize("program", ["", "sp1", "sp00001\n", "../../x"])
def test_button_form_wants_an_id(program: str) -> None:
    assert not ButtonForm({"program": program}).is_valid()


def test_paste_form_says_how_much_may_be_read() -> None:
    assert PasteForm({"text": "a\n" * PasteForm.LINES}).is_valid()
    for text in ("", " \n\t\n", "a\n" * (PasteForm.LINES + 1), "é" * 40_000, "x" * 70_000):
        assert PasteForm({"text": text}).errors["text"]
