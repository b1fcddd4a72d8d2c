"""What version 1 has promised, frozen: its operations, parameters, members, types and enumerations.

    python -m tests.api.frozen        writes tests/api/v1_contract.json anew; look at the difference first

Within version 1 things may be added and nothing may be taken away or narrowed. ``broken`` says what of a
promise the document of today no longer keeps, from the caller's side:

- of what he sends, whatever was taken is still taken: no new duty, no smaller enumeration or range;
- of what he reads, whatever was told is still told: no member gone, no new kind of value where he did not
  expect one. A member may be added, and a new value to an enumeration, as the contract announces.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "v1_contract.json"
LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
EXACT = ("pattern", "format", "uniqueItems", "contentMediaType")
Plain = dict[str, Any]


def essentials(document: Mapping[str, Any]) -> Plain:
    """The promise of a document: without prose and examples."""
    return {
        "operations": {
            f"{method.upper()} {path}": _operation(operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        },
        "schemas": {name: _schema(schema) for name, schema in document["components"]["schemas"].items()},
    }


def broken(promise: Mapping[str, Any], today: Mapping[str, Any]) -> list[str]:
    """What of the essentials of before those of today do not keep, a sentence each."""
    return sorted(set(_operations_broken(promise, today)))


def _operation(operation: Mapping[str, Any]) -> Plain:
    contents = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "key": {} not in operation["security"],
        "scope": operation.get("x-scope"),
        "parameters": {
            f"{one['in']} {one['name']}": {"required": one.get("required", False), **_schema(one["schema"])}
            for one in operation.get("parameters", ())
        },
        "takes": {kind: _schema(content.get("schema", {})) for kind, content in contents.items()},
        "answers": {
            status: {
                "content": {
                    kind: _schema(content.get("schema", {}))
                    for kind, content in answer.get("content", {}).items()
                },
                "headers": sorted(answer.get("headers", {})),
            }
            for status, answer in operation["responses"].items()
        },
    }


def _schema(schema: Mapping[str, Any]) -> Plain:
    """A schema without prose, defaults and titles; what is nested the same way."""
    kept: Plain = {name: schema[name] for name in (*LEAST, *MOST, *EXACT, "$ref", "const") if name in schema}
    if "type" in schema:
        kept["type"] = sorted([schema["type"]] if isinstance(schema["type"], str) else schema["type"])
    if "enum" in schema:
        kept["enum"] = sorted(schema["enum"], key=str)
    if "properties" in schema:
        kept["properties"] = {name: _schema(inner) for name, inner in schema["properties"].items()}
        kept["required"] = sorted(schema.get("required", ()))
        kept["open"] = schema.get("additionalProperties", True) is not False
    if "items" in schema:
        kept["items"] = _schema(schema["items"])
    for way in ("anyOf", "oneOf"):
        if way in schema:
            kept["ways"] = [_schema(inner) for inner in schema[way]]
    return kept


def _operations_broken(promise: Mapping[str, Any], today: Mapping[str, Any]) -> Iterator[str]:
    compare = _Comparison(promise["schemas"], today["schemas"])
    for name, before in promise["operations"].items():
        now = today["operations"].get(name)
        if now is None:
            yield f"{name}: gone"
            continue
        for member in ("id", "scope"):
            if before[member] != now[member]:
                yield f"{name}: its {member} is another"
        if now["key"] and not before["key"]:
            yield f"{name}: needs a key now"
        yield from _parameters_broken(name, before["parameters"], now["parameters"], compare)
        for kind, schema in before["takes"].items():
            if kind not in now["takes"]:
                yield f"{name}: no longer takes {kind}"
            else:
                yield from compare.sent(f"{name} takes", schema, now["takes"][kind])
        yield from _answers_broken(name, before["answers"], now["answers"], compare)


def _parameters_broken(name: str, before: Plain, now: Plain, compare: "_Comparison") -> Iterator[str]:
    for parameter, schema in before.items():
        if parameter not in now:
            yield f"{name}: the parameter {parameter} is gone"
            continue
        yield from compare.sent(f"{name} {parameter}", schema, now[parameter])
    for parameter, schema in now.items():
        was = before.get(parameter, {"required": False})
        if schema["required"] and not was["required"]:
            yield f"{name}: the parameter {parameter} is required now"


def _answers_broken(name: str, before: Plain, now: Plain, compare: "_Comparison") -> Iterator[str]:
    for status, answer in before.items():
        if status not in now:
            yield f"{name}: {status} is no longer told"
            continue
        for header in set(answer["headers"]) - set(now[status]["headers"]):
            yield f"{name}: {status} no longer has the header {header}"
        for kind, schema in answer["content"].items():
            if kind not in now[status]["content"]:
                yield f"{name}: {status} is no longer given as {kind}"
            else:
                yield from compare.read(f"{name} {status}", schema, now[status]["content"][kind])
    for status in now.keys() - before.keys():
        if status < "400":
            yield f"{name}: {status} is a new way to succeed, which nobody waits for"


class _Comparison:
    """Two schemas held against each other, each with the components it was made with."""

    def __init__(self, before: Plain, now: Plain) -> None:
        self.components = before, now
        self.seen: set[tuple[str, str, str]] = set()

    def sent(self, at: str, before: Plain, now: Plain) -> Iterator[str]:
        """What was taken is taken."""
        yield from self._held("sent", at, before, now)

    def read(self, at: str, before: Plain, now: Plain) -> Iterator[str]:
        """What was told is told, and nothing else where nothing else was to be expected."""
        yield from self._held("read", at, before, now)

    def _held(self, side: str, at: str, before: Plain, now: Plain) -> Iterator[str]:
        pair = (side, str(before.get("$ref", at)), str(now.get("$ref", at)))
        if "$ref" in before or "$ref" in now:
            if pair in self.seen:
                return
            self.seen.add(pair)
            at = str(before.get("$ref", at)).rpartition("/")[2] if "$ref" in before else at
        before, now = self._plain(before, 0), self._plain(now, 1)
        # ``wide`` has to hold all that ``narrow`` holds.
        narrow, wide = (before, now) if side == "sent" else (now, before)
        yield from _narrowed(side, at, narrow, wide)
        yield from self._members(side, at, before, now)
        if "items" in before and "items" in now:
            yield from self._held(side, f"{at}[]", before["items"], now["items"])
        yield from self._ways(side, at, before, now)

    def _plain(self, schema: Plain, which: int) -> Plain:
        while "$ref" in schema:
            schema = self.components[which][schema["$ref"].rpartition("/")[2]]
        return schema

    def _members(self, side: str, at: str, before: Plain, now: Plain) -> Iterator[str]:
        was, is_ = before.get("properties"), now.get("properties")
        if was is None or is_ is None:
            return
        for name, schema in was.items():
            if name not in is_:
                yield f"{at}/{name}: gone"
            else:
                yield from self._held(side, f"{at}/{name}", schema, is_[name])
        duties = (now, before) if side == "sent" else (before, now)
        for name in set(duties[0]["required"]) - set(duties[1]["required"]):
            yield f"{at}/{name}: {'required now' if side == 'sent' else 'may be missing now'}"
        if side == "sent" and before["open"] and not now["open"]:
            yield f"{at}: other members are refused now"

    def _ways(self, side: str, at: str, before: Plain, now: Plain) -> Iterator[str]:
        """Each way it was sent in is taken by one of today's; each it is told in today is one of before."""
        was, is_ = before.get("ways", [before]), now.get("ways", [now])
        if was == [before] and is_ == [now]:
            return
        asked, offered = (was, is_) if side == "sent" else (is_, was)
        for place, one in enumerate(asked):
            pairs = [(one, other) if side == "sent" else (other, one) for other in offered]
            if any(self._fits(side, first, second) for first, second in pairs):
                continue
            yield f"{at}: way {place} is {'no longer taken' if side == 'sent' else 'a new one'}"
            if place < len(pairs):
                yield from self._held(side, at, *pairs[place])

    def _fits(self, side: str, before: Plain, now: Plain) -> bool:
        aside = _Comparison(*self.components)
        aside.seen = set(self.seen)
        return not list(aside._held(side, "", before, now))


