"""Run every benchmark, or those named: `python -m tests.benchmarks regression dispatch`; numbers are for them."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """Run the benchmarks wanted, or all; each module `bench_NAME` prints its tables in `main()`."""
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    wanted = [word for word in wanted if not word.isdecimal()]
    unknown = set(wanted) - set(names)
    if unknown:
        print(f"No benchmark called {', '.join(sorted(unknown))}; there are: {', '.join(names)}.")
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    for name in wanted or names:
        importlib.import_module(f"tests.benchmarks.bench_{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
