"""The server around the pages: what it does before the first visitor comes, and where its root is."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calc import workers
from pages.shared.menu import LESSONS, PAGES

log = logging.getLogger("downhill")

PATHS = "|".join(lesson.url_path for lesson in LESSONS)
SCRIPT = (
    f"<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + "
    f'location.pathname.replace(/({PATHS})\\/?$/, "")}}</script><script'
).encode()
FILE = re.compile(r"/(_stcore|media|component|static)/|\.\w+$")
"""The paths of Streamlit that are no page."""
AS_IT_WAS = {b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since"}
"""Headers that ask for the file on the disk, or for a part of it: what is sent is another text."""

CLASS = 300
FILES_EACH = 4
"""A student's socket, and the requests of a page beside it, are up to four open files."""
FILES_OF_SERVER = 100
"""What the server itself holds open: its log, the workers' pipes, libraries."""


class TellRoot:
    """Tell the browser in every page where the app's root is.

    Opened at /linear-regression, Streamlit's browser code first looks for its server below that address,
    meets two 404s, and only then looks at the root (its issue 7074). With the root told, it asks once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = (
            scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and not FILE.search(scope["path"])
        )
        if not is_page:
            await self.app(scope, receive, send)
            return
        start: Message = {}
        page = b""

        async def tell(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start":
                start = message
                return
            page += message.get("body", b"")
            if message.get("more_body", False):
                return
            headers = {
                name: value for name, value in start["headers"] if name not in (b"etag", b"last-modified")
            }
            if headers.get(b"content-type", b"").startswith(b"text/html"):
                page = page.replace(b"<script", SCRIPT, 1)
                headers[b"content-length"] = str(len(page)).encode()
                start = {**start, "headers": list(headers.items())}
            await send(start)
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page})

        asked = [pair for pair in scope["headers"] if pair[0] not in AS_IT_WAS]
        # The length that HEAD has to tell is that of the page.
        await self.app({**scope, "method": "GET", "headers": asked}, receive, tell)


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: the imports, the workers, enough open files."""
    allow_open_files()
    warm_up()
    pool = workers.start()
    try:
        yield
    finally:
        pool.close()


def warm_up() -> None:
    """Import what the pages import, so that a class that opens the app together does not wait for it."""
    scripts = {PAGES / "frame.py", *PAGES.glob("*/page.py")}
    for file in sorted(set(PAGES.rglob("*.py")) - scripts):
        parts = file.relative_to(PAGES.parent).with_suffix("").parts
        import_module(".".join(parts).removesuffix(".__init__"))


def allow_open_files() -> None:
    """Raise the soft limit of open files to the hard one; say so in the log where a class will not fit."""
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    except (OSError, ValueError):
        # macOS calls its hard limit infinite, and allows less.
        log.info("The limit of open files stays at %d.", soft)
    enough = CLASS * FILES_EACH + FILES_OF_SERVER
    if soft != resource.RLIM_INFINITY and soft < enough:
        log.warning(
            "This server may open %d files at once, which is too few for a class of %d students: "
            "raise the hard limit to %d (ulimit -Hn).", soft, CLASS, enough,
        )  # fmt: skip
