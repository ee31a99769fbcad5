"""A class of 100 on every page, each making one move about every three seconds.

usage: python -m tests.benchmarks class

Each page has a fresh server, started as `make run` starts it. All students open the page at once; when all have it,
they move. In the first table each has a function of their own in the link: two moves in five type another one, no
two the same and one in ten a mistake; the others move a slider or the number in a box, or switch the method. In the
second table they move sliders and numbers; in its last row they practise the rules of differentiation, and two
moves in five type an answer, half of them with a mistake, which fail if the page judges them wrongly. A run is
timed from the move to the end of the script, at the student's end of the socket. It failed if the page showed an
exception, or if what was typed did not come back: the function as a formula and, number by number, in the charts,
or the mistake's explanation. Who moves something may also open the page's drawer, or close it: what is in it can be
moved only then. Afterwards one student stays alone on the page: the columns `alone`. The first table is printed
twice: the second time other processes keep every core busy, so that the server, the workers and the students
together get about half of the machine.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

from websockets.exceptions import WebSocketException

from calc.answers.problems import Rule
from calc.backend import cores
from pages.shared.menu import HOME, LESSONS
from tests.benchmarks import typed
from tests.benchmarks.students import Run, Student
from tests.benchmarks.timing import milliseconds, print_table
from tests.server import running_server

STUDENTS, TURNS, PAUSE = 100, 8, 3.0
CROWD = 300
"""Those who follow one link at once."""
APP, BARE = "streamlit run streamlit_app.py", "streamlit run tests/benchmarks/bare.py"
ALONE, ALONE_TURNS, ALONE_PAUSE = 4, 15, 0.1
"""Those who come after the class, one by one."""

TWO = 0.3
"""The share of the class whose functions have two variables."""

MINIMA, RULES = "local-and-global-minima", "derivative-rules"
PRACTISED: tuple[Rule, ...] = ("power", "product", "quotient", "chain")
PAGES: list[tuple[str, dict[str, str]]] = [
    *((lesson.url_path, {}) for lesson in (HOME, *LESSONS)),
    (MINIMA, {"variables": "2"}),
    ("log-loss", {"show": "classifier"}),
]


class Typist(Student):
    """A student who comes with a function of their own, and types others."""

    def __init__(self, address: str, seed: int) -> None:
        super().__init__(address, MINIMA, {}, seed)
        self.variables = "2" if self.random.random() < TWO else "1"
        own = typed.filled(self.random.choice(typed.GOOD[self.variables]), self.random)
        self.link = {"variables": self.variables, "f": "own", "own": own}

    async def move(self) -> None:
        """Type, switch or move."""
        chance = self.random.random()
        if chance < 0.4:
            await self.type("own", typed.text(self.random, self.variables))
        elif chance < 0.55:
            await self.choose("method")
        else:
            await self.slide()

    def fault(self, run: Run) -> str:
        """What was wrong with a run; also that what was typed did not come back."""
        wrong = super().fault(run)
        if not wrong and run.text and not typed.confirmed(run, self.variables):
            wrong = f"not shown: {run.text}"
        return wrong


class Solver(Student):
    """A student who practises the rules: two moves in five type an answer, a right one or one with a mistake."""

    def __init__(self, address: str, seed: int) -> None:
        super().__init__(address, RULES, {}, seed)
        self.rule: Rule = self.random.choice(PRACTISED)
        self.link = {"look": "practise", "rule": self.rule}

    async def move(self) -> None:
        """Type an answer, or choose another problem."""
        if self.random.random() >= 0.4:
            await self.slide()
            return
        (difficulty,), number = self.values["difficulty"], int(self.values["problem"])
        answers = typed.answers(self.rule, int(difficulty), number)
        right = self.random.random() < 0.5
        await self.type("answer", answers[0] if right else self.random.choice(answers[1:]))
        self.runs[-1].meant = "**Right.**" if right else "**Not yet.**"

    def fault(self, run: Run) -> str:
        """What was wrong with a run; also a verdict that is not the one of the answer."""
        bodies = [alert.body for alert in run.of_kind("alert")]
        wrong = super().fault(run)
        if not wrong and run.meant and not any(body.startswith(run.meant) for body in bodies):
            wrong = f"not {run.meant}: {run.text}: {bodies}"
        return wrong


def main() -> None:
    """Print the tables."""
    typing_class()
    with neighbours(cores()):
        typing_class(f"; {cores()} other processes compute meanwhile")
    print_table(
        f"Every page, {STUDENTS} students, each moves a slider or a number every {PAUSE:g} s",
        ["", "first load p50", "p95", "max", "moves", "p50", "p95", "max", "failed", "alone p50", "p95"],
        [
            page_row("", {}, BARE),
            *(page_row(page, link) for page, link in PAGES),
            row(f"/{RULES}: typed answers", *lesson(Solver)),
        ],
    )
    bare, ours = (first_loads(command, page) for command, page in ((BARE, ""), (APP, "linear-regression")))
    print_table(
        f"{CROWD} students open a page at once",
        ["", "first load p50", "p95", "max", "failed"],
        [
            ("bare page", *summary(bare, ["first load"])[1:]),
            ("/linear-regression", *summary(ours, ["first load"])[1:]),
        ],
    )
    print(f"p95 of the first load: {p95(ours) / p95(bare):.2f} times that of the bare page.")


@contextmanager
def neighbours(count: int) -> Iterator[None]:
    """So many processes that do nothing but compute."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def typing_class(beside: str = "") -> None:
    """The class with functions of their own: a row for each kind of move."""
    present, alone, busy = lesson(Typist)
    kinds = {
        "first load": ["first load"],
        "every move": ["typed", "slider", "choice"],
        "... a typed function": ["typed"],
        "... a slider or number": ["slider"],
        "... another method": ["choice"],
    }
    print_table(
        f"{STUDENTS} students with their own functions, a move every {PAUSE:g} s{beside}: "
        "python -m tests.benchmarks class",
        ["", "runs", "p50", "p95", "max", "failed", "alone: runs", "p50", "p95", "max", "failed"],
        [(title, *summary(present, moves), *summary(alone, moves)) for title, moves in kinds.items()],
    )
    texts = [
        (run.text, typed.readable(run.text, s.variables), s.fault(run))
        for s, run in every(present)
        if run.text
    ]
    drawn = sum(good and not fault for _, good, fault in texts)
    told = sum(not good and not fault for _, good, fault in texts)
    good = sum(good for _, good, _ in texts)
    print(
        f"{len(texts):,} texts, {len({text for text, _, _ in texts}):,} different: of {good:,} functions {drawn:,} "
        f"were drawn, of {len(texts) - good} mistakes {told} explained. The students took {busy:.0%} of a core."
    )
    tell_faults(present + alone)


