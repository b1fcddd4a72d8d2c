"""What is wrong with a profile: one fault a place, each with a stable code and words that say what to do."""

from dataclasses import dataclass

Location = tuple[str | int, ...]
# Where, which code, which words.
Finding = tuple[Location, str, str]

# A pointer repeats the sender's own member names: a name of a megabyte is cut.
MAX_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """``pointer`` is an RFC 6901 JSON pointer into the profile; ``detail`` is for people."""

    pointer: str
    code: str
    detail: str


class ProfileInvalid(Exception):
    """A profile that cannot be taken as it stands. ``faults`` lists everything wrong with it, at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults[:5]))
        self.faults = faults


def pointer_to(location: Location) -> str:
    """The RFC 6901 pointer of a place: ``~`` is ``~0``, ``/`` is ``~1``; always valid UTF-8."""
    return "".join("/" + _token(part) for part in location)


def _token(part: str | int) -> str:
    text = str(part)[:MAX_TOKEN].encode("utf-8", "replace").decode("utf-8")
    return text.replace("~", "~0").replace("/", "~1")
