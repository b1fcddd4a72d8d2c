"""The model at an earlier version, from what was kept of it the first time it was used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone

from matching.models import MatchRun, ModelVersion
from matching.receipts.facts import tables_changed
from matching.reference import model_for
from matching.scoring.model import EDITION, Model, model_build
from programs.reference import reference_rows

# Under which name of the kept document each table stands, and the reference file it comes from.
TABLES = {
    "parameters": "parameters",
    "states": "state_openness",
    "fees": "fees",
    "signals": "signals",
}
_known: set[str] = set()


@dataclass(frozen=True)
class Models:
    """The models two runs are compared with. ``kept``: each is the one its run was made with. ``changed``:
    what differs between their tables; None where that is nothing, or not known."""

    before: Model
    after: Model
    kept: bool
    changed: dict[str, Any] | None


def models_for(before: MatchRun, after: MatchRun) -> Models:
    """Where the model of one end was not kept, both ends are scored with the other's, or with today's."""
    first = model_kept(before.model_version, before.season)
    last = model_kept(after.model_version, after.season)
    if first and last:
        changed = None if first is last else tables_changed(*map(_tables, (first, last)))
        return Models(first, last, kept=True, changed=changed)
    stands = last or first or model_for(settings.SEASON)
    return Models(stands, stands, kept=False, changed=None)


def model_version_keep(*, season: str) -> None:
    """Keep the tables of the model now used, so that it can be built again when it has changed. Once."""
    version = model_for(season).version
    if version in _known:
        return
    if not ModelVersion.objects.filter(pk=version).exists():
        row = ModelVersion(
            version=version, season=season, parameters=tables_now(), first_used_at=timezone.now()
        )
        ModelVersion.objects.bulk_create([row], ignore_conflicts=True)
    _known.add(version)  # runs are scored outside of any transaction: what was written stays


def tables_now() -> dict[str, Any]:
    """Every table a model is built from. Rows as lists: a database may put members in another order, and the
    version hangs on theirs."""
    services = {row["slug"]: row["application_service"] for row in reference_rows("specialties")}
    return {
        "edition": EDITION,
        **{name: table_pack(reference_rows(file)) for name, file in TABLES.items()},
        "services": sorted(services.items()),
    }


def table_pack(rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    listed = [dict(row) for row in rows]
    columns = list(listed[0]) if listed else []
    return {"columns": columns, "rows": [[row[name] for name in columns] for row in listed]}


def table_unpack(kept: Mapping[str, Any]) -> list[dict[str, str]]:
    return [dict(zip(kept["columns"], row, strict=True)) for row in kept["rows"]]


def model_kept(version: str, season: str) -> Model | None:
    """The model of this version; None where it was not kept, or only as another edition of the core."""
    if model_for(season).version == version:
        return model_for(season)
    row = ModelVersion.objects.filter(pk=version).first()
    if row is None or row.parameters["edition"] != EDITION:
        return None
    model = _built(version, row.season, orjson.dumps(row.parameters))
    return model if model.version == version else None


@lru_cache(maxsize=2)
def _built(version: str, season: str, tables: bytes) -> Model:
    kept = orjson.loads(tables)
    return model_build(
        season=season,
        **{name: table_unpack(kept[name]) for name in TABLES},
        services=dict(kept["services"]),
    )


def _tables(model: Model) -> dict[str, Any]:
    if model is model_for(model.season):
        return tables_now()
    return dict(ModelVersion.objects.values_list("parameters", flat=True).get(pk=model.version))
