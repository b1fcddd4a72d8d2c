import pytest

from matching.exporting.columns import file_name, one_line


def test_one_line_keeps_words_and_drops_breaks_tabs_and_controls() -> None:
    assert one_line(" a\tb\r\nc\x00d\u2028e  f ") == "a b c d e f"
    assert one_line("Peña Žilina 🙂") == "Peña Žilina 🙂"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Los Ángeles first", "los-angeles-first-2026-11-22.csv"),
        ('../../x"; y', "x-y-2026-11-22.csv"),
        ("日本", "list-2026-11-22.csv"),
        ("x" * 200, "x" * 60 + "-2026-11-22.csv"),
    ],
)
def test_file_name_is_plain_letters(name: str, kept: str) -> None:
    assert file_name(name, "2026-11-22", "csv") == kept
