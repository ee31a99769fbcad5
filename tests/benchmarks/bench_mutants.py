"""Deliberate faults, one at a time: does a test fail? `python -m tests.benchmarks mutants 500 1`: 500, with seed 1.

The faults are put into a copy. The tests run once without a fault, to see which lines each of them runs; then, for
a fault, only those that run its line, the fastest first, up to the first that fails. A process that has the libraries
in it is forked for each fault, as to import them takes longer than most tests. A test that takes too long has noticed.
"""

from __future__ import annotations

import ast
import functools
import importlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.benchmarks.timing import print_table

FEW = 20
"""What is drawn if no number is given: `make bench` runs every benchmark, and 500 take an hour or two."""

HEAVY = ["altair", "hypothesis", "jax.numpy", "mpmath", "numpy", "optax", "pandas", "pytest", "scipy.optimize",
         "sklearn.linear_model", "streamlit.testing.v1", "sympy"]  # fmt: skip

SLACK = 3.0, 30.0
"""How many times as long as without a fault, and how many seconds more, the tests may take: the machine is shared."""

OPTIONS = ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]


def main() -> None:
    """Copy what git knows of, and go on in the copy."""
    known = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, text=True, check=True
    ).stdout.split("\0")
    with tempfile.TemporaryDirectory(prefix="mutants-") as copy:
        for name in filter(os.path.isfile, known):
            target = Path(copy, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(name, target)
        numbers = [word for word in sys.argv[1:] if word.isdecimal()]
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_mutants", *numbers], cwd=copy, check=False
        )


def in_the_copy(number: int = FEW, seed: int = 1) -> None:
    """Print the survivors as they come, and then the table."""
    from tests.benchmarks.mutants import ROOMS, sample

    for name in HEAVY:
        importlib.import_module(name)
    mutants, drawn, survived = list(sample(number, seed)), Counter[str](), Counter[str]()
    tests = Tests(sorted({name for mutant in mutants for name in ROOMS[mutant.room][1]}))
    for mutant in mutants:
        drawn[mutant.room] += 1
        if not tests.notice(mutant.path, mutant.line, mutant.code):
            survived[mutant.room] += 1
            print(mutant, flush=True)
    rows = [(room, *map(str, (n, n - survived[room], survived[room]))) for room, n in drawn.items()]
    total = drawn.total(), drawn.total() - survived.total(), survived.total()
    print_table(
        f"Faults on purpose: python -m tests.benchmarks mutants {number} {seed}",
        ["room", "mutants", "killed", "survived"],
        [*rows, ("all", *map(str, total))],
    )


class Tests:
    """The tests, and which lines each of them runs."""

    def __init__(self, files: list[str]) -> None:
        with tempfile.NamedTemporaryFile() as told:
            if forked(lambda: Watch(files).run(told.name), 3600.0) not in (0, 1):  # 1: some failed
                sys.exit("The tests cannot be run.")
            self.seconds, failed, self.lines = pickle.loads(Path(told.name).read_bytes())
        if failed:
            print("These fail without a fault, and are left out:", *sorted(failed), sep="\n")
            self.seconds = {name: seconds for name, seconds in self.seconds.items() if name not in failed}

    def of(self, path: str, line: int) -> dict[str, float]:
        """The tests that run a line, with their times; all of its function, or of its file, where that is not told."""
        of_file, function = self.lines.get(path, {}), function_around(path, line)
        names = of_file.get(line, set()) if function else set()
        names = names or set().union(*(of_file.get(i, ()) for i in function or of_file))
        return {name: self.seconds[name] for name in names if name in self.seconds}

    def notice(self, path: str, line: int, code: str) -> bool:
        """Does a test fail with this code in that file?"""
        wanted = self.of(path, line)
        if not wanted:
            return False
        file = Path(path)
        right, times = file.read_bytes(), file.stat()
        file.write_text(code, "utf-8")
        try:
            limit = SLACK[0] * sum(wanted.values()) + SLACK[1]
            return forked(lambda: Chosen(wanted).run("-x"), limit) not in (0, 5)  # 5: none was found
        finally:
            file.write_bytes(right)
            # As it was, or the compiled code would be that of the fault.
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def function_around(path: str, line: int) -> range:
    """The lines of the innermost function, or none: what is in no function runs at the import."""
    around = [
        range(node.lineno, node.end_lineno + 1)
        for node in ast.walk(ast.parse(Path(path).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno <= line <= node.end_lineno
    ]
    return min(around, key=len, default=range(0))


class Plugin:
    """A run of pytest without shrinking: that a test fails is enough."""

    def __init__(self, files: list[str]) -> None:
        self.files = files

    def run(self, *more: str) -> int:
        """Run the tests in this process."""
        import pytest

        # The libraries were imported before pytest could ask for it; that is no fault.
        return pytest.main([*self.files, *OPTIONS, *more], [self])

    def pytest_collection(self) -> None:
        """After tests/conftest.py was read, and before the tests are."""
        from hypothesis import Phase, settings

        settings.register_profile(
            "mutants", settings.get_profile("downhill"), phases=[Phase.explicit, Phase.generate]
        )
        settings.load_profile("mutants")


class Watch(Plugin):
    """All tests of these files, watched."""

    def run(self, told: str) -> int:
        """Leave in the file `told` the seconds of each test, and of each line who runs it."""
        import coverage

        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        self.coverage = coverage.Coverage(data_file=None, include=["calc/*", "pages/*"], config_file=False)
        self.coverage.start()
        code = super().run()
        self.coverage.stop()
        data, here = self.coverage.get_data(), Path.cwd()
        lines = {
            str(Path(name).relative_to(here)): {
                line: set(names) - {""} for line, names in data.contexts_by_lineno(name).items()
            }
            for name in data.measured_files()
        }
        Path(told).write_bytes(pickle.dumps((dict(self.seconds), self.failed, lines)))
        return code

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """What runs from here on is this test's, also what another one had remembered."""
        for name in [name for name in sys.modules if name.startswith(("calc.", "pages."))]:
            for each in vars(sys.modules[name]).values():
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report) -> None:
        """Setting up and clearing away count too."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.add(report.nodeid)


class Chosen(Plugin):
    """These tests alone, the fastest first, up to the first that fails."""

    def __init__(self, wanted: dict[str, float]) -> None:
        super().__init__(sorted({name.partition("::")[0] for name in wanted}))
        self.wanted = wanted

    def pytest_collection_modifyitems(self, items: list) -> None:
        """Leave out the others."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.wanted), key=lambda item: self.wanted[item.nodeid]
        )


def forked(work: Callable[[], int], limit: float) -> int:
    """What `work` gives in a process of its own and its children's; -1 if it took longer than `limit` seconds."""
    child = os.fork()
    if child == 0:
        os.setsid()
        sys.dont_write_bytecode = True
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os._exit(work())
    ends = time.monotonic() + limit
    status = None
    while status is None and time.monotonic() < ends:
        time.sleep(0.02)
        done, said = os.waitpid(child, os.WNOHANG)
        status = os.waitstatus_to_exitcode(said) if done else None
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
        return -1
    return status


if __name__ == "__main__":
    in_the_copy(*map(int, sys.argv[1:]))
