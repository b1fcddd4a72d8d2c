"""Exams that are still to be passed where the odds count on a pass already, and results that are awaited."""

from matching.planning.schedule import EXAM_DAYS
from matching.planning.task import Due, Task
from matching.season_dates import OPENS

EXAMS = {"step1": "Step 1", "step2ck": "Step 2 CK"}


def _exam(member: str, due: Due, *, first: tuple[str, ...] = ()) -> Task:
    """An exam that is still to be passed, and whose pass the odds count on already."""
    return Task(
        f"{member}_result",
        f"Pass {EXAMS[member]}",
        "The odds here count on a pass, at what most people like you score. So it adds nothing by itself, "
        "and nothing goes without it.",
        lambda case: (
            case.before
            and getattr(case.applicant, member).status in ("not_taken", "fail")
            and f"{member}_passed" not in case.actions
        ),
        due,
        120,
        ask="score" if member == "step2ck" else "",
        first=first,
    )


def _awaited(member: str) -> Task:
    return Task(
        f"{member}_result",
        f"Tell us your {EXAMS[member]} result when it is in",
        "Everything here is read with what most people like you score until then.",
        lambda case: case.before and getattr(case.applicant, member).status == "pending",
        Due(phase="assess"),
        30,
        ask="score" if member == "step2ck" else "",
    )


EXAM_TASKS: tuple[Task, ...] = (
    _awaited("step1"),
    _awaited("step2ck"),
    _exam("step1", Due(OPENS, 215)),
    _exam("step2ck", Due(OPENS, EXAM_DAYS), first=("step1_result",)),
)
