"""The whole plan of one person for one season, reckoned: scored actions and tasks, in phases."""

from collections.abc import Sequence
from datetime import date

from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of, options_of
from matching.plan import FIXED_WORDS, SeasonUnknown
from matching.planning.action_steps import Telling, action_steps
from matching.planning.asked import Asked
from matching.planning.case import Case
from matching.planning.dates import date_of, dates_of, season_after, stage_of
from matching.planning.document import Fixed, Phase, PlanDocument, Step
from matching.planning.groups import name_of
from matching.planning.phases import TITLES, windows
from matching.planning.task_steps import task_steps
from matching.planning.together import together_of
from matching.presentation.unknown import unknown_answers
from matching.reference import model_for
from matching.scoring.applicant import RINGS, Applicant
from matching.scoring.fixed_facts import cannot_change
from matching.scoring.gains import Gain, Planner
from matching.season_dates import OPENS

DAYS_A_MONTH = 30.44
LITTLE = 0.005


def plan_reckon(asked: Asked, catalogue: LoadedCatalogue, *, season: str, as_of: date) -> PlanDocument:
    """The plan on the day ``as_of``, its odds read for ``season``. Raises SeasonUnknown where the dates lack
    the season aimed at, ListInfeasible as scoring does."""
    dates = dates_of(asked.aim)
    by_event = {dated.event: dated for dated in dates}
    if OPENS not in by_event or "match_week" not in by_event:
        raise SeasonUnknown(asked.aim)
    opens = by_event[OPENS]
    applicant, model = applicant_of(asked.profile), model_for(season)
    planner = Planner(
        applicant, options_of(asked.options), catalogue.columns(season), model, opens.day, as_of
    )
    spans = windows(as_of, by_event)
    later = season_after(asked.aim)
    next_opens = date_of(later, OPENS) if later else None
    telling = Telling(
        applicant, catalogue, spans, opens.day, next_opens.day if next_opens else None, planner.values
    )
    gains = [gain for gain in planner.stepwise(_ring(applicant)) if not _awaited(gain, applicant)]
    scored = action_steps(gains, telling, asked.chosen)
    scored = [step for step in scored if _key(step) not in asked.done]
    in_time = [step for step in scored if not step.too_late]
    needed = {code for step in in_time if not _adds_little(step) for code in step.first} | set(asked.chosen)
    able = [step for step in in_time if not _adds_little(step) or step.code in needed]
    today, _ = planner.together(applicant)
    case = Case(
        applicant=applicant,
        season=asked.aim,
        season_now=season,
        applied_before=asked.applied_before,
        as_of=as_of,
        stage=stage_of(dates, as_of),
        by_event=by_event,
        spans=spans,
        actions=frozenset(step.code for step in able),
        unknown=tuple(unknown_answers(asked.profile.model_dump(mode="json"))),
        list_usd=today.answer.widest.cost_usd,
        list_programs=len(today.answer.widest.rows),
        signals=_signals(applicant, season),
    )
    return PlanDocument(
        season=asked.aim,
        as_of=as_of,
        stage=case.stage,
        opens=opens,
        months_left=round(max((opens.day - as_of).days, 0) / DAYS_A_MONTH, 1),
        applied_before=asked.applied_before,
        graduates=applicant.graduation_year,
        wants_los_angeles=applicant.wishes.ring == "los-angeles",
        dates=dates,
        phases=_phases([*able, *task_steps(case)], case),
        late=tuple(step for step in scored if step.too_late and not _adds_little(step)),
        little=tuple(step for step in in_time if step not in able),
        cannot_change=tuple(
            Fixed(code, FIXED_WORDS[code]) for code in cannot_change(applicant, model.application_year)
        ),
        together=together_of(able, asked.chosen, planner),
        la_weight=planner.la_weight,
    )


def _key(step: Step) -> tuple[str, str | None]:
    return step.code, step.program.id if step.program else None


def _awaited(gain: Gain, applicant: Applicant) -> bool:
    """An exam that is sat already is not studied for: its result is waited for."""
    name = name_of(gain)
    return any(
        name.startswith(exam) and getattr(applicant, exam).status == "pending"
        for exam in ("step1", "step2ck")
    )


def _adds_little(step: Step) -> bool:
    """Less than one match in two hundred seasons, and no more in Los Angeles."""
    told = (step.gain_match, step.gain_los_angeles)
    return all(spread is not None and spread.value < LITTLE for spread in told)


def _ring(applicant: Applicant) -> int | None:
    ring = applicant.wishes.ring
    return None if ring in (None, "national") else RINGS.index(ring)


def _signals(applicant: Applicant, season: str) -> bool:
    """Whether a field she applies to gives its applicants signals."""
    table = model_for(season).signals
    return any(table.of(specialty) for specialty in applicant.specialties)


def _phases(steps: Sequence[Step], case: Case) -> tuple[Phase, ...]:
    return tuple(
        Phase(
            code=code,
            title=TITLES[code],
            starts=start,
            ends=end,
            steps=tuple(step for step in steps if step.phase == code),
        )
        for code, (start, end) in case.spans.items()
    )
