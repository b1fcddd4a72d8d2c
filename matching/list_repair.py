"""The edge of judging a list: validated documents and ids of tracks in, a document out."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from applicants.schema import ProfileDocument
from matching.balance_words import balance_document
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of, options_of
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.list_judge import list_balance, list_repair


def balance_compute(
    *,
    profile: ProfileDocument,
    options: MatchOptions,
    programs: Sequence[str],
    catalogue: LoadedCatalogue,
    season: str,
) -> dict[str, Any]:
    """Grade and findings of any list of tracks, an applicant's own or an advisor's.

    Raises KeyError for an id the catalogue does not know, ValueError where a program stands twice.
    """
    columns = catalogue.columns(season)
    rows = np.array([columns.row_of[name] for name in programs], dtype=np.int64)
    applicant, asked = applicant_of(profile), options_of(options)
    return balance_document(list_balance(applicant, asked, rows, columns, model_for(season)))


def repair_compute(
    *,
    profile: ProfileDocument,
    options: MatchOptions,
    programs: Sequence[str],
    catalogue: LoadedCatalogue,
    season: str,
) -> dict[str, Any]:
    """The list bettered within its limits: ``programs`` after it, ids ``added`` and ``removed``, and
    the balance ``before`` and ``after``. Raises as ``balance_compute``."""
    columns = catalogue.columns(season)
    rows = np.array([columns.row_of[name] for name in programs], dtype=np.int64)
    found = list_repair(applicant_of(profile), options_of(options), rows, columns, model_for(season))
    ids = {
        name: [columns.ids[row] for row in getattr(found, part).tolist()]
        for name, part in (("programs", "rows"), ("added", "added"), ("removed", "removed"))
    }
    return {**ids, "before": balance_document(found.before), "after": balance_document(found.after)}
