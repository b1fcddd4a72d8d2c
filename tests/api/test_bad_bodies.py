"""Bodies that must be refused: 4xx with a pointer to the member, and nothing stored."""

import json
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.bodies import GOOD, changed, text_pointers
from tests.api.conftest import KeyMaker, problem_of, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MATCHES = "/api/v1/matches/"
HOSTILE_TEXT = (
    "'; DROP TABLE matching_match; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "nul\0here",
    "a" * 5000,
    "\u202e\ufeff\u0000",
    "",
)
HOSTILE_VALUES: tuple[Any, ...] = (
    10**30,
    -(10**30),
    2**63,
    -1,
    1.5,
    1e308,
    True,
    [[]],
    {"a": {"b": {}}},
    [None],
    "224",
)
# Where one of the hostile values above is a good value after all.
ALLOWED = {
    "/profile/ecfmg_certified": (True,),
    "/store": (True,),
    "/profile/medical_school/name": ("224",),
}


def post(client: Client, body: Any, **headers: str) -> Any:
    return client.post(
        MATCHES,
        body if isinstance(body, bytes) else json.dumps(body),
        "application/json",
        headers=headers,
    )


SHAPES: list[tuple[str, Any, str]] = [
    ("/profile/step2ck/score", 301, "max_value"),
    ("/profile/step2ck/score", 0, "min_value"),
    ("/profile/step2ck/score", "224", "invalid_type"),
    ("/profile/step2ck/score", 224.5, "invalid_type"),
    ("/profile/step2ck/score", True, "invalid_type"),
    ("/profile/step2ck/attempts", 7, "max_value"),
    ("/profile/graduation_year", 1959, "min_value"),
    ("/profile/graduation_year", 2030, "max_value"),
    ("/profile/applicant_type", "martian", "invalid_choice"),
    ("/profile/specialties", [], "too_short"),
    ("/profile/specialties", ["astrology"], "any"),
    ("/profile/specialties/0", "astrology", "any"),
    ("/profile/experience/0/weeks", -1, "min_value"),
    ("/profile/experience/0/program_id", "sp99999", "any"),
    ("/profile/languages/0", "xx", "invalid_choice"),
    ("/profile/step2_ck", {"score": 224}, "unknown_member"),
    ("/profile/step2ck/scoer", 224, "unknown_member"),
    ("/options/rings", [], "too_short"),
    ("/options/rings", ["los-angeles", "los-angeles"], "duplicate"),
    ("/options/rings/0", "mars", "invalid_choice"),
    ("/options/tracks/1", "fellowship", "invalid_choice"),
    ("/options/la_weight", 1.01, "max_value"),
    ("/options/la_weight", -0.1, "min_value"),
    ("/options/la_weight", "0.5", "invalid_type"),
    ("/options/max_applications", -1, "min_value"),
    ("/options/max_applications", 301, "max_value"),
    ("/options/max_applications", None, "invalid_type"),
    ("/options/max_usd", -1, "min_value"),
    ("/options/max_usd", 10**30, "any"),
    ("/options/top", 0, "min_value"),
    ("/options/top", 501, "max_value"),
    ("/options/explain", 201, "max_value"),
    ("/options/explain", -1, "min_value"),
    ("/options/must_include", ["sp99999"], "invalid_choice"),
    ("/options/must_exclude", ["sp99998"], "invalid_choice"),
    ("/options/must_include", ["'; --"], "invalid_format"),
    ("/options/topp", 5, "unknown_member"),
    ("/options", None, "invalid_type"),
    ("/options", [], "invalid_type"),
    ("/profile", None, "invalid_type"),
    ("/profile", [], "invalid_type"),
    ("/store", "yes", "invalid_type"),
    ("/store", 1, "invalid_type"),
    ("/storee", True, "unknown_member"),
]


@pytest.mark.parametrize(("pointer", "value", "code"), SHAPES, ids=lambda value: repr(value)[:40])
def test_matches_refuses_shape(client: Client, pointer: str, value: Any, code: str) -> None:
    before = row_counts()

    problem = problem_of(post(client, changed((pointer, value))), 422)

    faults = [fault for fault in problem["errors"] if fault["pointer"].startswith(pointer)]
    assert faults, problem["errors"]
    assert code in ("any", faults[0]["code"])
    assert row_counts() == before


