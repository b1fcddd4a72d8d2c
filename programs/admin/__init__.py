"""The catalogue's part of the desk."""

from programs.admin.fact import ProgramFactAdmin
from programs.admin.imports.admin import ImportBatchAdmin
from programs.admin.names import InstitutionAdmin, SpecialtyAdmin
from programs.admin.program import ProgramAdmin
from programs.admin.report import FactReportAdmin
from programs.admin.roster import RosterAdmin
from programs.admin.version import DataVersionAdmin

__all__ = [
    "DataVersionAdmin",
    "FactReportAdmin",
    "ImportBatchAdmin",
    "InstitutionAdmin",
    "ProgramAdmin",
    "ProgramFactAdmin",
    "RosterAdmin",
    "SpecialtyAdmin",
]
