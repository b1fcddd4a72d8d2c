from programs.services.facts import FactFromFile, fact_change, fact_delete, fact_record, facts_pick_current
from programs.services.loading import catalogue_load
from programs.services.publishing import data_version_publish
from programs.services.reports import TooManyReports, report_make
from programs.services.rosters import RosterInvalid, roster_delete, roster_rows, roster_write

__all__ = [
    "FactFromFile",
    "RosterInvalid",
    "TooManyReports",
    "catalogue_load",
    "data_version_publish",
    "fact_change",
    "fact_delete",
    "fact_record",
    "facts_pick_current",
    "report_make",
    "roster_delete",
    "roster_rows",
    "roster_write",
]
