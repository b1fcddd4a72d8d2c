from programs.models.fact import ProgramFact
from programs.models.importing import ImportBatch, ImportPart, ImportRow, ImportSource
from programs.models.override import ProgramOverride
from programs.models.program import Institution, Program, Specialty
from programs.models.report import FactReport
from programs.models.roster import Resident, Roster
from programs.models.use import ProgramUse
from programs.models.version import DataVersion, Publication

__all__ = [
    "DataVersion",
    "FactReport",
    "ImportBatch",
    "ImportPart",
    "ImportRow",
    "ImportSource",
    "Institution",
    "Program",
    "ProgramFact",
    "ProgramOverride",
    "ProgramUse",
    "Publication",
    "Resident",
    "Roster",
    "Specialty",
]