@pytest.mark.parametrize("pointer", [one for one in text_pointers() if one != "/profile/medical_school/name"])
@pytest.mark.parametrize("text", HOSTILE_TEXT, ids=lambda text: repr(text)[:20])
def test_matches_refuses_hostile_text(client: Client, pointer: str, text: str) -> None:
    before = row_counts()

    problem = problem_of(post(client, changed((pointer, text))), 422)

    assert pointer in [fault["pointer"] for fault in problem["errors"]]
    assert row_counts() == before


@pytest.mark.parametrize(
    "text", ["nul\0here", "a" * 5000, "", "line\nbreak"], ids=lambda text: repr(text)[:20]
)
def test_matches_refuses_school_name(client: Client, text: str) -> None:
    problem = problem_of(post(client, changed(("/profile/medical_school/name", text))), 422)

    assert [fault["pointer"] for fault in problem["errors"]] == ["/profile/medical_school/name"]


def every_pointer(value: Any = GOOD, at: str = "") -> list[str]:
    inner: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return ([at] if at else []) + [one for name, part in inner for one in every_pointer(part, f"{at}/{name}")]


@pytest.mark.parametrize("pointer", every_pointer())
def test_matches_refuses_hostile_values(client: Client, pointer: str) -> None:
    before = row_counts()
    for value in HOSTILE_VALUES:
        if value in ALLOWED.get(pointer, ()):
            continue
        text = json.dumps(changed((pointer, value))).encode()
        response = post(client, text)
        problem = problem_of(response, 422)
        assert any(fault["pointer"].startswith(pointer) for fault in problem["errors"]), (
            pointer,
            value,
            problem,
        )
    assert row_counts() == before


def test_matches_lists_every_fault_at_once(client: Client) -> None:
    body = changed(
        ("/profile/step2ck/score", 400),
        ("/profile/step1/score", 230),
        ("/profile/visa_needed", "j1"),
        ("/options/top", 10),
        ("/options/explain", 11),
        ("/options/must_include", ["sp99999"]),
        ("/options/la_weight", 2),
        ("/store", "no"),
        ("/whatever", 1),
    )

    problem = problem_of(post(client, body), 422)

    assert {fault["pointer"] for fault in problem["errors"]} == {
        "/profile/step2ck/score",
        "/profile/step1/score",
        "/profile/visa_needed",
        "/options/explain",
        "/options/must_include/0",
        "/options/la_weight",
        "/store",
        "/whatever",
    }
    assert problem["detail"] == "8 members are not valid."


def test_matches_names_the_member_meant(client: Client) -> None:
    problem = problem_of(post(client, changed(("/options/max_aplications", 5))), 422)

    (fault,) = problem["errors"]
    assert fault["code"] == "unknown_member"
    assert '"max_applications"' in fault["detail"]


@pytest.mark.parametrize("missing", [{}, {"options": {}}, {"store": False}])
def test_matches_needs_a_profile(client: Client, missing: dict[str, Any]) -> None:
    problem = problem_of(post(client, missing), 422)

    assert ("/profile", "required") in [(fault["pointer"], fault["code"]) for fault in problem["errors"]]


@pytest.mark.parametrize("body", [b"[]", b"null", b"3", b'"text"', b"true"])
def test_matches_needs_an_object(client: Client, body: bytes) -> None:
    problem = problem_of(post(client, body), 422)

    assert problem["errors"][0]["pointer"] == ""


def test_matches_must_include_counts_programs(client: Client, catalogue: list[str]) -> None:
    """Two tracks of one program are one application."""
    options = {"must_include": ["sp00004", "sp00005", "sp00006"], "max_applications": 1}

    problem = problem_of(post(client, {"profile": GOOD["profile"], "options": options}), 422)

    (fault,) = problem["errors"]
    assert (fault["pointer"], fault["code"]) == ("/options/must_include", "too_long")
    assert fault["detail"].startswith("2 programs")


def test_matches_include_and_exclude_contradict(client: Client) -> None:
    body = changed(("/options/must_include", ["sp00001"]), ("/options/must_exclude", ["sp00002", "sp00001"]))

    problem = problem_of(post(client, body), 422)

    assert [(f["pointer"], f["code"]) for f in problem["errors"]] == [
        ("/options/must_exclude/1", "impossible")
    ]


