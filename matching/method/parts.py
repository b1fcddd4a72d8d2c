"""The pages that say how it works, in the order they are read; their sub-navigation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    title: str

    @property
    def view(self) -> str:
        return f"matching:{self.name}"


PARTS = (
    Part("method", "In plain words"),
    Part("method_parameters", "Parameters"),
    Part("method_data", "Data"),
    Part("report_card", "Report card"),
    Part("method_simulation", "Simulation"),
    Part("method_limits", "Limits"),
    Part("method_changes", "Changes"),
)
