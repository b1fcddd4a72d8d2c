"""Results and errors of a cohort as a stream of lines: read, written and forgotten a few chunks at a time."""

from collections.abc import Iterator

from django.http import HttpResponseBase, StreamingHttpResponse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from matching.api.alive import alive_through
from matching.api.cohorts.renderers import CsvRenderer
from matching.cohorts.results import errors_csv, errors_jsonl, results_csv, results_jsonl
from matching.cohorts.selectors import chunk_blobs, chunks_ready
from matching.models import Cohort
from programs.api_query import Parameters, faults_raise

LAST_LINE = 999_999


def after_read(request: Request) -> int:
    """``?after=``: the last line one has. Raises ValidationError for anything else."""
    parameters = Parameters(request.query_params)
    parameters.read.clear()
    after = parameters.integer("after", 0, LAST_LINE)
    parameters.unknown_refused()
    faults_raise(parameters)
    return after or 0


def cancelled() -> NotFound:
    return NotFound("This cohort was cancelled: what was sent and what was scored is erased.")


def there_or_gone(cohort: Cohort) -> Cohort:
    """Raises NotFound for one that is cancelled: nothing of it is kept but that it was there."""
    if cohort.state == Cohort.State.CANCELLED:
        raise cancelled()
    return cohort


def results_stream(request: Request, cohort: Cohort) -> HttpResponseBase:
    after = after_read(request)
    blobs = chunk_blobs(chunks_ready(cohort, after=after), field="result")
    write = results_csv if _csv(request) else results_jsonl
    return _lines(request, cohort, write(blobs, data_version=cohort.data_version, after=after))


def errors_stream(request: Request, cohort: Cohort) -> HttpResponseBase:
    after = after_read(request)
    ready = chunks_ready(cohort, after=after).filter(rejected__gt=0)
    write = errors_csv if _csv(request) else errors_jsonl
    return _lines(request, cohort, write(chunk_blobs(ready, field="errors"), after=after))


def _csv(request: Request) -> bool:
    return isinstance(request.accepted_renderer, CsvRenderer)


def _lines(request: Request, cohort: Cohort, lines: Iterator[bytes]) -> HttpResponseBase:
    kind = request.accepted_renderer.media_type
    return StreamingHttpResponse(
        iter(()) if request.method == "HEAD" else alive_through(lines),
        content_type=f"{kind}; charset=utf-8" if _csv(request) else kind,
        headers=cohort_headers(cohort),
    )


def cohort_headers(cohort: Cohort) -> dict[str, str]:
    """What the lines by themselves do not say."""
    return {
        "X-Cohort-State": cohort.state,
        "X-Model-Version": cohort.model_version,
        "X-Data-Version": cohort.data_version,
    }
