"""What an adviser gets on paper: words that can be read and searched, whatever the list holds."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from matching.exporting.columns import NOT_ADVICE
from matching.exporting.pdf import pdf_bytes
from matching.exporting.pdf_fonts import markup, printable
from matching.presentation.chance import chance_figure
from matching.presentation.shared_figures import shared_figures
from matching.presentation.shared_list import (
    ALL,
    LIST,
    NO_FLAGS,
    Inner,
    Odds,
    SharedList,
    SharedRow,
    Standing,
)
from matching.presentation.tiers import Reason
from tests.matching.presentation.samples import summary_of

MADE = datetime(2026, 11, 22, 18, 40, tzinfo=UTC)
CHANCE = chance_figure({"probability": 0.2, "low": 0.1, "high": 0.4}, 0.5)


def row(position: int, *, note: str = "", **values: Any) -> SharedRow:
    whole = SharedRow(
        position=position,
        id=f"sp{position:05d}",
        name=f"Hospital {position}",
        place="Los Angeles, CA",
        specialty="Internal medicine",
        acgme_id="0400521001",
        nrmp_code="1451120C0",
        odds=Odds("target", CHANCE, 0.1, 0.4),
        standing=Standing("plan to apply", "gold signal", ""),
        inner=Inner(False, (Reason("+", "Family in California", True),), (), note),
    )
    return replace(whole, **values)


def shared(*rows: SharedRow, **values: Any) -> SharedList:
    whole = SharedList(
        mode=ALL,
        name="Los Ángeles first",
        season="2027",
        changed_at=MADE,
        data_version="d-1",
        rows=rows,
        model_version="m-1",
        tier_counts=(("target", len(rows)),),
        scale_words="Each line runs from 0 to 50% interview.",
        figures=shared_figures(summary_of()),
    )
    return replace(whole, **values)


def read(document: SharedList) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_bytes(document, made=MADE)))


def words(document: SharedList) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in read(document).pages)


def test_pdf_is_letter_paper_with_title_author_and_language() -> None:
    reader = read(shared(row(1)))
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Los Ángeles first", "SmartPick")
    assert reader.metadata.subject == NOT_ADVICE
    assert str(reader.root_object["/Lang"]) == "en-US"


def test_pdf_every_page_says_which_it_is_what_made_it_and_that_it_is_no_advice() -> None:
    pages = read(shared(*(row(at) for at in range(1, 60)))).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"{number} of {len(pages)}" in text
        assert NOT_ADVICE in text
        assert "Made 22 November 2026, 18:40 UTC · Match of 2027 · data d-1 · model m-1" in text


def test_pdf_repeats_the_head_of_its_table() -> None:
    pages = [page.extract_text() for page in read(shared(*(row(at) for at in range(1, 60)))).pages]
    with_rows = [text for text in pages if re.search(r"Hospital \d", text)]
    assert all("Signal, status" in text for text in with_rows)


def test_pdf_holds_names_of_many_letters_and_replaces_the_rest() -> None:
    name, note = "Peña Žilina Łódź Ağrı Αθήνα", "Call 🙂👩‍⚕️ 日本語 back"
    text = words(shared(row(1, name=name, note=note)))
    assert name in text
    assert "Note: Call ? ? back" in text


@pytest.mark.parametrize(
    "odd",
    [
        "<b>bold",
        "Smith & Sons",
        "</para>",
        "\"quoted\" 'it'",
        "&amp;",
        "\x00\x1b\t\n",
        "x" * 400,
        "\ud800",
        "\u202e",
        "é",
    ],
)
def test_pdf_of_odd_text_is_made(odd: str) -> None:
    document = shared(row(1, name=odd, note=odd), name=odd or "x", note=odd)
    assert "1 of" in words(document)


def test_pdf_text_is_never_markup() -> None:
    assert markup("<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"
    assert "<b>A & B</b>" in words(shared(row(1, name="<b>A & B</b>")))


def test_pdf_tier_is_a_word_and_a_range_is_words() -> None:
    text = words(shared(row(1)))
    assert "target" in text
    assert "10\N{EN DASH}40%" in text


def test_pdf_of_a_closed_program_says_so() -> None:
    closed = row(1, odds=Odds("", None, None, None), inner=Inner(True, (), (), ""))
    assert "Closed by a stated rule" in words(shared(closed))


def test_pdf_of_the_programs_only_has_codes_and_no_numbers() -> None:
    plain = [row(at, odds=None, standing=None, inner=None) for at in range(1, 4)]
    text = words(shared(*plain, mode=LIST, figures=None, tier_counts=(), scale_words="", model_version=""))
    assert "ACGME 0400521001" in text
    assert not re.search(r"tier|target|interview|%|model", text, re.IGNORECASE)


@pytest.mark.parametrize("mode", [ALL, NO_FLAGS, LIST])
def test_pdf_of_an_empty_list_is_made(mode: str) -> None:
    assert "0 programs" in words(shared(mode=mode, figures=None, tier_counts=()))


def test_pdf_breaks_no_row_of_the_longest_note() -> None:
    note = "word " * 99
    assert words(shared(*(row(at, note=note) for at in range(1, 20)))).count("Note: word") == 19


def test_printable_keeps_one_mark_for_several_signs() -> None:
    assert printable("a 日本 b") == "a ? b"
    assert printable("a\N{VARIATION SELECTOR-16}b") == "ab"
    assert printable("e\N{COMBINING ACUTE ACCENT}") == "é"