def _narrowed(side: str, at: str, narrow: Plain, wide: Plain) -> Iterator[str]:
    """Where ``wide`` does not hold what ``narrow`` does. An enumeration that is read may grow."""
    verb = "no longer" if side == "sent" else "newly"
    if "type" in wide and "ways" not in narrow:
        kinds = set(narrow.get("type", ["anything"]))
        more = kinds - set(wide["type"]) - ({"integer"} if "number" in wide["type"] else set())
        if more:
            yield f"{at}: {verb} {', '.join(sorted(more))}"
    if side == "sent" and "enum" in wide:
        less = [value for value in narrow.get("enum", ["anything"]) if value not in wide["enum"]]
        if less:
            yield f"{at}: no longer {', '.join(map(str, less))}"
    for name in LEAST:
        if name in wide and narrow.get(name, float("-inf")) < wide[name]:
            yield f"{at}: {verb} a {name} below {wide[name]}"
    for name in MOST:
        if name in wide and narrow.get(name, float("inf")) > wide[name]:
            yield f"{at}: {verb} a {name} above {wide[name]}"
    for name in (*EXACT, "const"):
        if name in wide and narrow.get(name) != wide[name]:
            yield f"{at}: another {name}"


def main() -> int:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    from smartpick.api_docs import openapi_document

    today = json.loads(json.dumps(essentials(openapi_document())))
    for sentence in broken(json.loads(FILE.read_text()), today) if FILE.exists() else ():
        print(f"No longer kept: {sentence}")
    FILE.write_text(json.dumps(today, indent=1, sort_keys=True) + "\n")
    print(f"Written: {len(today['operations'])} operations, {len(today['schemas'])} schemas")
    return 0


if __name__ == "__main__":
    sys.exit(main())
