"""The rules of the brief: each point with its trigger, its reason and its source, in one registry.

A rule whose trigger does not hold says nothing. ``reason`` is a template that the rule fills with her facts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from matching.brief.facts import BriefFacts
from matching.brief.sources import MEMBERS, Source, assumed_source, model_source, sources

SECTIONS: dict[str, str] = {
    "statement": "What your personal statement explains",
    "experiences": "Experiences to put first",
    "letters": "Letters to ask for",
    "los-angeles": "Your link to Los Angeles",
    "interview": "Questions to expect",
    "emails": "E-mails of interest",
    "programs": "What to say to each program",
    "language": "English and other languages",
    "soap": "If Match Week brings no match",
    "calm": "What not to worry about",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: ``head`` names it, ``text`` says what to do."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of her. ``write`` is a draft to fill in; ``slots`` fill the rule's reason."""

    title: str
    say: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    write: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    short: str = ""
    link: tuple[str, str] | None = None
    pages: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """``universal``: said to everybody, with her own facts in it."""

    code: str
    section: str
    trigger: str
    reason: str
    sources: tuple[str, ...]
    factors: tuple[str, ...]
    universal: bool
    when: Callable[[BriefFacts], bool]
    build: Callable[[BriefFacts], Said | tuple[Said, ...]]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a brief, with why it is said and what it rests on."""

    code: str
    section: str
    said: Said
    why: str
    sources: tuple[Source, ...]


Builder = Callable[[BriefFacts], Said | tuple[Said, ...]]
REGISTRY: dict[str, Rule] = {}


def always(_: BriefFacts) -> bool:
    return True


def rule(
    code: str,
    *,
    trigger: str,
    reason: str,
    sources: tuple[str, ...],
    factors: tuple[str, ...] = (),
    when: Callable[[BriefFacts], bool] | None = None,
) -> Callable[[Builder], Builder]:
    """Registers ``build`` under ``code``, whose part before the dot is its section."""

    def register(build: Builder) -> Builder:
        if code in REGISTRY:
            raise ValueError(f"{code} is registered twice")
        section = code.split(".", maxsplit=1)[0]
        REGISTRY[code] = Rule(
            code, section, trigger, reason, sources, factors, when is None, when or always, build
        )
        return build

    return register


def points_of(facts: BriefFacts, *, section: str | None = None) -> tuple[Point, ...]:
    """What holds for her, in the order of the sections and, within one, of the registry."""
    order = list(SECTIONS)
    asked = [entry for entry in REGISTRY.values() if section in (None, entry.section)]
    rules = sorted(asked, key=lambda entry: order.index(entry.section))
    return tuple(point for entry in rules if entry.when(facts) for point in _points(entry, facts))


def _model(name: str, facts: BriefFacts) -> Source:
    """What the model did with it; where she has not told it, that the usual was assumed."""
    if name in MEMBERS and getattr(facts.me, MEMBERS[name]) is None:
        return assumed_source(name)
    return model_source(name, facts.factors[name].lowers, facts.factors[name].raises)


def _points(entry: Rule, facts: BriefFacts) -> tuple[Point, ...]:
    built = entry.build(facts)
    told = built if isinstance(built, tuple) else (built,)
    held = tuple(sources()[key] for key in entry.sources)
    acting = tuple(_model(name, facts) for name in entry.factors if facts.factor_acts(name))
    return tuple(
        Point(
            entry.code,
            entry.section,
            said,
            entry.reason.format(**dict(said.slots)),
            (*acting, *said.pages, *held),
        )
        for said in told
    )
