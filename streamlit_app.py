"""The server that `make run` starts: Streamlit's own, which also tells each page where its root is.

Opened at /linear-regression, Streamlit's browser code first looks for its server below that address,
meets two 404s, and only then looks at the root (its issue 7074). With the root told, it asks once.
`streamlit run streamlit_app.py` serves the same app without this.
"""

from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calc import workers
from pages.shared.menu import HOME, VIEWS

PATHS = "|".join(view.url_path for view in VIEWS)
SCRIPT = (
    f"<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + "
    f'location.pathname.replace(/({PATHS})\\/?$/, "")}}</script><script'
).encode()


class TellRoot:
    """Put SCRIPT before the first script of every HTML page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def tell(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                if headers.get(b"content-type", b"").startswith(b"text/html"):
                    start = message
                    return
            elif start is not None:
                body = message["body"].replace(b"<script", SCRIPT, 1)
                rest = [pair for pair in start["headers"] if pair[0] != b"content-length"]
                await send({**start, "headers": [*rest, (b"content-length", str(len(body)).encode())]})
                message, start = {**message, "body": body}, None
            await send(message)

        # A compressed page could not be read here.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        wants_html = any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
        await self.app({**scope, "headers": plain} if wants_html else scope, receive, tell)


def warm_up() -> None:
    """Import what the pages import, so that a class that opens the app together does not wait for it."""
    pages = {view.file for view in (HOME, *VIEWS)}
    for file in Path(__file__).parent.glob("views/*/*.py"):
        name = file.relative_to(Path(__file__).parent).as_posix()
        if name not in pages:
            import_module(name.removesuffix(".py").replace("/", "."))


warm_up()
workers.start()
app = st.App("streamlit_app.py", middleware=[Middleware(TellRoot)])
