"""The server: what its middleware answers, and what it does before the first visitor comes."""

import asyncio
import os
import resource
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import connect

from pages.shared.head import SCRIPT
from pages.shared.menu import HOME, LESSONS
from pages.shared.startup import CLASS, FILES_EACH
from tests.benchmarks.students import Student
from tests.server import ROOT, commands, running_server

T = TypeVar("T")


@pytest.fixture(scope="module")
def server():
    with running_server() as address:
        yield address


def answer(url: str, method: str = "GET", **headers: str):
    """Status, headers and body."""
    request = urllib.request.Request(url, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as reply:
        return reply.status, reply.headers, reply.read()


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """By a loop in a thread of its own: where tests in a browser came before, Playwright has one in this."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_readme_starts_the_app_in_three_ways():
    assert [command.split()[0] for command in commands()] == ["make", "streamlit", "uvicorn"]


@pytest.mark.parametrize("lesson", [HOME, *LESSONS], ids=lambda lesson: lesson.url_path or "home")
def test_every_page_tells_the_browser_its_root(lesson, server):
    status, headers, page = answer(f"{server}/{lesson.url_path}")
    assert status == 200
    assert page.count(SCRIPT.encode()) == 1
    assert int(headers["content-length"]) == len(page)


@pytest.mark.parametrize("lesson", [HOME, *LESSONS], ids=lambda lesson: lesson.url_path or "home")
def test_the_very_first_request_of_a_fresh_server_is_answered(lesson):
    """Whatever its page imports, no other has imported before."""

    async def opened(address: str) -> Student:
        student = Student(address, lesson.url_path, {}, 0)
        await student.open()
        await student.close()
        return student

    with running_server() as address:
        student = run_apart(opened(address))
    assert student.fault(student.runs[0]) == ""
    assert student.runs[0].of_kind("vega_lite_chart")


@pytest.mark.parametrize("path", ["", "linear-regression"])
def test_head_tells_the_length_that_get_sends(path, server):
    _, of_head, body = answer(f"{server}/{path}", "HEAD")
    _, of_get, page = answer(f"{server}/{path}")
    assert body == b""
    assert of_head["content-length"] == of_get["content-length"] == str(len(page))
    assert of_head["content-type"] == of_get["content-type"]


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_a_part_of_a_page_is_answered_with_the_whole_and_of_a_file_with_the_part(accept, server):
    whole = answer(f"{server}/square-loss")[2]
    status, headers, page = answer(f"{server}/square-loss", Range="bytes=0-9", Accept=accept)
    assert (status, page) == (200, whole)
    assert "content-range" not in headers
    script = whole.split(b'src="./', 1)[1].split(b'"', 1)[0].decode()
    status, _, part = answer(f"{server}/{script}", Range="bytes=0-9", Accept=accept)
    assert (status, len(part)) == (206, 10)


def test_a_page_that_the_browser_has_is_sent_whole(server):
    headers = answer(f"{server}/square-loss")[1]
    assert headers["etag"] is None
    status, _, page = answer(
        f"{server}/square-loss", **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    )
    assert status == 200
    assert SCRIPT.encode() in page


def test_a_class_fits_although_the_soft_limit_of_open_files_is_low():
    """Four open files a student: 251 of them filled the usual 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The students' own ends are open files too.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    command = "sh -c 'ulimit -Sn 1024; ulimit -Hn 4096; exec streamlit run streamlit_app.py'"
    with running_server(command) as address, ExitStack() as students:
        place = urlsplit(address)
        for _ in range(CLASS):
            url = f"ws://{place.netloc}/_stcore/stream"
            students.enter_context(connect(url, subprotocols=["streamlit"], origin=address))
            for _ in range(FILES_EACH - 1):
                students.enter_context(socket.create_connection((place.hostname, place.port)))
        assert answer(f"{address}/_stcore/health")[0] == 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_what_visitors_left_behind_is_collected():
    """A session holds itself: that it is no longer used only the garbage collector finds out."""
    program = """
import asyncio, gc, weakref
import pages.shared.startup as startup
startup.COLLECT = 0.01
class Session: pass
async def collected():
    async with startup.lifespan(None), asyncio.timeout(20):
        gc.disable()
        session = Session()
        session.itself = session
        there = weakref.ref(session)
        del session
        while there() is not None:
            await asyncio.sleep(0.01)
asyncio.run(collected())
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=os.environ, check=True, timeout=120)


def limited(hard: int) -> str:
    """What the log says where the hard limit of open files is `hard`, and the soft limit that is left."""
    program = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, {hard}))
from pages.shared.startup import allow_open_files
allow_open_files()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(hard)
    return done.stderr


def test_too_low_a_hard_limit_is_logged():
    assert "too few for a class of 300 students" in limited(1024)
    assert "too few" not in limited(2048)
