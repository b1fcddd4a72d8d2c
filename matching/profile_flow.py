"""The three steps between requests: what was typed so far, where it is kept, and the forms over it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from applicants.forms import ProfileForm
from applicants.forms.errors import ErrorLine, error_lines
from applicants.forms.profile import PLACED
from applicants.forms.programs import PROGRAM
from applicants.personas import Persona
from applicants.program_names import labels_of
from applicants.selectors import draft_for_request, profile_latest, specialty_names
from applicants.services import draft_save
from applicants.steps import STEPS, Step, step_of
from applicants.typed import Typed, as_data, step_typed, typed_of
from matching.options_form import OptionsForm
from matching.views.access import asking, owning

# Where a sample person is changed: beside one's own answers, never among them.
SAMPLE_KEY = "sample"


@dataclass(frozen=True)
class Flow:
    """One's own answers, or a sample person's, with what was typed there. ``kept_at``: when it was kept."""

    request: HttpRequest
    sample: Persona | None
    typed: Typed
    kept_at: datetime | None = None

    @cached_property
    def specialties(self) -> dict[str, str]:
        return specialty_names()

    def keep(self, change: Callable[[Typed], Typed]) -> "Flow":
        """What is typed now, kept: own answers as a draft, a sample's in the session."""
        now = timezone.now()
        if self.sample is not None:
            typed = change(self.typed)
            self.request.session[SAMPLE_KEY] = {"slug": self.sample.slug, "typed": typed}
            return replace(self, typed=typed, kept_at=now)
        draft = draft_save(change=change, start=self.typed, **owning(self.request))
        return replace(self, typed=draft.typed, kept_at=draft.updated_at)

    def as_sent(self, step: Step) -> "Flow":
        """As it was sent, to the letter: a database holds one character less."""
        return replace(self, typed=step_typed(self.typed, self.request.POST, step))

    def filled(self, *, judged: bool, focus: tuple[str, int] | None = None) -> "Filled":
        data = as_data(self.typed)
        profile = ProfileForm(
            data, season=settings.SEASON, specialties=self.specialties, draft=not judged, focus=focus
        )
        options = OptionsForm(data)
        options.draft = not judged
        return Filled(profile, options)


@dataclass(frozen=True)
class Filled:
    """Both forms over what was typed."""

    profile: ProfileForm
    options: OptionsForm

    def faults(self) -> dict[str, list[ErrorLine]]:
        """What is wrong, by step; both forms are looked at, so that every error shows at once."""
        self.profile.is_valid()
        self.options.is_valid()
        lines: dict[str, list[ErrorLine]] = {step.slug: [] for step in STEPS}
        for line in (*self.profile.error_lines(), *error_lines(self.options)):
            lines[step_of(line["name"]).slug].append(line)
        return lines

    def forgive(self, step: Step) -> None:
        """Show no fault of a step that was not sent to be checked."""
        self.profile.forgive(step)
        for name in [name for name in self.options.errors if step.asks(name)]:
            del self.options.errors[name]

    def programs_meant(self) -> dict[str, str]:
        """The ids that the programs typed by name were understood as, by input."""
        rows = (row for name in PLACED for row in self.profile.rows[name])
        meant = {row.add_prefix(PROGRAM): row.cleaned_data.get(PROGRAM) for row in rows}
        return {name: program for name, program in meant.items() if program}


def flow_of(request: HttpRequest, sample: Persona | None) -> Flow:
    """What the asker typed so far; without a draft what was last matched; else nothing."""
    if sample is not None:
        kept = request.session.get(SAMPLE_KEY) or {}
        typed = kept["typed"] if kept.get("slug") == sample.slug else typed_from(document=sample.document)
        return Flow(request, sample, typed)
    draft = draft_for_request(**asking(request))
    if draft is not None:
        return Flow(request, None, draft.typed, draft.updated_at)
    own = profile_latest(**asking(request))
    if own is None:
        return Flow(request, None, typed_from(document={}))
    match = (
        own.matches.select_related("run").defer("run__result", "run__whole").order_by("-created_at").first()
    )
    return Flow(
        request, None, typed_from(document=own.document, options=match.run.options if match else None)
    )


def typed_from(*, document: Mapping[str, Any], options: Mapping[str, Any] | None = None) -> Typed:
    """A profile as somebody would have typed it, each program by its name."""
    profile = ProfileForm(season=settings.SEASON, specialties={}, document=document)
    typed = typed_of((*profile.parts, OptionsForm(options=options)))
    for rows in profile.rows.values():
        typed[rows.count_name] = [str(rows.count)]
    named = {name: values[0] for name, values in typed.items() if name.endswith("-program_id")}
    labels = labels_of(set(named.values()))
    return typed | {name: [labels.get(value, value)] for name, value in named.items()}


def programs_told(flow: Flow, filled: Filled) -> Flow:
    """Each program typed by name as we understood it, so that she sees which one is meant."""
    meant = {
        name: program
        for name, program in filled.programs_meant().items()
        if not any(program in value for value in flow.typed.get(name, ()))
    }
    if not meant:
        return flow
    labels = labels_of(set(meant.values()))
    return flow.keep(lambda typed: typed | {name: [labels[program]] for name, program in meant.items()})
