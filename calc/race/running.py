"""One race at a time for the whole server, in a process of its own that gives way to everything else."""

from weakref import WeakValueDictionary

from calc.cells import Run
from calc.cells.running import Runner
from calc.race.heats import Precision, heat

LONGEST = 60.0
"""Seconds for one contestant; the slowest, symbolic at k = 6, needs 15 on a busy machine."""
IDLE = 10.0
"""Seconds after a race until its process ends: races are rare, and it holds 300 MB."""

_runner = Runner(deadline=LONGEST, idle=IDLE, background=True)
_on: WeakValueDictionary[tuple[str, int, Precision], Run] = WeakValueDictionary()


def start(name: str, size: int, precision: Precision) -> Run:
    """A heat that begins when those before it have ended and somebody looks: see `calc.cells.Run`.

    Who asks for one that is still on its way joins it: a class that presses the button together waits for one race.
    """
    run = _on.get((name, size, precision))
    if run is None or run.done:
        run = _on[name, size, precision] = Run(heat(name, size, precision), _runner)
    return run


def ahead(run: Run) -> int:
    """How many heats are to end before this one begins; 0 for one that runs."""
    return _runner.ahead(run)
