"""One seeded crowd of a kind of graduate, scored by a model: the unit the calibration works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matching.calibration.choose import Looked, Sent, look, send
from matching.calibration.fit import Chances, Outcome, match_rate, outcome, shift_fit
from matching.calibration.population import KINDS, Member, population_make
from matching.calibration.sites import Sites, sites_of
from matching.scoring.applicant import ApplicantType
from matching.scoring.columns import Columns
from matching.scoring.draws import model_stated
from matching.scoring.model import Model
from matching.scoring.parameters import Parameter, Parameters
from matching.scoring.signals import SignalTable

BASE = "base.us_img"
TARGET_YEAR, CHECK_YEAR = "2025", "2026"


@dataclass(frozen=True, eq=False)
class World:
    """What crowds meet: the catalogue, a model without draws or recalibration, the target year's signals."""

    columns: Columns
    model: Model
    signals: SignalTable
    sites: Sites

    @property
    def values(self) -> Mapping[str, float]:
        return self.model.parameters.values

    def changed(self, values: Mapping[str, float]) -> "World":
        """The same with other parameter values."""
        return replace(self, model=model_changed(self.model, values))


@dataclass(frozen=True)
class Crowd:
    """People of one kind, what each may apply to, and what each sent."""

    kind: ApplicantType
    members: Sequence[Member]
    looked: Sequence[Looked]
    sent: Sent


def world_make(columns: Columns, model: Model, signals: SignalTable) -> World:
    """The base is fitted before any recalibration on outcomes, so that is put back to neutral."""
    neutral = {
        name: 1.0 if ".slope." in name else 0.0
        for name in model.parameters.values
        if name.startswith("recalibration.")
    }
    return World(columns, model_changed(model, neutral), signals, sites_of(columns))


def model_changed(model: Model, values: Mapping[str, float]) -> Model:
    """``model`` without draws and with other parameter values. Raises KeyError for a name it has not."""
    new = {name: _restated(model.parameters[name], value) for name, value in values.items()}
    parameters = Parameters([new.get(row.name, row) for row in model.parameters.rows()])
    return replace(model, parameters=parameters, drawn=model_stated(parameters))


def _restated(parameter: Parameter, value: float) -> Parameter:
    return replace(parameter, value=value, low=min(parameter.low, value), high=max(parameter.high, value))


def crowd_make(world: World, kind: ApplicantType, people: int, seed: int) -> Crowd:
    """``people`` of a kind, scored and with their applications sent. Raises KeyError for a parameter that is
    missing."""
    members = population_make(
        kind,
        people,
        seed,
        values=world.values,
        sites=world.sites,
        application_year=world.model.application_year,
    )
    looked = look(members, world.columns, world.model)
    return Crowd(kind, members, looked, _sent(world, kind, members, looked, seed))


def sent_again(crowd: Crowd, world: World, seed: int) -> Crowd:
    """The same people, who choose again as ``world`` has them know and signal."""
    return replace(crowd, sent=_sent(world, crowd.kind, crowd.members, crowd.looked, seed))


def _sent(
    world: World, kind: ApplicantType, members: Sequence[Member], looked: Sequence[Looked], seed: int
) -> Sent:
    seeds = (seed, KINDS.index(kind))
    return send(members, looked, world.columns, seeds, values=world.values, signals=world.signals)


def intercept(values: Mapping[str, float], kind: ApplicantType) -> float:
    """The base of a kind of graduate: that of US-citizen IMGs and her own offset."""
    return values[BASE] + (0.0 if kind == "us_img" else values[offset_name(kind)])


def offset_name(kind: ApplicantType) -> str:
    return f"applicant_type.{kind}"


def target(values: Mapping[str, float], kind: ApplicantType, year: str = TARGET_YEAR) -> float:
    """The headline match rate."""
    return values[f"headline_match_rate.{kind}.{year}"]


def intercept_fit(world: World, crowds: Sequence[Crowd]) -> float:
    """The intercept at which the crowds, all of one kind, match at the headline rate. Raises
    CalibrationFailed."""
    kind, values = crowds[0].kind, world.values
    sent = [crowd.sent for crowd in crowds]
    shift = shift_fit(sent, target(values, kind), chances(world, kind), what=kind)
    return intercept(values, kind) + shift


def chances(world: World, kind: ApplicantType) -> Chances:
    """What leads from log-odds to a match for this kind of graduate."""
    values = world.values
    return Chances(values[f"match.willing.{kind}"], values["luck.sigma"], world.model.nodes)


def crowd_rate(world: World, crowd: Crowd, at: float) -> float:
    """Mean P(match) of the crowd at an intercept."""
    return match_rate(crowd.sent, at - intercept(world.values, crowd.kind), chances(world, crowd.kind))


def crowd_outcome(world: World, crowd: Crowd, at: float) -> Outcome:
    """Everyone's chances at an intercept."""
    return outcome(crowd.sent, at - intercept(world.values, crowd.kind), chances(world, crowd.kind))
