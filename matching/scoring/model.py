"""The model at one version: parameters and tables, with everything that can be worked out beforehand."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from matching.scoring.draws import DRAWS, SEED, DrawnModel, model_drawn, model_stated
from matching.scoring.factor_context import StatePrior
from matching.scoring.fees import FeeTable
from matching.scoring.luck import Nodes, luck_nodes
from matching.scoring.parameters import Parameters
from matching.scoring.signals import SignalTable

# Raised by hand when the meaning of a number changes without a parameter changing.
EDITION = 1
LUCK_NODES = 16

Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Model:
    """What stays the same for every applicant of a season. ``version`` names edition, tables and season."""

    version: str
    season: str
    parameters: Parameters
    drawn: DrawnModel
    states: Mapping[str, StatePrior]
    fees: FeeTable
    services: Mapping[str, str]
    signals: SignalTable
    nodes: Nodes

    @property
    def application_year(self) -> int:
        return int(self.season) - 1

    @cached_property
    def central(self) -> "Model":
        """The same model without its draws: for whoever asks for log-odds and not for ranges."""
        return replace(self, drawn=model_stated(self.parameters))


def model_build(
    *, season: str, parameters: Rows, states: Rows, fees: Rows, signals: Rows, services: Mapping[str, str]
) -> Model:
    """A model from the rows of the reference files; ``services`` names each specialty's application service.

    Raises ParameterInvalid, FeeRowInvalid, SignalRowInvalid or ValueError, naming the row.
    """
    fee_rows, state_rows, signal_rows = ([dict(row) for row in rows] for rows in (fees, states, signals))
    values = Parameters.from_rows(parameters)
    tables = (state_rows, fee_rows, signal_rows, sorted(services.items()))
    text = repr((EDITION, DRAWS, SEED, season, values.digest, *tables))
    return Model(
        version=f"{EDITION}.{hashlib.sha256(text.encode()).hexdigest()[:10]}",
        season=season,
        parameters=values,
        drawn=model_drawn(values),
        states={row["state"]: _state(row) for row in state_rows},
        fees=FeeTable.from_rows(fee_rows, season),
        services=dict(services),
        signals=SignalTable.from_rows(signal_rows, season),
        nodes=luck_nodes(LUCK_NODES),
    )


def _state(row: Mapping[str, str]) -> StatePrior:
    def number(column: str) -> float | None:
        return float(row[column]) if row[column] else None

    return StatePrior(number("us_img_log_odds_vs_nation"), number("non_us_img_log_odds_vs_nation"))
