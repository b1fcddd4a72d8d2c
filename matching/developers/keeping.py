"""What is kept of what a partner sends: the entries of the one registry that speak of partners."""

from collections.abc import Mapping

from matching.privacy.page import KeptTold
from matching.privacy.registry import REGISTRY, entry_told

OF_PARTNERS = frozenset({"matching.ApiKey", "matching.IdempotencyKey", "matching.Cohort"})


def kept_of_partners(days: Mapping[str, int]) -> tuple[KeptTold, ...]:
    return tuple(
        KeptTold(entry.what, entry.why, entry_told(entry, days))
        for entry in REGISTRY
        if OF_PARTNERS & set(entry.models)
    )
