"""How the numbers are made and what they rest on: the same for everyone, and nobody's data."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from matching.method.forms import FactFilter, ParameterFilter
from matching.method.page import page
from matching.method.registries import limit_groups, sources_not_shipped, sources_shipped, versions
from matching.outcomes.status import validation_of

# The engine and its libraries load with the first page, not with the process.


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The model in plain words, and one example reckoned with the numbers of now."""
    from matching.catalogue import CatalogueEmpty, catalogue_current  # noqa: PLC0415
    from matching.method.coverage import coverage_of  # noqa: PLC0415
    from matching.method.plain import plain_figures  # noqa: PLC0415
    from matching.method.registry_page import factor_rows, gate_rows  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415
    from matching.scoring.draws import DRAWS  # noqa: PLC0415

    try:
        coverage = coverage_of(catalogue_current(), settings.SEASON)
    except CatalogueEmpty:
        coverage = None
    context = {
        "figures": plain_figures(settings.SEASON, coverage),
        "model": model_for(settings.SEASON),
        "draws": DRAWS,
        "gates": gate_rows(),
        "factors": factor_rows(),
    }
    return page(request, "how", context)


@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Every number of the model, found by words and kind."""
    from matching.calibrating import calibration_current, calibration_document  # noqa: PLC0415
    from matching.method import parameters as told  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415

    every, calibration = model_for(settings.SEASON).parameters.rows(), calibration_document()
    form = ParameterFilter(request.GET)
    found = told.found_by(every, **form.cleaned_data) if form.is_valid() else []
    context = {
        "form": form,
        "total": len(every),
        "counts": told.kind_counts(every),
        "found": len(found),
        "groups": told.groups(found, told.base_moves(calibration)),
        "measured_now": calibration is not None and calibration_current(calibration),
    }
    return page(request, "parameters", context, status=422 if form.errors else 200)


@require_safe
def parameters_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    from matching.calibrating import calibration_document  # noqa: PLC0415
    from matching.method.parameters import base_moves, parameters_csv  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415

    model = model_for(settings.SEASON)
    text = parameters_csv(model.parameters.rows(), base_moves(calibration_document()))
    name = f"smartpick-parameters-{model.version}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Where facts come from, whose they are, how many there are and how old, by region."""
    from matching.catalogue import CatalogueEmpty, catalogue_current  # noqa: PLC0415
    from matching.method import data_page as told  # noqa: PLC0415
    from matching.method.coverage import coverage_of  # noqa: PLC0415
    from matching.reference import model_for  # noqa: PLC0415

    form = FactFilter({"fact": request.GET.get("fact") or told.ANY})
    field = form.cleaned_data["fact"] if form.is_valid() else told.ANY
    context = {"form": form, "shipped": sources_shipped(), "not_shipped": sources_not_shipped()}
    with suppress(CatalogueEmpty):
        half_life = model_for(settings.SEASON).parameters.values["fact.half_life"]
        context |= told.charts_of(coverage_of(catalogue_current(), settings.SEASON), field, half_life)
    return page(request, "data", context, status=422 if form.errors else 200)


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """What it cannot do, and where it is known to be wrong."""
    from matching.engine import model_version  # noqa: PLC0415

    checked = validation_of(model_version()) is not None
    return page(request, "limits", {"groups": limit_groups(checked=checked)})


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The versions of the model, the one that answers now marked."""
    from matching.engine import model_version  # noqa: PLC0415

    told, now = versions(), model_version()
    context = {
        "versions": told,
        "now": now,
        "listed": any(one.version == now for one in told),
        "released": any(one.released for one in told),
    }
    return page(request, "changes", context)
