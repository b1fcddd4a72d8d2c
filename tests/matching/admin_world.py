"""One office with everything in it and another beside it, for asking who may open which page of the desk."""

import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, User
from django.db.models import Model
from django.utils import timezone

from matching.access import OPENED
from matching.advisors import DATA_DESK, DATA_LEADS
from matching.models import (
    AdvisorGroup,
    Membership,
    Review,
    ReviewPatch,
    ReviewVersion,
    SavedFilter,
    StaffAccess,
)
from programs.choices import SourceKind
from programs.models import (
    DataVersion,
    ImportBatch,
    ImportSource,
    Institution,
    Program,
    ProgramOverride,
    Roster,
    Specialty,
)
from programs.services import report_make
from tests.matching.cohorts.worked import cohort_waiting
from tests.matching.desk import list_saved, office, review_of, staff
from tests.matching.factories import NOW, key_make
from tests.matching.reporting.making import told
from tests.matching.webhooks.making import delivery_make, webhook_active
from tests.programs.factories import make_fact

ROLES = (
    "anonymous", "applicant", "staff", "advisor", "other_advisor", "lead", "data_desk", "data_lead",
    "superuser",
)  # fmt: skip
OURS, THEIRS, UNSENT, POOL = "ours", "theirs", "unsent", "pool"
Objects = dict[str, dict[str, Model]]


def people() -> dict[str, Any]:
    here, there = office("Here"), office("There")
    desk, leads = staff("data_desk"), staff("data_lead")
    desk.groups.add(Group.objects.get(name=DATA_DESK))
    leads.groups.add(Group.objects.get(name=DATA_LEADS))
    return {
        "anonymous": AnonymousUser(),
        "applicant": User.objects.create_user("applicant"),
        "staff": staff("staff"),
        "advisor": staff("advisor", here),
        "other_advisor": staff("other_advisor", there),
        "lead": staff("lead", here, "lead"),
        "data_desk": desk,
        "data_lead": leads,
        "superuser": User.objects.create_superuser("superuser"),
    }


def things(who: dict[str, Any]) -> Objects:
    """By model and whose it is: what the addresses are filled with."""
    program = Program.objects.order_by("pk")[0]
    program.save()  # for its history
    fact = make_fact(program, "accepts_img", "yes")
    fact.save()
    found: Objects = {
        "programs.program": {"": program},
        "programs.specialty": {"": Specialty.objects.order_by("pk")[0]},
        "programs.institution": {"": Institution.objects.order_by("pk")[0]},
        "programs.programfact": {"": fact},
        "programs.historicalprogram": {"": program.history.all()[0]},
        "programs.historicalprogramfact": {"": fact.history.all()[0]},
        "programs.programoverride": {
            "": ProgramOverride.objects.create(
                program=program, field="name", value="Harbor", was="Old harbor", reason="Renamed", at=NOW
            )
        },
        "programs.importsource": {"": ImportSource.objects.create(name="A page")},
        "programs.importbatch": {
            "": ImportBatch.objects.create(
                kind="facts",
                file_name="facts.csv",
                size=10,
                sha256="0" * 64,
                rights="public",
                rights_statement="Public pages",
                state="ready",
                created_at=NOW,
                created_by=who["data_desk"],
            )
        },
        "programs.roster": {
            "": Roster.objects.create(
                program=program,
                season="2026",
                source="Its page",
                source_kind=SourceKind.values[0],
                observed_on=NOW.date(),
            )
        },
        "programs.dataversion": {"": DataVersion.objects.all()[0]},
        "programs.factreport": {
            "": report_make(program=program, said="Closed", reporter=uuid.uuid4(), now=timezone.now())
        },
        "matching.apikey": {"": key_make()[0]},
        "matching.cohort": {"": cohort_waiting(1)},
        "matching.webhook": {"": webhook_active()},
        "matching.webhookdelivery": {"": delivery_make(state="dead", finished_at=NOW)},
        "auth.group": {"": Group.objects.get(name=DATA_DESK)},
        "auth.user": {OURS: who["advisor"], THEIRS: who["other_advisor"], "applicant": who["applicant"]},
    }
    for whose, organisation, advisor in ((OURS, "Here", "advisor"), (THEIRS, "There", "other_advisor")):
        _office(found, whose, organisation, who[advisor])
        _list(found, whose, review_of, organisation=office(organisation), advisor=who[advisor])
    _list(found, UNSENT)
    _list(found, POOL, review_of, organisation=office("Here"), advisor=None, state="submitted")
    return found


def _office(found: Objects, whose: str, organisation: str, advisor: User) -> None:
    held = office(organisation)
    rows = {
        "matching.organisation": held,
        "matching.advisorgroup": AdvisorGroup.objects.create(organisation=held, name="Medicine"),
        "matching.membership": Membership.objects.get(user=advisor),
        "matching.savedfilter": SavedFilter.objects.create(
            user=advisor, name="Mine", query="state=in_review"
        ),
        "matching.staffaccess": StaffAccess.objects.create(
            at=NOW, user=advisor, user_name=advisor.username, action=OPENED, model="matching.Review"
        ),
    }
    for label, row in rows.items():
        found.setdefault(label, {})[whose] = row


def _list(found: Objects, whose: str, sent: Any = None, **review: Any) -> None:
    owner = User.objects.create_user(f"owner of {whose}")
    saved_list = list_saved(
        owner=owner, graduation_year={OURS: 2021, THEIRS: 2022, UNSENT: 2023}.get(whose, 2024)
    )
    profile = saved_list.match.profile
    assert profile is not None
    rows: dict[str, Model] = {
        "matching.savedlist": saved_list,
        "matching.match": saved_list.match,
        "matching.matchrun": saved_list.match.run,
        "applicants.profile": profile,
        "matching.outcomereport": told(saved_list),
    }
    if sent:
        row: Review = sent(saved_list, **review)
        rows["matching.review"] = row
        rows["matching.reviewpatch"] = ReviewPatch.objects.create(
            review=row, kind="note", text="Ask again", author_name="ada", created_at=NOW
        )
        ReviewVersion.objects.create(
            review=row, number=1, list_version=1, reason="submitted", entries=[],
            profile=saved_list.match.run.profile, model_version="m", data_version="d", created_at=NOW,
        )  # fmt: skip
    for label, thing in rows.items():
        if whose != POOL or label.startswith(("matching.review", "matching.savedlist", "applicants.")):
            found.setdefault(label, {})[whose] = thing
