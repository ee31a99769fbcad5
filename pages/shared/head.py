"""The head of every page: how it looks before anything is drawn, and where the app's root is."""

import re
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.menu import LESSONS, PAGES

PATHS = "|".join(lesson.url_path for lesson in LESSONS)
SCRIPT = (
    f"<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + "
    f'location.pathname.replace(/({PATHS})\\/?$/, "")}}</script>'
)
STYLE = f"<style>{''.join(file.read_text('utf-8') for file in sorted(PAGES.rglob('*.css')))}</style>"
"""What a page has to look like before anything of it is drawn: brought later it would make the page jump."""


def bundled(file: Path) -> str:
    """A module as a function of the window, which its component calls."""
    code = (
        file.read_text("utf-8")
        .replace("export default function", "return function")
        .replace("export const", "const")
    )
    return f"window.downhill_{file.stem} = (() => {{\n{code}}})()\n"


def call(*files: Path) -> str:
    """The module that calls the functions of the window; its data comes as bytes."""
    calls = "; ".join(f"window.downhill_{file.stem}({{ ...all, data }})" for file in files)
    return (
        f"export default (all) => {{ const data = JSON.parse(new TextDecoder().decode(all.data)); {calls} }}"
    )


NEEDED = ("ArrowVegaLiteChart", "embed", "BidiComponent")
"""Streamlit's code for charts and components, for which it only asks once the first of them has come."""
IMPORT = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


def preloads() -> str:
    """Links by which the browser fetches that code, and what it imports, while the page is being made."""
    folder = Path(st.__file__).with_name("static") / "static" / "js"
    found = [file.name for name in NEEDED for file in folder.glob(f"{name}.*.js")]
    # The list grows as it is read.
    for name in found:
        found += [part for part in IMPORT.findall((folder / name).read_text("utf-8")) if part not in found]
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)


PRELOADS = preloads()
PARTS = f"<script>{''.join(bundled(file) for file in sorted(PAGES.rglob('*.js')))}</script>"
FILE = re.compile(r"/(_stcore|media|component|static)/|\.\w+$")
"""The paths of Streamlit that are no page."""
AS_IT_WAS = {b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since"}
"""Headers that ask for the file on the disk, or for a part of it: what is sent is another text."""
OF_THE_FILE = {b"content-length", b"etag", b"last-modified"}
"""Headers that tell of the file, not of what is sent."""


class Head:
    """Put into the head of every page how it looks, and where the app's root is.

    Opened at /linear-regression, Streamlit's browser code first looks for its server below that address,
    meets two 404s, and only then looks at the root (its issue 7074). With the root told, it asks once.
    """

    installed = False
    """Whether this server has it: a host that runs the main script as a plain one has not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        Head.installed = True

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
            if dict(start["headers"]).get(b"content-type", b"").startswith(b"text/html"):
                page = page.replace(b"<script", f"{STYLE}{SCRIPT}{PARTS}{PRELOADS}<script".encode(), 1)
                headers = [pair for pair in start["headers"] if pair[0] not in OF_THE_FILE]
                start = {**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]}
            await send(start)
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page})

        asked = [pair for pair in scope["headers"] if pair[0] not in AS_IT_WAS]
        # The length that HEAD has to tell is that of the page.
        await self.app({**scope, "method": "GET", "headers": asked}, receive, tell)
