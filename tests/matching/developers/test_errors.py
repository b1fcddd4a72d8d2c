"""The catalogue of fault codes against the sources: a code that is written and not explained is found."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from rest_framework.settings import api_settings

from applicants.words import CODES
from matching.developers.errors import FAULT_CODES, problems_listed

ROOT = Path(settings.BASE_DIR)
FOLDERS = ("matching/api", "matching/cohorts")
RULES = ("applicants/rules.py", "applicants/exam_rules.py")
QUERIES = ("programs/api_query.py", "smartpick/api_pagination.py")
ELSE = "invalid_type"  # what applicants.words says of all that it does not name


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def texts(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def codes_of_faults(path: Path) -> set[str]:
    """The second argument of ``Fault``, a code or a choice between two."""
    found: set[str] = set()
    for call in calls(path):
        if getattr(call.func, "id", "") == "Fault" and len(call.args) > 1:
            code = call.args[1]
            branches = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
            found |= {text for each in branches if isinstance(each, ast.Constant) for text in texts(each)}
    return found


def codes_of_rules(path: Path) -> set[str]:
    """The middle of what a rule yields: where, code, words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yielded = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield)]
    triples = [node for node in yielded if isinstance(node, ast.Tuple) and len(node.elts) == 3]
    assert triples
    return {text for triple in triples for text in texts(triple.elts[1])}


def codes_of_queries(path: Path) -> set[str]:
    found: set[str] = set()
    for call in calls(path):
        if getattr(call.func, "attr", "") == "fault" and len(call.args) > 1:
            found |= texts(call.args[1])
        if getattr(call.func, "id", "") == "ValidationError":
            found |= {text for word in call.keywords if word.arg == "code" for text in texts(word.value)}
    return found


def test_every_code_that_is_written_is_explained_and_no_other() -> None:
    written = {*CODES.values(), ELSE}
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            written |= codes_of_faults(path)
    for name in RULES:
        written |= codes_of_rules(ROOT / name)
    for name in QUERIES:
        written |= codes_of_queries(ROOT / name)

    assert written == FAULT_CODES.keys()


def test_problems_are_those_the_handler_answers_with() -> None:
    told = {problem.status: problem for problem in problems_listed()}

    assert {400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 503} <= told.keys()
    assert "Retry-After" in told[429].headers
    assert '"errors": [' in told[422].example
    assert api_settings.EXCEPTION_HANDLER is not None
