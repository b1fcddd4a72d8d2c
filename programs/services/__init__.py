from programs.services.facts import FactFromFile, fact_change, fact_delete, fact_record, facts_pick_current
from programs.services.loading import catalogue_load
from programs.services.publishing import data_version_publish

__all__ = [
    "FactFromFile",
    "catalogue_load",
    "data_version_publish",
    "fact_change",
    "fact_delete",
    "fact_record",
    "facts_pick_current",
]
