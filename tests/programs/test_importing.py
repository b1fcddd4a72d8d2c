"""Files are read as a whole: every fault of every file is named, by line, field and value."""

from pathlib import Path

import pytest

from programs.importing.faults import CatalogueInvalidError
from programs.importing.files import catalogue_read, source_fingerprint
from tests.programs.factories import write_catalogue


def faults_of(folder: Path) -> list[tuple[str, int, str, str]]:
    with pytest.raises(CatalogueInvalidError) as caught:
        catalogue_read(folder)
    return [(fault.file, fault.line, fault.field, fault.value) for fault in caught.value.faults]


def test_read_gives_rows_with_their_references(tmp_path: Path) -> None:
    write_catalogue(
        tmp_path,
        programs=[{}, {"id": "sp00002", "program_key": "sp00002"}],
        aliases=[{}, {"alias": "Old Harbor"}],
        same_as=[{}],
        facts=[{}, {"id": "2", "field": "visa_j1", "value": "", "value_as_stated": "case by case"}],
        hospital_labels=[{}],
    )
    files = catalogue_read(tmp_path)
    assert files.institutions == {"sp00001": "Harbor Hospital", "sp00002": "Harbor Hospital"}
    assert [program.aliases for program in files.programs] == ["The Harbor;Old Harbor"] * 2
    assert [program.same_as_id for program in files.programs] == [None, "sp00001"]
    assert [(fact.value, fact.value_as_stated, fact.source) for fact in files.facts[:2]] == [
        (220.0, "220", "program.example"),
        (None, "case by case", "program.example"),
    ]


def test_read_names_every_fault_of_every_file(tmp_path: Path) -> None:
    write_catalogue(
        tmp_path,
        specialties=[{}, {"slug": "Bad Slug", "name": "Other", "application_service": "post"}],
        programs=[
            {"state": "ZZ", "acgme_id": "12", "latitude": "34.1"},
            {"id": "spooky", "program_name": "", "track": "", "last_listed_year": "soon"},
        ],
        aliases=[{"institution": "Nowhere"}],
        same_as=[{"id": "sp00001", "same_as": "sp99999"}],
        facts=[
            {"value": "900", "program_id": "sp77777", "source_url": "javascript:alert(1)"},
            {"id": "x", "field": "shoe_size", "page_year": "99"},
        ],
        hospital_labels=[{"ownership": "a cat", "cost_report_fy_end": "31/12/2021", "match_score": ""}],
    )
    assert faults_of(tmp_path) == [
        ("aliases.csv", 2, "institution", "Nowhere"),
        ("facts.csv", 2, "program_id", "sp77777"),
        ("facts.csv", 2, "source_url", "javascript:alert(1)"),
        ("facts.csv", 2, "value", "900"),
        ("facts.csv", 3, "field", "shoe_size"),
        ("facts.csv", 3, "id", "x"),
        ("facts.csv", 3, "page_year", "99"),
        ("hospital_labels.csv", 2, "cost_report_fy_end", "31/12/2021"),
        ("hospital_labels.csv", 2, "match_score", ""),
        ("hospital_labels.csv", 2, "ownership", "a cat"),
        ("programs.csv", 2, "acgme_id", "12"),
        ("programs.csv", 2, "latitude", "34.1"),
        ("programs.csv", 2, "state", "ZZ"),
        ("programs.csv", 3, "id", "spooky"),
        ("programs.csv", 3, "last_listed_year", "soon"),
        ("programs.csv", 3, "program_name", ""),
        ("programs.csv", 3, "track", ""),
        ("same_as.csv", 2, "same_as", "sp99999"),
        ("specialties.csv", 3, "application_service", "post"),
        ("specialties.csv", 3, "slug", "Bad Slug"),
    ]


