"""What is sent is kept as it was sent, and taken only where it makes sense as a whole."""

from hypothesis import given
from hypothesis import strategies as st

from matching.models import OutcomeReport
from matching.reporting.forms import Typed, typed_read
from matching.reporting.results import RESULTS

NAMES = {f"sp0000{number}": f"Program {number}" for number in range(5)}
choices = st.sampled_from(["", "plan", *RESULTS, "hired", "\x00"])
endings = st.sampled_from([*OutcomeReport.Ending.values, "", "happy"])


def read(sent: dict[str, str], *, planned: frozenset[str] = frozenset(), begun: bool = True) -> Typed:
    return typed_read(sent, names=NAMES, planned=planned, week_begun=begun, week_words="March 2027")


@given(
    st.dictionaries(st.sampled_from([f"result-{name}" for name in NAMES]), choices),
    st.sampled_from(["all", "none", "some", "", "many"]),
    endings,
    st.frozensets(st.sampled_from(sorted(NAMES))),
    st.booleans(),
    st.text(max_size=12),
)
def test_whatever_is_sent_is_kept_and_what_is_taken_agrees(
    rows: dict[str, str], applied: str, ending: str, planned: frozenset[str], begun: bool, version: str
) -> None:
    sent = {**rows, "applied": applied, "ending": ending, "version": version}

    typed = read(sent, planned=planned, begun=begun)

    assert typed.choices == {name: rows.get(f"result-{name}", "") for name in NAMES}
    if typed.valid:
        results = typed.results(planned)
        matched = [name for name, result in results.items() if result == "matched"]
        assert set(results.values()) <= {"", *RESULTS}
        assert len(matched) == (1 if typed.ending == "here" else 0)
        assert begun or not matched
        assert typed.ending in OutcomeReport.Ending.values
        unsaid = {name for name in planned if not typed.choices[name]}
        expected = "silent" if applied == "all" else ""
        assert {results[name] for name in unsaid} <= {expected}


def test_consent_is_the_tick_alone() -> None:
    assert read({"consent": "yes"}).consent
    assert not read({"consent": "no"}).consent
    assert not read({}).consent


def test_version_that_is_no_number_is_no_version() -> None:
    assert [read({"version": sent}).version for sent in ("7", "-1", "x", "9" * 12)] == [7, 0, 0, 0]
