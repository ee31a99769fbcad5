"""What the whole process tree holds after thousands of reruns over all lessons, and whether reruns stay as fast.

usage: python -m tests.benchmarks memory

Visitors come one after the other, a few at a time: each opens a lesson, types functions of its own where there is a
box for one, moves what can be moved, and leaves. Streamlit Cloud promises 690 MB.
"""

from __future__ import annotations

import asyncio
import random
import statistics
from pathlib import Path
from urllib.parse import urlparse

from pages.shared.menu import LESSONS
from tests.benchmarks import typed
from tests.benchmarks.students import Student
from tests.benchmarks.timing import milliseconds, print_table
from tests.server import running_server

RERUNS, MOVES, TOGETHER = 10_000, 20, 4
"""All in all; of each visitor; how many there are at a time."""
EVERY = 1_000
"""Reruns between two looks at the memory."""


class Visitor(Student):
    """Types a function in two moves of five, where the page has a box for one."""

    async def move(self) -> None:
        if "own" in self.widgets and self.random.random() < 0.4:
            await self.type("own", typed.filled(self.random.choice(typed.GOOD["1"]), self.random))
        else:
            await self.slide()


def main() -> None:
    """Print the table."""
    with running_server() as address:
        rows = asyncio.run(visits(address))
    print_table(
        f"The process tree over {RERUNS:,} reruns: python -m tests.benchmarks memory",
        ["reruns", "server", "its children", "all", "a rerun p50"],
        rows,
    )


async def visits(address: str) -> list[tuple[str, ...]]:
    """Let visitors come until all reruns are done; a row for each look."""
    rows, done, seconds, number = [], 0, [], 0
    while done < RERUNS:
        group = [visitor(address, number + place) for place in range(TOGETHER)]
        number += TOGETHER
        await asyncio.gather(*(visit(each) for each in group))
        runs = [run.seconds for each in group for run in each.runs[1:]]
        seconds += runs
        before, done = done // EVERY, done + len(runs)
        if done // EVERY > before:
            server, children = megabytes(address)
            rows.append((
                f"{done:,}", f"{server:.0f} MB", f"{children:.0f} MB", f"{server + children:.0f} MB",
                milliseconds(statistics.median(seconds)),
            ))  # fmt: skip
            seconds = []
    return rows


def visitor(address: str, number: int) -> Visitor:
    """The next one: the lessons take turns, and each second visitor brings a function."""
    lesson = LESSONS[number % len(LESSONS)]
    link = {}
    if number // len(LESSONS) % 2 and any(folder in lesson.url_path for folder in OWN):
        link = {
            "f": "own",
            "own": typed.filled(random.Random(number).choice(typed.GOOD["1"]), random.Random(number)),
        }
    return Visitor(address, lesson.url_path, link, number)


OWN = ("minima", "rate", "rules", "differentiability", "symbolic", "numerical", "automatic")
"""In the path of each lesson about functions of one's own."""


async def visit(student: Visitor) -> None:
    """Open, move, leave."""
    await student.open()
    for _ in range(MOVES):
        await student.move()
    await student.close()


def megabytes(address: str) -> tuple[float, float]:
    """What the server holds, and its children together: proportional to what they share, where the system tells."""
    port = str(urlparse(address).port)
    parents = {int(stat.parent.name): int(stat.read_text().rpartition(")")[2].split()[1])
               for stat in Path("/proc").glob("[0-9]*/stat")}  # fmt: skip
    server = next(pid for pid in parents if port in environment(pid) and "streamlit" in command(pid))
    children, found = 0.0, {server}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    children = sum(held(pid) for pid in found - {server})
    return held(server), children


def environment(pid: int) -> str:
    """Of a process; empty where it has ended."""
    return _text(pid, "environ")


def command(pid: int) -> str:
    """Of a process."""
    return _text(pid, "cmdline")


def _text(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def held(pid: int) -> float:
    """MB of memory that a process has, its part of what several share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
