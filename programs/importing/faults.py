"""What is wrong with a file: said by file, line, field and value, everything at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    file: str
    line: int
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return (
            f"{where} {self.field} {self.value!r} {self.reason}" if self.field else f"{where} {self.reason}"
        )


class CatalogueInvalidError(Exception):
    """Nothing was written: ``faults`` lists all that must be put right first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
