"""What a reader of the pages has before her: code and what it prints, taken out of the HTML."""

import re
from html.parser import HTMLParser

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b")
MODEL = re.compile(r"\d\.[0-9a-f]{10}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.code: dict[str, str] = {}
        self.output: dict[str, str] = {}
        self._name = ""
        self._into: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figure":
            self._name = dict(attrs).get("data-snippet") or ""
        elif tag == "pre":
            self._into = self.code if self._name not in self.code else self.output

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._into = None
        elif tag == "figure":
            self._name = ""

    def handle_data(self, data: str) -> None:
        if self._into is not None and self._name:
            self._into[self._name] = self._into.get(self._name, "") + data


def shown(html: str) -> tuple[dict[str, str], dict[str, str]]:
    """Code by name, and what it prints by name."""
    reader = _Reader()
    reader.feed(html)
    return reader.code, reader.output


def kind_of(output: str) -> list[str]:
    """Its lines as patterns: numbers and ids stand for others of their kind, … for anything."""
    return [_pattern(line.rstrip()) for line in output.strip().splitlines()]


def is_of_kind(printed: str, output: str) -> bool:
    lines, patterns = printed.strip().splitlines(), kind_of(output)
    return len(lines) == len(patterns) and all(
        re.fullmatch(pattern, line.rstrip(), re.IGNORECASE)
        for line, pattern in zip(lines, patterns, strict=True)
    )


def _pattern(line: str) -> str:
    kinds = {"\0": ".*", "\1": ID.pattern, "\2": MODEL.pattern, "\3": NUMBER.pattern}
    marked = line.replace("…", "\0")
    for mark, kind in (("\1", ID), ("\2", MODEL), ("\3", NUMBER)):
        marked = kind.sub(mark, marked)
    return "".join(f"(?:{kinds[each]})" if each in kinds else re.escape(each) for each in marked)
