"""What else a file tells: research, service, language, place, a gap; and the fields applied to."""

from dataclasses import replace

from matching.scoring import action_changes as does
from matching.scoring.actions import ACTION_INDEX
from matching.scoring.applicant import Applicant
from matching.scoring.situation import Situation, with_service

from .control import Control, Locked, Scale, Taken, Value, takes_action
from .start import Start
from .together import action_of, with_needs

SERVICE_MOST = 12
OFFERED = ("family-medicine", "internal-medicine", "pediatrics")
FIELD_MORE = "field_more"


def story_controls(start: Start) -> tuple[Control, ...]:
    return (_publications(start), _service(start), _spanish(start), _move(start), *_gap(start))


def _publications(start: Start) -> Control:
    count, most = start.applicant.research_publications, int(start.values["research.publications_cap"])
    locked = None
    if count is None:
        locked = Locked("You have not told us how many you have.", unknown=True)
    elif count >= most:
        locked = Locked(f"You have {count}. More than {most} add nothing here.", done=True)
    return Control(
        name="publications",
        group="story",
        label="More publications",
        kind="slider",
        stands=0,
        note="" if count is None else f"You have told us of {count or 'none so far'}.",
        scale=Scale(0, max(most - (count or 0), 1), prefix="+", zero="none more"),
        locked=locked,
        change=lambda s, value: replace(
            s.applicant, research_publications=(s.applicant.research_publications or 0) + int(value)
        ),
        takes=lambda value: (Taken("publication", int(value)),) if value else (),
    )


def _service(start: Start) -> Control:
    s, full = start.situation, start.values["mission.full_months"]
    locked = None
    if s.applicant.service is None:
        locked = Locked("You have not told us of your service.", unknown=True)
    elif s.service_months >= full:
        told = f"{s.service_months:g} months of service to the underserved"
        locked = Locked(f"You have {told}; {full:g} count in full.", done=True)
    return Control(
        name="service_months",
        group="story",
        label="More months of service to the underserved",
        kind="slider",
        stands=0,
        note=f"In {start.place}, about a day a week.",
        scale=Scale(0, SERVICE_MOST, prefix="+", unit="months", zero="none more"),
        locked=locked,
        change=lambda s, value: with_service(s, int(value)),
        takes=_service_taken,
    )


def _service_taken(value: Value) -> tuple[Taken, ...]:
    return (Taken("service_6" if int(value) <= 6 else "service_12"),) if value else ()


def _action(start: Start, name: str, label: str, locked: Locked | None, note: str = "") -> Control:
    return Control(
        name=name,
        group="story",
        label=label,
        kind="switch",
        stands=locked is not None and locked.done,
        note=note,
        locked=locked,
        change=lambda s, value: with_needs(name, s),
        takes=takes_action(name),
    )


def _spanish(start: Start) -> Control:
    locked = None
    if start.applicant.languages is None:
        locked = Locked("You have not told us which languages you speak.", unknown=True)
    elif not action_of("spanish").possible(start.situation):
        locked = Locked("You speak it.", done=True)
    return _action(start, "spanish", "Spanish for the ward", locked)


def _move(start: Start) -> Control:
    s, locked = start.situation, None
    if s.place.state is None:
        locked = Locked("You have not told us where you would like to train.", unknown=True)
        return _action(start, "move", "Living where you apply", locked)
    if s.applicant.ties is None:
        locked = Locked("You have not told us of your ties.", unknown=True)
    elif s.has_home_there:
        locked = Locked(f"You live or grew up in {start.state} already.", done=True)
    return _action(start, "move", f"Living in {start.place}", locked)


def _gap(start: Start) -> tuple[Control, ...]:
    """Only where there is one, or may be."""
    flags = start.applicant.red_flags
    if flags is None:
        locked = Locked("You have not told us whether there is one.", unknown=True)
        return (_action(start, "gap_explained", "The gap explained", locked),)
    return (_action(start, "gap_explained", "The gap explained", None),) if "gap_unexplained" in flags else ()


def field_controls(start: Start) -> tuple[Control, ...]:
    own = start.applicant.specialties
    if not own:
        locked = Locked("You have not told us which specialties you apply to.", unknown=True)
        return (Control("field", "fields", "Specialties you apply to", "switch", locked=locked),)
    switches = (*own, *(slug for slug in OFFERED if slug not in own and slug in start.specialties))
    return (*(_field(start, slug) for slug in switches), *_field_more(start, switches))


def _field(start: Start, slug: str) -> Control:
    name = start.specialties.get(slug, slug)
    stands, action = slug in start.applicant.specialties, f"add_{slug.replace('-', '_')}"
    return Control(
        name=f"field_{slug.replace('-', '_')}",
        group="fields",
        label=name,
        kind="switch",
        stands=stands,
        change=lambda s, value: _with_field(s, slug, bool(value)),
        takes=lambda value: (Taken(action),) if value and not stands and action in ACTION_INDEX else (),
        on="applied to",
        off="not applied to",
    )


def _with_field(situation: Situation, slug: str, wanted: bool) -> Applicant:
    if wanted:
        return does.also(slug, situation)
    applicant = situation.applicant
    return replace(applicant, specialties=tuple(each for each in applicant.specialties if each != slug))


def _field_more(start: Start, shown: tuple[str, ...]) -> tuple[Control, ...]:
    rest = sorted((name, slug) for slug, name in start.specialties.items() if slug not in shown)
    if not rest:
        return ()
    return (
        Control(
            name=FIELD_MORE,
            group="fields",
            label="One more specialty",
            kind="choice",
            stands="",
            choices=(("", "none"), *((slug, name) for name, slug in rest)),
            change=lambda s, value: _with_field(s, str(value), True),
        ),
    )
