"""What the server does before the first visitor comes."""

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module

import streamlit as st

from calc import workers
from pages.shared.menu import PAGES

log = logging.getLogger("downhill")

CLASS = 300
FILES_EACH = 4
"""A student's socket, and the requests of a page beside it, are up to four open files."""
SWITCH = 0.0005
"""Seconds that a script may keep the core while what is drawn waits to be sent: Python's 0.005 for each message."""
COLLECT = 60
"""Seconds between two collections; one takes about 0.05."""
FILES_OF_SERVER = 100
"""What the server itself holds open: its log, the workers' pipes, libraries."""


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: the imports, the workers, enough open files, threads that let each other go on."""
    allow_open_files()
    warm_up()
    freeze_imports()
    sys.setswitchinterval(SWITCH)
    pool = workers.start()
    collecting = asyncio.create_task(collect_garbage())
    try:
        yield
    finally:
        collecting.cancel()
        pool.close()


def warm_up() -> None:
    """Import what the pages import, so that a class that opens the app together does not wait for it."""
    scripts = {PAGES / "frame.py", *PAGES.glob("*/page.py")}
    for file in sorted(set(PAGES.rglob("*.py")) - scripts):
        parts = file.relative_to(PAGES.parent).with_suffix("").parts
        import_module(".".join(parts).removesuffix(".__init__"))


def freeze_imports() -> None:
    """Take the imported libraries out of garbage collection: collecting them again finds nothing.

    And collect less often: with a class present each collection holds everyone up.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


async def collect_garbage() -> None:
    """Collect what visitors that have gone have left, which so high a threshold would keep: each rerun leaves 17 KB."""
    while True:
        await asyncio.sleep(COLLECT)
        gc.collect()


@cache
def allow_open_files() -> None:
    """Raise the soft limit of open files to the hard one; say so in the log where a class will not fit."""
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    # macOS calls its hard limit infinite, and allows less: its own header file says 10,240.
    for limit in (hard, 10_240):
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
            break
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    enough = CLASS * FILES_EACH + FILES_OF_SERVER
    if soft != resource.RLIM_INFINITY and soft < enough:
        log.warning(
            "This server may open %d files at once, which is too few for a class of %d students: "
            "raise the hard limit to %d (ulimit -Hn).", soft, CLASS, enough,
        )  # fmt: skip
