"""The applicants whose lists are compared: US-citizen IMGs with modest scores who wish for Los Angeles.

They are drawn like the reference population's US IMGs, with scores, fails and years out of their own
(``focal.*``), internal and family medicine in mind, and homes and training around Los Angeles for some.
"""

from collections.abc import Mapping
from dataclasses import replace

from matching.calibration.population import Member, population_make
from matching.calibration.sites import Sites
from matching.scoring.applicant import Applicant, Experience, Letter, Tie, Wishes
from matching.simulation.truth import Truth

SPECIALTIES = ("internal-medicine", "family-medicine")
PART = 20
APART = 7_000_000  # the seed of these people is not one of the crowd's


def focal_members(
    count: int, values: Mapping[str, float], sites: Sites, truth: Truth, application_year: int
) -> list[Member]:
    """``count`` of them, the same for the same seed. ``values``: the model's parameters."""
    own = {
        "population.step2ck.us_img.mean": truth["focal.step2ck.mean"],
        "population.step2ck.us_img.sd": truth["focal.step2ck.sd"],
        "population.step1_fail.us_img": truth["focal.step1_fail"],
        "population.step2ck_fail.us_img": truth["focal.step2ck_fail"],
        "population.years_out.us_img": truth["focal.years_out"],
        "population.spanish.us_img": truth["focal.spanish"],
        "population.second_specialty.us_img": 0.0,
        **{name: 0.0 for name in values if name.startswith("population.specialty.us_img.")},
        **{f"population.specialty.us_img.{name}": 0.5 for name in SPECIALTIES},
    }
    members = population_make(
        "us_img",
        count,
        APART + truth.seed,
        values={**values, **own},
        sites=sites,
        application_year=application_year,
    )
    chance = truth.stream(PART)
    home = chance.random(count) < truth["focal.tie_la"]
    trained = home & (chance.random(count) < truth["focal.trained_la"])
    return [
        replace(one, applicant=_wishing(one.applicant, bool(lives), bool(learnt)))
        for one, lives, learnt in zip(members, home, trained, strict=True)
    ]


def _wishing(me: Applicant, lives: bool, trained: bool) -> Applicant:
    """The same person with Los Angeles in mind, and, where so drawn, with a home and training there."""
    first, *others = me.specialties
    both = (first, *(name for name in SPECIALTIES if name != first), *others)[:2]
    made = replace(me, specialties=both, wishes=Wishes(ring="los-angeles"))
    if lives:
        family = tuple(tie for tie in me.ties or () if tie.kind != "residence")
        made = replace(made, ties=(Tie("residence", "CA", "los-angeles"), *family))
    if trained:
        made = replace(
            made,
            experience=tuple(_moved(item) for item in me.experience or ()),
            letters=tuple(
                Letter(one.author, "CA", "los-angeles", None, one.specialty) for one in me.letters or ()
            ),
        )
    return made


def _moved(item: Experience) -> Experience:
    return Experience(item.kind, item.weeks, "CA", "los-angeles", None, item.specialty)