def test_matches_shows_a_hundred_faults_at_most(client: Client) -> None:
    body = changed(("/options/must_exclude", [f"sp{number:05}" for number in range(90000, 90300)]))

    problem = problem_of(post(client, body), 422)

    assert len(problem["errors"]) == 100
    assert problem["detail"] == "300 members are not valid. The first 100 are listed."


BROKEN = {
    "cut": b'{"profile": {',
    "nothing but space": b"   ",
    "trailing": b'{"profile": {}} x',
    "comment": b'{"profile": {} /* no */}',
    "single quotes": b"{'profile': {}}",
    "trailing comma": b'{"profile": {},}',
    "nan": b'{"profile": {"graduation_year": NaN}}',
    "infinity": b'{"profile": {"graduation_year": -Infinity}}',
    "too large a number": b'{"profile": {"graduation_year": 1e999}}',
    "repeated member": b'{"profile": {"step2ck": {"score": 224, "score": 260}}}',
    "repeated by escape": b'{"profile": {}, "pro\\u0066ile": {}}',
    "lone surrogate": b'{"profile": {"medical_school": {"name": "\\ud800"}}}',
    "not utf-8": b'{"profile": {"medical_school": {"name": "\xff\xfe"}}}',
    "latin-1": '{"profile": {"medical_school": {"name": "Qu\u00e9bec"}}}'.encode("latin-1"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "utf-16": '{"profile": {}}'.encode("utf-16"),
    "raw control character": b'{"profile": {"medical_school": {"name": "a\nb"}}}',
    "deep lists": b'{"profile": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "deep objects": b'{"profile": ' + b'{"a":' * 800 + b"1" + b"}" * 801,
    "too deep": b'{"profile": ' + b"[" * 40 + b"]" * 40 + b"}",
    "leading zero": b'{"profile": {"graduation_year": 02025}}',
    "hexadecimal": b'{"profile": {"graduation_year": 0x7E9}}',
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_matches_refuses_broken_json(client: Client, raw: bytes) -> None:
    before = row_counts()

    problem_of(post(client, raw), 400)

    assert row_counts() == before


def test_matches_names_the_repeated_member(client: Client) -> None:
    problem = problem_of(post(client, BROKEN["repeated member"]), 400)

    assert "'score'" in problem["detail"]


def test_matches_refuses_huge_body(client: Client) -> None:
    before = row_counts()

    problem = problem_of(post(client, b'{"profile": "' + b"a" * 300_000 + b'"}'), 413)

    assert "262144 bytes" in problem["detail"]
    assert row_counts() == before


def test_matches_takes_brackets_in_text_for_text(client: Client) -> None:
    """Only real nesting counts."""
    problem = problem_of(post(client, {"profile": {}, "[" * 200: 1}), 422)

    assert [fault["code"] for fault in problem["errors"]] == ["unknown_member"]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonp",
        "application/json; charset=latin-1",
        "nonsense",
    ],
)
def test_matches_refuses_content_type(client: Client, content_type: str) -> None:
    before = row_counts()

    problem_of(client.post(MATCHES, orjson.dumps(GOOD), content_type), 415)

    assert row_counts() == before


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", 'application/json; charset="UTF-8"']
)
def test_matches_takes_utf8_said_aloud(client: Client, content_type: str) -> None:
    problem_of(client.post(MATCHES, b"{}", content_type), 422)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options", "head"])
def test_matches_refuses_method(client: Client, method: str) -> None:
    response = getattr(client, method)(MATCHES)

    assert response["Allow"] == "POST"
    if method == "head":
        assert response.status_code == 405
    else:
        problem_of(response, 405)


def test_matches_store_needs_a_key(client: Client) -> None:
    before = row_counts()

    response = post(client, changed(("/store", True)))

    problem_of(response, 401)
    assert response["WWW-Authenticate"].startswith("Api-Key")
    assert row_counts() == before


def test_matches_store_bad_body_with_key_stores_nothing(client: Client, key_headers: KeyMaker) -> None:
    headers = key_headers()
    before = row_counts()

    problem_of(post(client, changed(("/store", True), ("/profile/graduation_year", 1900)), **headers), 422)

    assert row_counts() == before
