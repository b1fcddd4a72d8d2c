"""What may be sent to a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from applicants.selectors import specialty_names
from matching.list_state import Edit
from matching.models import ListEntry, ListVersion
from matching.schema import MAX_APPLICATIONS

NOTE_MOST = ListEntry._meta.get_field("note").max_length or 0
VERSION_NAME_MOST = ListVersion._meta.get_field("name").max_length or 0


class ButtonForm(forms.Form):
    """One program, from a button anywhere on the site. ``next``: where to go back to."""

    program = forms.RegexField(r"\Asp\d{5}\Z")
    match = forms.UUIDField(required=False)
    list = forms.UUIDField(required=False)
    next = forms.CharField(required=False, max_length=2000, empty_value="")


@dataclass
class Sent:
    """A list's form as it came. ``errors`` by program; ``do`` what was pressed and of which program."""

    version: int
    edits: dict[str, Edit]
    errors: dict[str, str] = field(default_factory=dict)
    do: str = "save"
    program: str = ""

    @property
    def move(self) -> tuple[str, int] | None:
        steps = {"up": -1, "down": 1}
        return (self.program, steps[self.do]) if self.do in steps else None

    @property
    def remove(self) -> str:
        return self.program if self.do in ("remove", "drop") else ""

    @property
    def though_locked(self) -> bool:
        """She was asked whether a program that she and her advisor agreed to keep shall go, and said so."""
        return self.do == "drop"


def sent_read(post: Mapping[str, str]) -> Sent:
    """Inputs are called ``note-sp00001``; buttons send ``do`` as ``remove:sp00001``."""
    programs = dict.fromkeys(name.partition("-")[2] for name in post if name.startswith("status-"))
    do, _, program = str(post.get("do", "")).partition(":")
    version = str(post.get("version", ""))
    sent = Sent(int(version) if version.isdecimal() and len(version) < 9 else 0, {}, do=do, program=program)
    for name in programs:
        sent.edits[name] = _edit(name, post, sent.errors)
    return sent


def _edit(name: str, post: Mapping[str, str], errors: dict[str, str]) -> Edit:
    signal, status, note = (post.get(f"{each}-{name}") for each in ("signal", "status", "note"))
    note = note.replace("\x00", "").strip() if note is not None else None
    if note and len(note) > NOTE_MOST:
        errors[name] = f"The note has {len(note)} characters; at most {NOTE_MOST} are kept."
    if status is not None and status not in ListEntry.Status.values:
        errors[name] = f"“{status[:40]}” is no status. Choose one of the list."
    if signal and signal not in ListEntry.Signal.values:
        errors[name] = f"“{signal[:40]}” is no signal. Choose one of the list."
    place = post.get(f"place-{name}", "").strip()
    number = int(place) if place.isdecimal() and len(place) < 5 else None
    if place and (number is None or not 1 <= number <= MAX_APPLICATIONS):
        errors[name] = f"“{place[:40]}” is no place on the list. Type a number from 1 on."
    return Edit(place=number, signal=signal, status=status, note=note)


class SortForm(forms.Form):
    """Another order for the whole list."""

    ORDERS = (
        ("wish", "what I wish for first"),
        ("odds", "best odds first"),
        ("name", "by name"),
        ("suggested", "as suggested"),
    )

    sort = forms.ChoiceField(label="Sort", choices=ORDERS, error_messages={"required": "Choose an order."})

    @property
    def words(self) -> str:
        """What was done, of a form that is valid."""
        return f"Sorted: {dict(self.ORDERS)[self.cleaned_data['sort']].replace('I wish', 'you wish')}"


class BulkForm(forms.Form):
    """Add all ___ in ___ of ___: a sentence with three choices."""

    TIERS = (("target", "targets"), ("safety", "safeties"), ("reach", "reaches"))
    RINGS = (
        ("los-angeles", "Los Angeles"),
        ("california", "California"),
        ("west-coast", "the West Coast"),
        ("national", "the nation"),
    )

    tier = forms.ChoiceField(label="What to add", choices=TIERS)
    ring = forms.ChoiceField(label="Where", choices=RINGS)
    specialty = forms.ChoiceField(label="Specialty", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, specialties: Sequence[str] = ()) -> None:
        """``specialties``: those her answer was made for."""
        super().__init__(data, auto_id="bulk_%s")
        names = specialty_names()
        asked = [(slug, names.get(slug, slug)) for slug in specialties]
        every = [("", "all my specialties")] if len(asked) != 1 else []
        self.fields["specialty"].choices = [*every, *asked]  # type: ignore[attr-defined]

    @property
    def said(self) -> str:
        """``all targets in Los Angeles``, of a form that is valid."""
        tier, ring = dict(self.TIERS)[self.cleaned_data["tier"]], dict(self.RINGS)[self.cleaned_data["ring"]]
        return f"all {tier} in {ring}"


class PasteForm(forms.Form):
    """A list as it was copied from anywhere."""

    LINES, BYTES = 500, 60_000

    text = forms.CharField(
        label="Your list",
        help_text="One program a line. Program codes are surest; names with city and state work too.",
        max_length=BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Paste your list here first: one program a line."},
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        lines = sum(1 for line in text.splitlines() if line.strip())
        if not lines:
            raise forms.ValidationError("Paste your list here first: one program a line.")
        if lines > self.LINES or len(text.encode()) > self.BYTES:
            raise forms.ValidationError(
                f"This has {lines} lines. Up to {self.LINES} lines and 60 kB can be read at once. "
                "Paste it in parts."
            )
        return text


class VersionNameForm(forms.Form):
    """What one calls a version to keep it; without a name it is not kept for good."""

    name = forms.CharField(label="Name", required=False, max_length=VERSION_NAME_MOST)
