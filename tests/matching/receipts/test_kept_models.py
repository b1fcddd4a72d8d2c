import pytest
from django.conf import settings

from matching.models import ModelVersion
from matching.receipts import kept_models
from matching.receipts.kept_models import model_kept, model_version_keep, models_for, tables_now
from matching.reference import model_for
from tests.matching.factories import run_make
from tests.matching.receipts.made import earlier_model, rows_with

pytestmark = pytest.mark.django_db
SEASON = settings.SEASON


@pytest.fixture(autouse=True)
def _new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_models, "_known", set())


def test_model_version_is_kept_once() -> None:
    model_version_keep(season=SEASON)
    model_version_keep(season=SEASON)
    row = ModelVersion.objects.get()
    assert (row.version, row.season) == (model_for(SEASON).version, SEASON)
    assert row.parameters["parameters"]["rows"]


def test_model_version_kept_by_another_process_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    model_version_keep(season=SEASON)
    first = ModelVersion.objects.get().first_used_at
    monkeypatch.setattr(kept_models, "_known", set())
    model_version_keep(season=SEASON)
    assert ModelVersion.objects.get().first_used_at == first


def test_model_kept_is_built_to_the_same_version() -> None:
    """From the database, where a document may come back with its members in another order."""
    model = earlier_model(rows_with(luck__sigma="0.7"))
    built = model_kept(model.version, SEASON)
    assert built is not None
    assert built.version == model.version
    assert built.parameters.values["luck.sigma"] == 0.7
    assert model_for(SEASON).parameters.values["luck.sigma"] != 0.7


def test_model_kept_today_needs_no_row() -> None:
    assert model_kept(model_for(SEASON).version, SEASON) is model_for(SEASON)


def test_model_never_kept_is_not_guessed() -> None:
    assert model_kept("1.0000000000", SEASON) is None


def test_model_of_another_edition_cannot_be_built() -> None:
    model = earlier_model(rows_with(luck__sigma="0.7"), edition=0)
    assert model_kept(model.version, SEASON) is None


def test_model_whose_tables_give_another_version_is_not_used() -> None:
    ModelVersion.objects.create(
        version="1.changed",
        season=SEASON,
        parameters=tables_now(),
        first_used_at="2026-09-01T00:00Z",
    )
    assert model_kept("1.changed", SEASON) is None


def test_models_for_two_runs_say_what_differs() -> None:
    model = earlier_model(rows_with(luck__sigma="0.7"))
    models = models_for(
        run_make(model_version=model.version), run_make(model_version=model_for(SEASON).version)
    )
    assert models.kept
    assert models.changed is not None
    assert [each["name"] for each in models.changed["parameters"]] == ["luck.sigma"]
    assert models.changed["parameters"][0]["before"][0] == "0.7"
    assert models.changed["tables"] == {}


def test_models_for_runs_of_one_version_differ_in_nothing() -> None:
    version = model_for(SEASON).version
    models = models_for(run_make(model_version=version), run_make(model_version=version))
    assert (models.kept, models.changed) == (True, None)
    assert models.before is models.after


def test_models_for_a_run_whose_model_is_gone_use_the_other() -> None:
    models = models_for(run_make(model_version="gone"), run_make(model_version=model_for(SEASON).version))
    assert not models.kept
    assert models.before is models.after is model_for(SEASON)
