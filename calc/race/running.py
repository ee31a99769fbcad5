"""One race at a time for the whole server, in a process of its own that gives way to everything else."""

from calc.cells import Run
from calc.cells.running import Runner
from calc.race.heats import Precision, heat

LONGEST = 60.0
"""Seconds for one contestant; the slowest, symbolic at k = 6, needs 15 on a busy machine."""
IDLE = 10.0
"""Seconds after a race until its process ends: races are rare, and it holds 300 MB."""

_runner = Runner(deadline=LONGEST, idle=IDLE, nice=19)


def start(name: str, size: int, precision: Precision) -> Run:
    """A heat that begins when those before it have ended and somebody looks: see `calc.cells.Run`."""
    return Run(heat(name, size, precision), _runner)


def ahead(run: Run) -> int:
    """How many heats are to end before this one begins; 0 for one that runs."""
    return _runner.ahead(run)
