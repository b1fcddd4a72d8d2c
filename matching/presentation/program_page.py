"""Everything the page of one program shows: what is known of it, and what that means for the asker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programs.choices import ListingStatus
from programs.fact_fields import FACT_FIELDS
from programs.geography import STATE_NAMES
from programs.models import Program, ProgramFact
from programs.presentation import OwnPage, TopicBlock, own_pages, topic_blocks, value_words
from programs.public import is_counted
from programs.residents import Residents, residents
from programs.rosters_shown import RosterShown

from .program_email import ReadyEmail, email_questions, ready_email
from .program_odds import Closed, Odds, closed_view, gain_words, odds_view, signal_words, unasked_words
from .programs import TRACKS, distance_words

if TYPE_CHECKING:
    from matching.program_answer import ProgramAnswer

OUTDATED = "Your answer was made with an earlier model or earlier data, so it cannot speak of this program."


@dataclass(frozen=True, slots=True)
class HeadLine:
    """``soft`` where the value is that it is not known."""

    label: str
    value: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class ForYou:
    """Her odds, or the rules that close the program; ``silent`` says why there is no number, or nothing."""

    odds: Odds | None
    closed: Closed | None
    asked: str
    gain: str
    signal: str
    silent: str


@dataclass(frozen=True, slots=True)
class ProgramPage:
    kind: str
    place: str
    distance: str
    head: tuple[HeadLine, ...]
    listing: str
    you: ForYou | None
    topics: tuple[TopicBlock, ...]
    unknown: int
    residents: Residents | None
    roster: RosterShown | None
    pages: tuple[OwnPage, ...]
    email: ReadyEmail | None

    @property
    def known(self) -> bool:
        return any(topic.known for topic in self.topics)


def program_page(
    program: Program,
    facts: Sequence[ProgramFact],
    answer: "ProgramAnswer | None",
    *,
    season: str,
    year: int,
    miles: float | None,
    roster: RosterShown | None = None,
) -> ProgramPage:
    """``facts``: all of the program, the current one of a field first; ``year``: today's;
    ``miles``: from downtown Los Angeles; ``roster``: what its rosters show."""
    distance = distance_words(miles)
    topics = topic_blocks(facts, year)
    return ProgramPage(
        kind=kind_words(program),
        place=place_words(program),
        distance=f"{distance} from downtown Los Angeles" if distance else "",
        head=head_lines(program, facts),
        listing=listing_words(program),
        you=for_you(program, answer, year) if answer else None,
        topics=tuple(topics),
        unknown=sum(len(topic.unknown) for topic in topics),
        residents=residents(facts, roster.earlier if roster else None),
        roster=roster,
        pages=own_pages(facts),
        email=_email(program, facts, answer, int(season) - 1),
    )


def kind_words(program: Program) -> str:
    track = TRACKS[program.track]
    return f"{program.specialty.name}, {track}"


def place_words(program: Program) -> str:
    """``Torrance, California``; the county where it says more than the city."""
    state = STATE_NAMES[program.state]
    if not program.city:
        return f"{state} (city not known)"
    county = f", {program.county} County" if program.county not in ("", program.city) else ""
    return f"{program.city}{county}, {state}"


def head_lines(program: Program, facts: Sequence[ProgramFact]) -> tuple[HeadLine, ...]:
    kind = next((fact for fact in facts if fact.field == "program_type" and fact.is_current), None)
    type_words = _type_words(kind)
    return (
        HeadLine("Type", type_words or "not openly known", not type_words),
        HeadLine("ACGME id", program.acgme_id or "not known", not program.acgme_id),
        HeadLine("NRMP code", program.nrmp_code or "not known", not program.nrmp_code),
        HeadLine("Apply through", program.specialty.get_application_service_display()),
        HeadLine("Last seen listed", _listed(program), program.last_listed_year is None),
    )


def _type_words(fact: ProgramFact | None) -> str:
    return value_words(FACT_FIELDS["program_type"], fact.value, fact.value_as_stated) if fact else ""


def _listed(program: Program) -> str:
    return str(program.last_listed_year) if program.last_listed_year else "in no dated list"


def listing_words(program: Program) -> str:
    """Said only where the listing is not fresh."""
    if program.listing_status == ListingStatus.CURRENT:
        return ""
    year = program.last_listed_year
    seen = f"We last saw it in a list of {year}." if year else "We have not seen it in any dated list."
    closed = " It may have closed." if program.listing_status == ListingStatus.OLD else ""
    return f"{seen}{closed} Look it up in the directories below before you pay for an application."


def for_you(program: Program, answer: "ProgramAnswer", year: int) -> ForYou:
    row, listed = answer.row, answer.listed
    if row is None:
        return ForYou(None, None, "", "", "", OUTDATED)
    asked = ""
    if listed and not listed.asked:
        asked = unasked_words(answer.profile, program.specialty_id, program.specialty.name)
    if row.get("closed"):
        return ForYou(None, closed_view(row, listed.usd if listed else None, year), asked, "", "", "")
    gain = gain_words(listed.gain, selected=listed.selected) if listed and not asked else ""
    signal = signal_words(row.get("signal"), answer.unsignalled)
    silent = _no_number(program) if row["interview"]["probability"] is None else ""
    return ForYou(odds_view(row), None, asked, gain, signal, silent)


def _no_number(program: Program) -> str:
    old = program.listing_status == ListingStatus.OLD
    why = "Its listing is old" if old else "Too little is known of this specialty"
    return f"{why}, so we show no number. It counts as a reach."


def _email(
    program: Program, facts: Sequence[ProgramFact], answer: "ProgramAnswer | None", year: int
) -> ReadyEmail | None:
    row = answer.row if answer else None
    profile = answer.profile if answer else None
    codes = (("ACGME", program.acgme_id), ("NRMP", program.nrmp_code))
    questions = email_questions(
        known=[
            fact.field for fact in facts if fact.is_current and (fact.value is not None or is_counted(fact))
        ],
        gates=(row or {}).get("gates") or (),
        profile=profile,
        year=year,
    )
    return ready_email(
        name=program.name,
        specialty=program.specialty.name,
        codes=", ".join(f"{name} {code}" for name, code in codes if code),
        questions=questions,
        profile=profile,
    )
