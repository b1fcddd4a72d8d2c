"""The public solver of the same game, in a process of its own: its module is called like our package."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".venv" / "solver"
SCRIPT = """
import json, sys, warnings
sys.path.insert(0, sys.argv[1])
from matching.games import HospitalResident
warnings.simplefilter("ignore")
for line in sys.stdin:
    wishes, ratings, places = json.loads(line)
    game = HospitalResident.create_from_dictionaries(wishes, ratings, places)
    solved = game.solve(optimal="resident")
    print(json.dumps({h.name: sorted(r.name for r in rs) for h, rs in solved.items()}), flush=True)
"""
Lists = dict[str, list[str]]


class Solver:
    """Asks the process one game after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def solve(self, wishes: Lists, ratings: Lists, places: dict[str, int]) -> Lists:
        """Whom each program gets in the applicants' best stable matching."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps((wishes, ratings, places)) + "\n")
        self.process.stdin.flush()
        found: Lists = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def solver_running() -> Iterator[Solver]:
    assert (FOLDER / "matching").is_dir(), f"no public solver in {FOLDER}: run scripts/venv dev"
    command = [sys.executable, "-I", "-c", SCRIPT, str(FOLDER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Solver(process)
        assert process.stdin is not None
        process.stdin.close()