def first_loads(command: str, page: str) -> list[Student]:
    """A crowd that opens the page at once, and leaves again."""
    with running_server(command) as address:
        crowd = [Student(address, page, {}, seed) for seed in range(CROWD)]
        asyncio.run(attend(crowd, 0, PAUSE))
    return crowd


def p95(students: list[Student]) -> float:
    """Seconds of the first load that 95 in 100 had at most."""
    return sorted(student.runs[0].seconds for student in students)[int(0.95 * len(students))]


def page_row(page: str, link: dict[str, str], command: str = APP) -> tuple[str, ...]:
    """One page: how the class and one student alone found it."""
    title = "bare page" if command == BARE else f"/{page}" + (f"?{urlencode(link)}" if link else "")
    return row(title, *lesson(lambda address, seed: Student(address, page, link, seed), command))


def row(title: str, present: list[Student], alone: list[Student], busy: float = 0.0) -> tuple[str, ...]:
    """How a class and one student alone found a page."""
    tell_faults(present + alone)
    first, moves = summary(present, ["first load"]), summary(present, ["slider", "typed"])
    failed = str(int(first[4]) + int(moves[4]))
    return title, *first[1:4], *moves[:4], failed, *summary(alone, ["slider", "typed"])[1:3]


def lesson(
    make: Callable[[str, int], Student], command: str = APP
) -> tuple[list[Student], list[Student], float]:
    """A fresh server, the class on it, then a few one by one; and the share of a core that the class took."""
    with running_server(command) as address:
        present = [make(address, seed) for seed in range(STUDENTS)]
        began, worked = time.perf_counter(), time.process_time()
        asyncio.run(attend(present, TURNS, PAUSE))
        busy = (time.process_time() - worked) / (time.perf_counter() - began)
        alone = [make(address, STUDENTS + seed) for seed in range(ALONE)]
        for student in alone:
            asyncio.run(attend([student], ALONE_TURNS, ALONE_PAUSE))
    return present, alone, busy


async def attend(students: list[Student], turns: int, pause: float) -> None:
    """All open the page at once; when all have it, each makes so many moves. Who gets no answer leaves."""

    async def stay(student: Student) -> None:
        for _ in range(turns):
            await asyncio.sleep(pause * (0.5 + student.random.random()))
            await student.move()

    async def unless_lost(part: Callable[[Student], Awaitable[None]], student: Student) -> None:
        with suppress(OSError, TimeoutError, WebSocketException):
            await part(student)

    for part in (Student.open, stay, Student.close):
        await asyncio.gather(*(unless_lost(part, student) for student in students if not student.lost))


def every(students: list[Student]) -> Iterator[tuple[Student, Run]]:
    """All runs, with their students."""
    return ((student, run) for student in students for run in student.runs)


def summary(students: list[Student], moves: list[str]) -> tuple[str, ...]:
    """How many runs of these kinds, their times, and how many failed."""
    runs = [(student, run) for student, run in every(students) if run.move in moves]
    times = sorted(run.seconds for _, run in runs)
    ranks = [int(part * len(times)) for part in (0.5, 0.95)] + [-1]
    parts = [milliseconds(times[rank]) for rank in ranks] if times else ["–"] * 3
    return f"{len(runs):,}", *parts, str(sum(bool(student.fault(run)) for student, run in runs))


def tell_faults(students: list[Student], most: int = 5) -> None:
    """Print the first few faults."""
    faults = [fault for student, run in every(students) if (fault := student.fault(run))]
    for fault in faults[:most]:
        print(f"    {fault}")


if __name__ == "__main__":
    main()