def test_read_names_what_comes_twice(tmp_path: Path) -> None:
    twice = {"acgme_id": "1400531041", "nrmp_code": "1049140C0"}
    write_catalogue(tmp_path, programs=[twice, {**twice, "id": "sp00002"}, {**twice}], facts=[{}, {}])
    assert faults_of(tmp_path) == [
        ("facts.csv", 3, "id", "1"),
        ("programs.csv", 3, "acgme_id", "1400531041"),
        ("programs.csv", 3, "nrmp_code", "1049140C0"),
        ("programs.csv", 4, "acgme_id", "1400531041"),
        ("programs.csv", 4, "id", "sp00001"),
        ("programs.csv", 4, "nrmp_code", "1049140C0"),
    ]


def test_read_refuses_a_chain_of_same_as(tmp_path: Path) -> None:
    write_catalogue(
        tmp_path,
        programs=[{"id": f"sp0000{number}"} for number in (1, 2, 3)],
        same_as=[{"id": "sp00002", "same_as": "sp00003"}, {"id": "sp00003", "same_as": "sp00001"}],
    )
    assert faults_of(tmp_path) == [("same_as.csv", 2, "same_as", "sp00003")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"slug,name\nsurgery,Surgery\n", 1),
        (b"slug,name,application_service,source\nsurgery,Surgery\n", 2),
        (b"slug,name,application_service,source\nsurgery,Surgery,eras,a,b\n", 2),
        (b'slug,name,application_service,source\n"surgery,Surgery,eras,a\n', 2),
        (b"\xff\xfe\x00", 0),
        (b"slug,name,application_service,source\nsurgery,Sur\x00gery,eras,a\n", 2),
    ],
)
def test_read_of_a_broken_file_says_where(tmp_path: Path, content: bytes, line: int) -> None:
    write_catalogue(tmp_path)
    (tmp_path / "specialties.csv").write_bytes(content)
    assert [(file, at) for file, at, _, _ in faults_of(tmp_path)] == [("specialties.csv", line)]


def test_read_of_a_missing_file_says_so(tmp_path: Path) -> None:
    write_catalogue(tmp_path)
    (tmp_path / "facts.csv").unlink()
    assert faults_of(tmp_path) == [("facts.csv", 0, "", "")]


def test_read_takes_a_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{}])
    for path in tmp_path.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert len(catalogue_read(tmp_path).programs) == 1


def test_labels_become_facts_where_the_hospital_is_certain(tmp_path: Path) -> None:
    write_catalogue(
        tmp_path,
        programs=[{"id": f"sp0000{number}"} for number in (1, 2, 3)],
        hospital_labels=[
            {},
            {"program_id": "sp00002", "match_score": "89.9"},
            {
                "program_id": "sp00003",
                "match_score": "90",
                "beds": "",
                "ownership": "government-local (county)",
            },
        ],
    )
    facts = catalogue_read(tmp_path).facts
    assert [(fact.pk, fact.field, fact.value, fact.confidence) for fact in facts] == [
        (10_000_010, "main_hospital", None, "high"),
        (10_000_011, "hospital_ownership", "state", "high"),
        (10_000_012, "hospital_beds", 400.0, "high"),
        (10_000_013, "hospital_resident_fte", 120.5, "high"),
        (10_000_014, "hospital_rural", "no", "high"),
        (10_000_030, "main_hospital", None, "medium"),
        (10_000_031, "hospital_ownership", "county", "medium"),
        (10_000_033, "hospital_resident_fte", 120.5, "medium"),
        (10_000_034, "hospital_rural", "no", "medium"),
    ]
    assert {(fact.source_kind, fact.page_year, str(fact.observed_on), fact.source) for fact in facts} == {
        ("government", 2021, "2021-06-30", "a government file")
    }


def test_source_fingerprint_follows_the_files(tmp_path: Path) -> None:
    write_catalogue(tmp_path, programs=[{}])
    before = source_fingerprint(tmp_path)
    assert source_fingerprint(tmp_path) == before
    (tmp_path / "fees.csv").write_text("not the loader's")
    assert source_fingerprint(tmp_path) == before
    write_catalogue(tmp_path, programs=[{"city": "Carson"}])
    assert source_fingerprint(tmp_path) != before
