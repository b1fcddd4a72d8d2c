"""A signal as an action: where the specialty has signals, another program may get one of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignalAction:
    """A signal of ``level`` sent to one program: it costs nothing but another program's signal."""

    name: str
    title: str
    level: str
    part_of: None = None


SIGNAL_ACTIONS: tuple[SignalAction, ...] = (
    SignalAction("signal_gold", "One of your gold signals here", "gold"),
    SignalAction("signal_silver", "One of your silver signals here", "silver"),
    SignalAction("signal_single", "One of your signals here", "single"),
)
