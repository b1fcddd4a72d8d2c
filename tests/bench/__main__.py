"""Every bench, each in a process of its own: ``python -m tests.bench``; with ``--load`` a real server too.

Prints each bar with what was measured. It reports and does not judge: the exit code is that of a bench that
could not run, or whose two sides did not give the same numbers.
"""

import os
import subprocess
import sys
from importlib.util import find_spec

BENCHES = (
    "bench_core",
    "bench_cohort",
    "bench_national",
    "lists",
    "bench_api",
    "bench_pages",
    "bench_what_if",
    "bench_receipts",
    "bench_queue",
)


def main() -> int:
    names = [name for name in BENCHES if find_spec(f"tests.bench.{name}")]
    if "--load" in sys.argv[1:]:
        names.append("load")
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    codes = [
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False, env=environment).returncode
        for name in names
    ]
    if "load" not in names:
        print("\n50,000 applicants end to end: `python -m tests.bench.bench_national --applicants 50000`")
        print("p99 under gunicorn / p99 of a bare view: bar ≤ 4×, measured by `make deep`, or with --load")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
