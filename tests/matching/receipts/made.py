"""Answers of one visitor as they came about: with other answers, other data, or an earlier model."""

import uuid
from typing import Any

from django.conf import settings

from matching.catalogue import LoadedCatalogue, catalogue_get
from matching.inputs import applicant_of
from matching.inputs import options_of as core_options
from matching.models import Match, MatchRun, ModelVersion
from matching.packing import answer_pack
from matching.receipts.ends import columns_of
from matching.receipts.kept_models import table_pack, tables_now
from matching.reference import model_with
from matching.schema import MatchOptions
from matching.scoring.model import Model
from matching.scoring.score import score
from matching.services import match_start, run_score
from matching.services.digest import run_input
from matching.whole import whole_pack
from programs.reference import Row, reference_rows
from programs.snapshot import version_current
from tests.matching.factories import NOW
from tests.matching.inputs import options_of, profile_of


def asked(visitor: uuid.UUID, *, options: dict[str, Any] | None = None, **profile: Any) -> Match:
    """An answer of the visitor, scored."""
    match = match_start(profile=profile_of(**profile), options=options_of(**(options or {})), visitor=visitor)
    run_score(match.run_id)
    return Match.objects.select_related("run").get(pk=match.pk)


def rows_with(**values: str) -> list[Row]:
    """The parameter file with other values; dots of a name are written as two underscores."""
    told = {name.replace("__", "."): value for name, value in values.items()}
    return [
        {**row, "value": told[row["name"]], "low": "", "high": ""} if row["name"] in told else dict(row)
        for row in reference_rows("parameters")
    ]


def earlier_model(
    rows: list[Row], *, kept: bool = True, edition: int | None = None, season: str = settings.SEASON
) -> Model:
    """A model as it once was; ``kept``: what it was built from was written down then."""
    model = model_with(season, rows)
    if kept:
        tables = {**tables_now(), "parameters": table_pack(rows)}
        tables |= {} if edition is None else {"edition": edition}
        ModelVersion.objects.create(
            version=model.version, season=model.season, parameters=tables, first_used_at=NOW
        )
    return model


def asked_of(
    model: Model, visitor: uuid.UUID, *, options: dict[str, Any] | None = None, **profile: Any
) -> Match:
    """An answer the earlier model gave, of the data now published."""
    version = version_current()
    assert version is not None
    return _kept(model, visitor, catalogue_get(version), options_of(**(options or {})), profile_of(**profile))


def _kept(
    model: Model, visitor: uuid.UUID, catalogue: LoadedCatalogue, options: MatchOptions, profile: Any
) -> Match:
    source = run_input(
        profile=profile,
        options=options,
        season=model.season,
        model_version=model.version,
        data_version=catalogue.version,
    )
    columns = columns_of(catalogue, model)
    answer = score(applicant_of(profile), core_options(options), columns, model, whole=True)
    assert answer.whole is not None  # asked for
    run = MatchRun.objects.create(
        digest=source.digest(),
        profile=source.profile,
        options=source.options,
        season=source.season,
        as_of=source.as_of,
        model_version=source.model_version,
        data_version=source.data_version,
        state=MatchRun.State.DONE,
        result=answer_pack(answer),
        whole=whole_pack(answer.whole),
        attempts=1,
        rung_at=NOW,
        created_at=NOW,
        finished_at=NOW,
    )
    return Match.objects.create(run=run, visitor=visitor, created_at=NOW)
