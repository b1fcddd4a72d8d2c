import logging
import sys

import pytest
from django.test import RequestFactory
from django.urls import resolve

from smartpick.logs import OneLineFormatter, RequestIdFilter, RouteFilter


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("programs", logging.INFO, __file__, 1, message, arguments, None)


def test_formatter_keeps_forged_lines_in_one() -> None:
    text = OneLineFormatter("%(message)s").format(record("name %s", "x\nERROR forged\r\n"))
    assert text == "name x\\nERROR forged\\r\\n"


def test_formatter_keeps_a_traceback_in_one() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        entry = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    text = OneLineFormatter("%(message)s").format(entry)
    assert "\n" not in text
    assert "test_logs.py" in text
    assert "builtins.ValueError" in text


def test_formatter_leaves_out_what_an_error_says(caplog: pytest.LogCaptureFixture) -> None:
    """Its kind and its way are told, also those of the errors that led to it, not the words."""
    try:
        try:
            raise KeyError("marker-inner")
        except KeyError as inner:
            raise ValueError("marker-outer") from inner
    except ValueError:
        entry = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    logging.Formatter().format(entry)  # another handler was first, and wrote it with its words
    text = OneLineFormatter("%(message)s").format(entry)
    assert "marker" not in text.replace('KeyError("marker-inner")', "").replace(
        'ValueError("marker-outer")', ""
    )
    assert text.index("builtins.KeyError") < text.index("builtins.ValueError")
    assert "ValueError: marker-outer" in OneLineFormatter("%(message)s", texts=True).format(entry)


@pytest.mark.parametrize("before", ["/l/", "/w/", "/plan/feed/", "/plan/stop/"])
def test_formatter_hides_what_opens_a_private_address(before: str) -> None:
    text = OneLineFormatter("%(message)s").format(record(f"GET {before}ab-_12345678/list.csv 200"))
    assert text.startswith(f"GET {before}…")
    assert "12345678" not in text


def test_formatter_tells_the_kind_of_what_broke_a_task() -> None:
    entry = record("Task %(name)s: %(exc)s")
    entry.name = "celery.app.trace"
    entry.args = {"name": "score", "exc": "ValueError('marker')", "traceback": "marker"}
    assert OneLineFormatter("%(message)s").format(entry) == "Task score: ValueError"


def test_filter_adds_the_request_id_also_outside_a_request() -> None:
    entry = record("hello")
    assert RequestIdFilter().filter(entry) is True
    assert OneLineFormatter("[%(request_id)s] %(message)s").format(entry) == "[-] hello"


def test_route_filter_hides_the_path_of_a_failed_request(rf: RequestFactory) -> None:
    request = rf.get("/programs/sp00001/")
    request.resolver_match = resolve(request.path)
    entry = record("%s: %s", "Internal Server Error", request.path)
    entry.request = request
    assert RouteFilter().filter(entry) is True
    assert entry.getMessage().startswith("Internal Server Error: /programs/<")
    assert "sp00001" not in entry.getMessage()


def test_route_filter_leaves_other_records_alone() -> None:
    entry = record("%s: %s", "Loaded", "/programs/")
    assert RouteFilter().filter(entry) is True
    assert entry.getMessage() == "Loaded: /programs/"


def test_root_has_one_handler_with_both() -> None:
    handlers = logging.getLogger().handlers
    ours = [handler for handler in handlers if isinstance(handler.formatter, OneLineFormatter)]
    assert len(ours) == 1
    assert any(isinstance(each, RequestIdFilter) for each in ours[0].filters)
