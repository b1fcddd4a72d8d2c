"""The snippets of the pages: each a file of its own, shown on the page and run by a test, both from there.

They are written for 127.0.0.1:8000 and shown for the host they are read on. What one prints is kept beside
it, where numbers, ids and times stand for others of their kind.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "snippets"
WRITTEN_FOR = "http://127.0.0.1:8000"
LANGUAGES = {"sh": "curl", "py": "Python"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """``output`` is empty where nothing is printed, or where it is another's to print."""

    name: str
    text: str
    output: str

    @property
    def language(self) -> str:
        return LANGUAGES[self.name.rpartition(".")[2]]

    @property
    def key(self) -> str:
        """What templates call it by."""
        return self.name.replace(".", "_")


@lru_cache(maxsize=1)
def snippets() -> dict[str, Snippet]:
    """By file name without its last ending: ``try.sh``."""
    names = sorted(path.name.removesuffix(".txt") for path in FOLDER.glob("*.txt"))
    return {
        name: Snippet(name, _text(name), _text(f"{name}.out")) for name in names if not name.endswith(".out")
    }


def code_for(host: str) -> dict[str, Snippet]:
    """By ``key``, as they are to be typed by who reads them on ``host`` (scheme and name)."""
    return {
        snippet.key: Snippet(snippet.name, snippet.text.replace(WRITTEN_FOR, host), snippet.output)
        for snippet in snippets().values()
    }


def _text(name: str) -> str:
    path = FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8").strip("\n") if path.exists() else ""
