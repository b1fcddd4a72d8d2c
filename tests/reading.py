"""How hard the words of a page are to read: what is prose on it, and the school grade that takes."""

import re
from html.parser import HTMLParser

import textstat

HARDEST = 9.0  # the grade pages of advice keep to
LEAST_WORDS = 60  # below it a grade says nothing
LABEL = 5  # words or fewer: a label or a name, which would make the sentences around it seem short
PROSE = frozenset({"p", "li", "dd", "figcaption", "blockquote", "summary", "h1", "h2", "h3"})
# Numbers in rows, names of programs and what is only for the machine are not prose.
SILENT = frozenset(
    {"script", "style", "table", "svg", "nav", "footer", "header", "select", "template", "code"}
)
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"})
ABBREVIATIONS = re.compile(r"\b(?:[A-Z]{2,}s?|U\.S\.)\b")


class _Prose(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PROSE:
            self.parts.append("")
        if tag not in VOID:
            # data-reading="skip" sets aside what is not ours: a name, a quoted fact, a draft to fill in.
            self.open.append("table" if dict(attrs).get("data-reading") == "skip" else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open:
            return
        self.open.pop()
        if tag in PROSE:
            self.parts.append("")

    def handle_data(self, data: str) -> None:
        if "main" in self.open and not SILENT.intersection(self.open) and PROSE.intersection(self.open):
            self.parts[-1] += data


def prose(html: str) -> str:
    """The sentences of a page's ``main``, one block a line, each with its stop; no labels. Raises ValueError
    where the page has no ``main``."""
    if "<main" not in html:
        raise ValueError("the page has no main part")
    reader = _Prose()
    reader.feed(html)
    blocks = (" ".join(part.split()) for part in reader.parts)
    return "\n".join(
        block if block[-1] in ".?!" else f"{block}." for block in blocks if len(block.split()) > LABEL
    )


def grade(text: str) -> float:
    """Flesch-Kincaid school grade. An abbreviation counts as one syllable: the field's own names (ECFMG,
    USMLE) are no harder to her than any word. Raises ValueError for too few words to say."""
    plain = ABBREVIATIONS.sub("it", text.replace("\u2019", "'").replace("\u00a0", " "))
    if len(plain.split()) < LEAST_WORDS:
        raise ValueError(f"{len(plain.split())} words are too few to grade")
    return float(textstat.flesch_kincaid_grade(plain))


def hardest(text: str, number: int = 5) -> list[tuple[float, str]]:
    """The sentences that weigh most, worst first: what to mend."""
    sentences = [one.strip() for one in re.split(r"(?<=[.?!])\s+", text) if len(one.split()) > 4]
    told = [(float(textstat.flesch_kincaid_grade(ABBREVIATIONS.sub("it", one))), one) for one in sentences]
    return sorted(told, reverse=True)[:number]
