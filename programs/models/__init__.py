from programs.models.fact import ProgramFact
from programs.models.program import Institution, Program, Specialty
from programs.models.report import FactReport
from programs.models.version import DataVersion, Publication

__all__ = ["DataVersion", "FactReport", "Institution", "Program", "ProgramFact", "Publication", "Specialty"]
