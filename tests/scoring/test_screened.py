from matching.scoring.applicant import Exam, Options
from matching.scoring.registry import GATES
from matching.scoring.score import score
from tests.scoring.made_catalogue import MadeFact, columns_of, model_now, plain_applicant, track_make

OPTIONS = Options(max_applications=2)


def closed(*tracks: object) -> tuple[list[tuple[str, int, int]], int, int]:
    """(gate, count, usd) a gate, programs closed in all, and what is saved in all."""
    applicant = plain_applicant(step1=Exam("pass", None, 3))
    answer = score(applicant, OPTIONS, columns_of(*tracks), model_now())  # type: ignore[arg-type]
    kept = answer.screened_by
    names = [GATES[gate].name for gate in kept.gate]
    by_gate = list(zip(names, kept.count.tolist(), kept.usd.tolist(), strict=True))
    return by_gate, len(answer.screened), answer.screened_total_usd


def test_gates_are_told_by_how_many_programs_they_close() -> None:
    tracks = [track_make(n, facts={"max_attempts_step1": 1.0}) for n in (1, 2)]
    tracks.append(track_make(3, facts={"min_step2ck": 260.0, "max_attempts_step1": 2.0}))
    by_gate, count, usd = closed(*tracks, track_make(4), track_make(5))
    assert [entry[:2] for entry in by_gate] == [("max_attempts_step1", 3), ("min_step2ck", 1)]
    assert (count, usd) == (3, by_gate[0][2])
    assert by_gate[0][2] > by_gate[1][2] > 0


def test_a_wish_and_an_open_program_close_nothing() -> None:
    wish = track_make(1, facts={"min_step2ck": MadeFact(260.0, "preference")})
    assert closed(wish, track_make(2)) == ([], 0, 0)


def test_fees_step_up_as_they_do_when_all_are_added() -> None:
    tracks = [track_make(n, facts={"min_step2ck": 260.0}) for n in range(1, 41)]
    ((_, count, usd),), _, total = closed(*tracks)
    assert (count, usd) == (40, total)
