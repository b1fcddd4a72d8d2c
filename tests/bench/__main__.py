"""Every bench, each in a process of its own: ``python -m tests.bench``."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    benches = sorted(Path(__file__).parent.glob("bench_*.py"))
    codes = [
        subprocess.run([sys.executable, "-m", f"tests.bench.{bench.stem}"], check=False) for bench in benches
    ]
    return max(done.returncode for done in codes)


if __name__ == "__main__":
    sys.exit(main())
