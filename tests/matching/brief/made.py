"""Facts of a brief made by hand: an applicant and a program or two, without a catalogue."""

from datetime import date
from typing import Any

from matching.brief.facts import BriefFacts, dates_of
from matching.brief.program_facts import Held, ProgramFacts
from matching.scoring.applicant import Applicant, Exam

AS_OF = date(2026, 11, 22)
PASSED = Exam(status="pass", score=224, attempts=1)


def program_of(**values: Any) -> ProgramFacts:
    held = {
        field: Held(None, stated, "https://p.example", 2024)
        for field, stated in values.pop("held", {}).items()
    }
    return ProgramFacts(
        **{
            "id": "sp00001",
            "key": "p1",
            "name": "Harbor",
            "specialty": "internal-medicine",
            "specialty_name": "Internal medicine",
            "city": "Torrance",
            "county": "Los Angeles",
            "state": "CA",
            "ring": "los-angeles",
            "tier": "reach",
            "signal": "",
            "miles": "about 15 miles",
            **values,
            "held": held,
        }
    )


def facts_of(*programs: ProgramFacts, **members: Any) -> BriefFacts:
    """``members`` are the applicant's; those in ``OF_FACTS`` are of the facts themselves."""
    own = {name: members.pop(name) for name in OF_FACTS if name in members}
    me = Applicant(
        **{
            "applicant_type": "us_img",
            "step1": Exam(status="pass", attempts=1),
            "step2ck": PASSED,
            "specialties": ("internal-medicine",),
            **members,
        }
    )
    return BriefFacts(
        **{
            "me": me,
            "season": "2027",
            "dates": dates_of("2027", AS_OF),
            "applied_before": None,
            "applications": len(programs),
            "by_ring": {},
            "factors": {},
            "closed": (),
            "closed_count": 0,
            "met": {},
            "programs": programs,
            "shown": 10,
            "saved": False,
            "specialty_names": {"internal-medicine": "Internal medicine"},
            **own,
        }
    )


OF_FACTS = ("applied_before", "factors", "met", "dates", "shown", "closed_count")


def codes_of(facts: BriefFacts) -> set[str]:
    from matching.brief.drawing import brief_of  # noqa: PLC0415

    return {point.code for section in brief_of(facts).sections for point in section.points}
