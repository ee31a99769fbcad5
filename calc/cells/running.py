"""Runs of cells, one after the other, in one child process that stays warm and is replaced when it is lost.

A run goes on as long as somebody looks at it: its outputs come one by one, and a page asks for them again and again.
"""

from __future__ import annotations

import atexit
import json
import os
import threading
import time
from collections import deque
from collections.abc import Hashable, Sequence

from calc.cells.cell import Cell, Values, filled, needed
from calc.cells.child import BACKGROUND
from calc.cells.outputs import Output, Problem, read_output
from calc.child_process import ChildLost, ChildProcess, ChildTimeout

DEADLINE = 10.0
"""Seconds for a cell; on a busy machine JAX may need 5 to compile one."""
PATIENCE = 10.0
"""Seconds after which somebody who has not looked again has gone."""
GLANCE = 0.01
"""Seconds between two glances at whether all have run."""
IDLE = 600.0
"""Seconds without a cell after which the process, 300 MB, ends until the next one."""


class Run:
    """Cells on their way, and what they gave so far. Thread-safe.

    Args:
        cells: filled, in the order in which they run, each after those that it needs.
        runner: runs them; None for the one that all lessons share.

    Attributes:
        outputs: by the name of the cell; those that have run.
        versions: of the libraries; empty until the first cell has run.
        failed: whether there was no process to run them in.
    """

    def __init__(self, cells: Sequence[Cell], runner: Runner | None = None) -> None:
        self.cells = tuple(cells)
        self._runner = runner or _shared
        self.outputs: dict[str, Output] = {}
        self.versions: dict[str, str] = {}
        self.failed = False
        self.began = time.monotonic()
        self._looked: dict[Hashable, float] = {}

    @property
    def done(self) -> bool:
        """Whether nothing more is to come."""
        return self.failed or len(self.outputs) == len(self.cells)

    @property
    def wanted(self) -> bool:
        """Whether somebody has looked of late."""
        since = time.monotonic() - PATIENCE
        return any(moment > since for moment in list(self._looked.values()))

    @property
    def libraries(self) -> str:
        """With their versions, as one says it."""
        return ", ".join(f"{name} {version}" for name, version in self.versions.items())

    @property
    def seconds(self) -> float:
        """Since it was first asked for, or again."""
        return time.monotonic() - self.began

    def look(self, who: Hashable) -> None:
        """Let it go on for somebody, who will look again within `PATIENCE`."""
        now = time.monotonic()
        self._looked = {one: moment for one, moment in [*self._looked.items()] if moment > now - PATIENCE} | {
            who: now
        }
        if not self.done:
            self._runner.queue(self)

    def wait(self, seconds: float) -> None:
        """Wait until it is done, but no longer than this."""
        until = time.monotonic() + seconds
        while not self.done and time.monotonic() < until:
            time.sleep(GLANCE)

    def leave(self, who: Hashable, *, at_once: bool = False) -> None:
        """Somebody will not look again; it ends before its next cell, or at once, unless others look at it."""
        self._looked.pop(who, None)
        if at_once and not self.wanted:
            self._runner.interrupt(self)

    def again(self) -> None:
        """Let it begin again where it was stopped or could not be run."""
        self.failed, self.began = False, time.monotonic()


class Runner:
    """The process and the runs that wait for it.

    Args:
        deadline: seconds for a cell.
        idle: seconds without a cell after which the process ends until the next one.
        background: whether it only gets the time that no other process wants, and one core.
    """

    def __init__(self, deadline: float = DEADLINE, idle: float = IDLE, background: bool = False) -> None:
        self._deadline, self._idle = deadline, idle
        # JAX on a GPU would wait for it, for nothing, and its defaults are those of everywhere else.
        environment = os.environ | {"JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "0"}
        environment[BACKGROUND] = "1" if background else ""
        self.child = ChildProcess("calc.cells.child", environment)
        self._changed = threading.Condition()
        self._waiting: deque[Run] = deque()
        self._now: Run | None = None
        self._thread: threading.Thread | None = None

    def queue(self, run: Run) -> None:
        """Put a run behind the others, if it is not among them."""
        with self._changed:
            if run is self._now or run in self._waiting:
                return
            self._waiting.append(run)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
                atexit.register(self.child.close)
            self._changed.notify()

    def ahead(self, run: Run) -> int:
        """How many runs are to end before this one begins."""
        with self._changed:
            return self._waiting.index(run) + 1 if run in self._waiting else 0

    def interrupt(self, run: Run) -> None:
        """End the cell of this run, if one runs."""
        with self._changed:
            if run is self._now:
                self.child.interrupt()

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._waiting, self._idle):
                    self.child.stop()
                    continue
                run = self._now = self._waiting.popleft()
            try:
                self._run(run)
            except ChildLost:
                # One that nobody wants was interrupted.
                run.failed = run.wanted
            finally:
                with self._changed:
                    self._now = None
                # A visitor's cells are not kept until the next ones come.
                del run

    def _run(self, run: Run) -> None:
        """Run what is left of it, in a namespace of its own.

        Raises:
            ChildLost: no process could be started.
        """
        alive: set[str] = set()
        for cell in run.cells:
            if cell.name in run.outputs:
                continue
            missing = next((need for need in cell.needs if _gave_nothing(run, need)), "")
            if missing:
                run.outputs[cell.name] = Output(waits_for=missing)
                continue
            # All of them again where the process was lost, or somebody left and came back.
            for each in needed(run.cells, (cell.name,)):
                if each.name in alive:
                    continue
                output = self._ask(run, each, anew=not alive) if run.wanted else None
                if output is None:
                    return
                if output.error is not None and not output.error.kind:
                    # What is left of it waits behind the others: nobody's cells hold everyone up again and again.
                    run.outputs[cell.name] = output
                    return
                run.outputs.setdefault(each.name, output)
                alive.add(each.name)

    def _ask(self, run: Run, cell: Cell, *, anew: bool) -> Output | None:
        """What a cell gives; None if nobody wants to know any more."""
        if self.child.pid is None:
            self.child.start()
        message = {"code": cell.code, "draws": [name for name, _ in cell.draws], "anew": anew}
        try:
            said = json.loads(self.child.ask(json.dumps(message).encode(), self._deadline))
            output = read_output(said)
            run.versions = {str(name): str(version) for name, version in said["versions"].items()}
        except ChildTimeout:
            return Output(
                error=Problem("", f"It was stopped: it took longer than {self._deadline:.0f} seconds.")
            )
        except ChildLost:
            if not run.wanted:
                return None
            return Output(
                error=Problem("", "The process that ran it has ended: it may have taken too much memory.")
            )
        return output


def _gave_nothing(run: Run, name: str) -> bool:
    """Whether a cell did not do what those that need it wait for; an exception that it is there to show is no fault."""
    output = run.outputs[name]
    expected = next(cell.raises for cell in run.cells if cell.name == name)
    return bool(output.waits_for) or (
        output.error is not None and output.error.kind not in ({expected} - {""})
    )


_shared = Runner()


def outputs(cells: Sequence[Cell], values: Values) -> dict[str, Output]:
    """What each cell gives, when all have run.

    Raises:
        ChildLost: there was no process to run them in.

    >>> outputs([Cell("six", "", "print(2 * {three})")], {"three": 3})["six"].printed
    '6\\n'
    """
    run = Run(filled(cells, values))
    while not run.done:
        run.look("outputs")
        run.wait(1.0)
    if run.failed:
        raise ChildLost("no cell could be run")
    return run.outputs
