"""A child process: whole answers, deadlines, and nothing left of it, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from calc.child_process import ROOT, ChildLost, ChildProcess, ChildTimeout

CHILD = "tests.calc.child_module"
LONG = 60.0
"""Seconds that no answer takes."""


@pytest.fixture
def child():
    child = ChildProcess(CHILD, os.environ)
    child.start()
    yield child
    child.close()


def exists(pid: int) -> bool:
    """Whether there is such a process, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_a_message_has_one_whole_answer(child):
    large = bytes(range(256)) * 20_000
    for said in (b"1", b"", large, b"line\nline"):
        assert child.ask(b"say " + said, LONG) == said


def test_what_it_prints_is_no_answer(child):
    assert child.ask(b"print x", LONG) == b"x"
    assert child.ask(b"say 2", LONG) == b"2"


# Named: pytest puts a test's name into the environment, which must not hold a million bytes.
@pytest.mark.parametrize(
    "question",
    [b"sleep 60", b"compute", b"say " + bytes(10**6)],
    ids=["it sleeps", "it computes", "it does not read"],
)
def test_the_deadline_ends_what_does_not_answer(child, question):
    pid = child.pid
    if question.startswith(b"say"):
        # It does not even read.
        os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(ChildTimeout):
        child.ask(question, 0.3)
    assert time.monotonic() - began < 20
    assert not exists(pid)
    with pytest.raises(ChildLost):
        child.ask(b"say 1", LONG)
    child.start()
    assert child.ask(b"say 1", LONG) == b"1"


def test_a_deadline_that_was_kept_strikes_no_more(child):
    assert child.ask(b"say 1", 1.0) == b"1"
    time.sleep(1.5)
    assert child.ask(b"say 2", LONG) == b"2"


@pytest.mark.parametrize("lie", ["", "1"])
def test_an_answer_cut_short_is_none(lie):
    child = ChildProcess(CHILD, os.environ | {"LIE": lie})
    child.start()
    pid = child.pid
    with pytest.raises(ChildLost) as lost:
        child.ask(b"exit", LONG)
    assert not isinstance(lost.value, ChildTimeout)
    assert not exists(pid)
    child.close()


def test_one_that_died_in_silence_is_noticed(child):
    pid = child.pid
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: child.pid is None)
    with pytest.raises(ChildLost):
        child.ask(b"say 1", LONG)
    assert not exists(pid)


def test_who_was_interrupted_leaves_no_answer_for_the_next(child, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("calc.child_process._receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            child.ask(b"say 1", LONG)
    with pytest.raises(ChildLost):
        child.ask(b"say 2", LONG)


def test_nothing_stays_open(child):
    child.stop()
    before = open_files()
    for question in (b"exit", b"sleep 60", b"say 1"):
        child.start()
        try:
            child.ask(question, 0.2)
        except ChildLost:
            pass
        else:
            child.stop()
        assert open_files() == before


def test_close_ends_an_answer_in_another_thread_and_all_starts(child):
    pid = child.pid
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(child.ask, b"sleep 60", LONG)
        time.sleep(0.2)
        child.close()
        assert isinstance(answer.exception(timeout=20), ChildLost)
    assert not exists(pid)
    with pytest.raises(ChildLost):
        child.start()
    assert child.pid is None


def test_close_ends_a_start_in_another_thread():
    child = ChildProcess(CHILD, os.environ | {"SLOW_START": "1"})
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(child.start)
        wait_until(lambda: child.pid is not None)
        child.close()
        assert isinstance(begun.exception(timeout=20), ChildLost)


def test_what_cannot_start_says_so(monkeypatch):
    child = ChildProcess("tests.calc.no_such_module", os.environ)
    with pytest.raises(ChildLost):
        child.start()
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(ChildLost):
        ChildProcess(CHILD, os.environ).start()


def test_it_starts_within_a_deadline(monkeypatch):
    monkeypatch.setattr("calc.child_process.START_DEADLINE", 1.0)
    child = ChildProcess(CHILD, os.environ | {"SLOW_START": "1"})
    with pytest.raises(ChildLost):
        child.start()
    assert child.pid is None


def test_many_threads_may_ask(child):
    with ThreadPoolExecutor(8) as pool:
        said = [str(number).encode() for number in range(100)]
        assert list(pool.map(lambda what: child.ask(b"say " + what, LONG), said)) == said


def test_ctrl_c_in_the_terminal_does_not_end_it(child):
    os.kill(child.pid, signal.SIGINT)
    assert child.ask(b"sleep 0.2", LONG) == b"0.2"
    assert child.ask(b"say 1", LONG) == b"1"


@pytest.mark.parametrize(
    ("work", "alarm"),
    # The alarm is for what holds the interpreter; the others are not to wait for it.
    [("sleep 60", "50"), ("compute", "50"), ("hold", "2")],
)
def test_it_ends_with_a_killed_parent_whatever_it_computes(work, alarm):
    program = (
        "import os; from calc.child_process import ChildProcess\n"
        f"child = ChildProcess({CHILD!r}, os.environ | {{'ALARM': {alarm!r}}})\n"
        "child.start(); print(child.pid, flush=True)\n"
        f"child.ask(b{work!r}, 60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    wait_until(lambda: not exists(pid))


def test_deadlines_need_one_thread(child):
    before = threading.active_count()
    for _ in range(10):
        child.ask(b"say 1", LONG)
    assert threading.active_count() == before
