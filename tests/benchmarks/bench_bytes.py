"""What one move of a slider costs: bytes received at the socket, and the server's CPU.

usage: python -m tests.benchmarks bytes

A student with a browser's compression and its memory of messages opens each page and moves its sliders ten times.
"""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlencode

from tests.benchmarks.bench_class import PAGES
from tests.benchmarks.relay import Relay
from tests.benchmarks.students import Student
from tests.benchmarks.timing import print_table
from tests.server import running_server

MOVES = 10
UNCOMPRESSED = "streamlit run streamlit_app.py --server.enableWebsocketCompression false"


def main() -> None:
    """Print the table."""
    rows = []
    for title, command in (
        ("as configured", "streamlit run streamlit_app.py"),
        ("uncompressed", UNCOMPRESSED),
    ):
        with running_server(command) as address:
            for page, link in PAGES[1:]:
                load, moves, cpu = asyncio.run(visit(address, page, link))
                name = f"/{page}" + (f"?{urlencode(link)}" if link else "")
                rows.append((f"{name}, {title}", kilobytes(load), kilobytes(moves), f"{cpu * 1e3:.0f} ms"))
    print_table(
        f"Received at the socket, the median of {MOVES} moves of sliders: python -m tests.benchmarks bytes",
        ["", "first load", "a move", "CPU of the server and its children a move"],
        rows,
    )


async def visit(address: str, page: str, link: dict[str, str]) -> tuple[int, float, float]:
    """Bytes of the first load, the median of the moves, and seconds of CPU a move."""
    relay = Relay(address)
    async with relay.open() as door:
        student = Student(door, page, link, seed=7)
        await student.open()
        load, moves = relay.received, []
        began = cpu_of_children()
        for _ in range(MOVES):
            before = relay.received
            await student.slide()
            moves.append(relay.received - before)
        worked = cpu_of_children() - began
        await student.close()
    return load, statistics.median(moves), worked / MOVES


def cpu_of_children() -> float:
    """Seconds of CPU of all processes below this one, which are the server and its workers."""
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(user + system for _, user, system in _below(os.getpid())) / ticks


def _below(parent: int) -> Iterator[tuple[int, int, int]]:
    children: dict[int, list[tuple[int, int, int]]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        # Processes end while one looks.
        with suppress(OSError), open(f"/proc/{name}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append((int(name), int(fields[11]), int(fields[12])))
    ahead = [parent]
    while ahead:
        for each in children.get(ahead.pop(), ()):
            ahead.append(each[0])
            yield each


def kilobytes(count: float) -> str:
    """Such as 12.3 KB."""
    return f"{count / 1000:.1f} KB"


if __name__ == "__main__":
    main()
