"""The app as README says to start it, on a free port."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60
"""Seconds until a server has to answer, on a machine that does other things too."""


def commands() -> list[str]:
    """The commands that start the app, as README has them."""
    blocks = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(("make run", "streamlit run", "uvicorn"))]


@contextmanager
def running_server(
    command: str = "streamlit run streamlit_app.py",
    port: int | None = None,
) -> Iterator[str]:
    """Start the app with its own configuration, and give its address.

    Args:
        command: one of README's, or one that starts it otherwise.
        port: a free one if not given.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port or 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {
        name: text for name, text in os.environ.items() if not name.startswith(("STREAMLIT_", "DOWNHILL_"))
    } | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_PORT": address.partition(":")[2],
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "UVICORN_PORT": address.partition(":")[2],
    }
    server = subprocess.Popen(
        shlex.split(command),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://{address}/_stcore/health", server)
        yield f"http://{address}"
    finally:
        # `make` starts the server as its child.
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with {server.returncode} before it answered.")
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer within {PATIENCE} s.")
