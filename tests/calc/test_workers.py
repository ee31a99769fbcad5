"""Workers: the same answers as here, whatever becomes of the process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest

from calc import minima
from calc import workers as module
from calc.basins import trajectories
from calc.child_process import ROOT
from calc.expression import ExpressionError, parse_expression
from calc.likelihood import coin
from calc.workers import (
    WORKERS_VARIABLE,
    Unanswered,
    WorkerPool,
    run_bounded,
    run_in_turn,
    run_in_worker,
    worker_count,
)

WELL = parse_expression("x^4/4 - x^2 + 0.3x")


def exists(pid: int) -> bool:
    """Whether there is such a process, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ready(workers: WorkerPool, count: int) -> WorkerPool:
    until = time.monotonic() + 60
    while workers.count < count:
        assert time.monotonic() < until
        time.sleep(0.05)
    return workers


@pytest.fixture(scope="module")
def two():
    workers = ready(WorkerPool(2), 2)
    yield workers
    workers.close()


def test_answers_are_those_of_this_process(two):
    assert two(os.getpid) != os.getpid()
    assert two(os.getenv, WORKERS_VARIABLE) == "0", "a worker has no workers"
    # nan, the value beyond an end, is not equal to itself.
    assert repr(two(minima.find, WELL, -2.5, 2.5)) == repr(minima.find(WELL, -2.5, 2.5))
    how = {"method": "momentum", "rate": 0.02, "steps": 40}
    there, here = two(trajectories, WELL, [1.0, 2.0], **how), trajectories(WELL, [1.0, 2.0], **how)
    np.testing.assert_array_equal(there.w, here.w)
    assert there.status == here.status


def test_several_calls_are_one_question(two):
    calls = partial(os.getpid), partial(trajectories, WELL, [1.0], method="momentum", rate=0.02, steps=40)
    process, balls = two(run_in_turn, *calls)
    assert process != os.getpid()
    np.testing.assert_array_equal(balls.w, calls[1]().w)
    with pytest.raises(ValueError, match="begin below"):
        two(run_in_turn, calls[0], partial(minima.find, WELL, 2, 1))


def test_what_a_function_raises_is_raised_here(two):
    with pytest.raises(ValueError, match="must begin below its end"):
        two(minima.find, WELL, 2, 1)
    with pytest.raises(ExpressionError, match="did you mean sin") as wrong:
        two(parse_expression, "2 sinn(x)")
    assert wrong.value.position == 2
    assert two(os.getpid) != os.getpid()


def test_what_cannot_be_sent_is_said(two):
    with pytest.raises(RuntimeError, match="cannot be sent"):
        two(threading.Lock)
    with pytest.raises((AttributeError, TypeError)):
        two(lambda: 1)
    assert two(len, "four") == 4


class Stubborn(Exception):
    """Cannot be made again from what a pickle keeps of it."""

    def __init__(self, one, two):
        super().__init__(one)


def be_stubborn():
    raise Stubborn(1, 2)


def test_an_answer_that_cannot_be_read_leaves_nothing_behind(two):
    for _ in range(4):
        with pytest.raises(TypeError, match="two"):
            two(be_stubborn)
        assert two(len, "four") == 4


def test_what_a_function_prints_is_no_answer(two):
    assert two(print, "{} [] 1 2 3") is None
    assert two(len, "four") == 4


def test_many_threads_get_their_own_answers(two):
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda n: two(pow, n, 2), range(200))) == [n * n for n in range(200)]
        pids = set(pool.map(lambda _: two(os.getpid), range(50)))
    assert len(pids) <= 2


def test_a_killed_worker_is_replaced_and_its_work_done():
    workers = ready(WorkerPool(1), 1)
    try:
        first = workers(os.getpid)
        os.kill(first, signal.SIGKILL)
        assert workers(len, "four") == 4
        ready(workers, 1)
        assert workers(os.getpid) not in (first, os.getpid())
        assert not exists(first)
    finally:
        workers.close()


def test_a_worker_that_ends_in_the_middle_of_its_work():
    workers = ready(WorkerPool(1), 1)
    try:
        pid = workers(os.getpid)
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(workers, time.sleep, 0.6)
            time.sleep(0.2)
            os.kill(pid, 9)
            assert answer.result(timeout=30) is None
    finally:
        workers.close()


def test_a_stopped_worker_holds_nobody(monkeypatch):
    monkeypatch.setattr(module, "ANSWER_TIMEOUT", 6.0)
    monkeypatch.setattr(module, "QUEUE_TIMEOUT", 0.5)
    workers = ready(WorkerPool(1), 1)
    try:
        pid = workers(os.getpid)
        os.kill(pid, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(workers, os.getpid)
            time.sleep(1)
            # The worker is known to be slow by now: nobody waits for it.
            began = time.monotonic()
            assert [workers(os.getpid) for _ in range(5)] == [os.getpid()] * 5
            assert time.monotonic() - began < 2
            assert not first.done()
            assert first.result(timeout=30) == os.getpid()
        assert not exists(pid)
        ready(workers, 1)
        assert workers(os.getpid) not in (pid, os.getpid())
    finally:
        workers.close()


ENDLESS = "sum(0 for _ in iter(int, 1))"
IN_C = "9 ** 9 ** 9"
"""One call that holds the GIL: the process cannot end itself by an exception."""
GREEDY = "len(bytearray(400 * 2**20))"
GREEDY_IN_C = "__import__('flint').fmpz(2) ** 2**33"


@pytest.mark.parametrize("hostile", [ENDLESS, IN_C, GREEDY, GREEDY_IN_C])
def test_a_bounded_call_ends_and_others_go_on(monkeypatch, hostile):
    workers = ready(WorkerPool(1), 1)
    try:
        began = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(workers.bounded, eval, hostile)
            time.sleep(0.1)
            # Whoever asks meanwhile waits for the worker, or its successor, and gets an answer.
            second = pool.submit(workers.bounded, minima.find, WELL, -2.5, 2.5)
            with pytest.raises(Unanswered, match="time or memory"):
                first.result(timeout=30)
            # The processor's time: a busy machine takes longer, up to the deadline.
            assert time.monotonic() - began < module.BOUNDED_TIMEOUT + 2
            assert repr(second.result(timeout=30)) == repr(minima.find(WELL, -2.5, 2.5))
        assert workers.bounded(os.getpid) != os.getpid()
    finally:
        workers.close()


def test_bounds_hold_for_that_call_alone(two):
    assert two.bounded(len, "four") == 4
    assert two(eval, GREEDY) == 400 * 2**20
    # Seconds of others, or of sleep, are none of the processor.
    assert two.bounded(time.sleep, 2.5) is None
    with pytest.raises(ValueError, match="begin below"):
        two.bounded(minima.find, WELL, 2, 1)


def test_a_stopped_worker_ends_a_bounded_call(monkeypatch):
    monkeypatch.setattr(module, "BOUNDED_TIMEOUT", 0.5)
    workers = ready(WorkerPool(1), 1)
    try:
        pid = workers(os.getpid)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(Unanswered, match="time or memory"):
            workers.bounded(os.getpid)
        assert not exists(pid)
    finally:
        workers.close()


def test_a_bounded_call_is_not_computed_here_while_there_are_workers(monkeypatch):
    monkeypatch.setattr(module, "BOUNDED_QUEUE_TIMEOUT", 0)
    workers = WorkerPool(1)
    try:
        # It is only starting.
        with pytest.raises(Unanswered, match="no worker came free"):
            workers.bounded(os.getpid)
        ready(workers, 1)
        with ThreadPoolExecutor(1) as pool:
            other = pool.submit(workers, time.sleep, 1)
            while not workers._busy:
                time.sleep(0.01)
            with pytest.raises(Unanswered, match="no worker came free"):
                workers.bounded(os.getpid)
            assert other.result() is None
        ready(workers, 1)
        assert workers.bounded(os.getpid) != os.getpid()
    finally:
        workers.close()
    assert WorkerPool(0).bounded(os.getpid) == run_bounded(os.getpid) == os.getpid()


def test_one_waits_for_a_worker_that_is_soon_free(monkeypatch):
    monkeypatch.setattr(module, "QUEUE_TIMEOUT", 30.0)
    workers = ready(WorkerPool(1), 1)
    try:
        pid = workers(os.getpid)
        with ThreadPoolExecutor(1) as pool:
            other = pool.submit(workers, time.sleep, 0.5)
            time.sleep(0.2)
            assert workers(os.getpid) == pid
            assert other.result() is None
            other = pool.submit(workers, time.sleep, 1.5)
            time.sleep(0.2)
            # With the last worker gone there is nothing to wait for.
            threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
            assert workers(os.getpid) == os.getpid()
    finally:
        workers.close()


def test_workers_that_cannot_start_are_given_up(monkeypatch, caplog):
    starts = []
    monkeypatch.setattr(module.ChildProcess, "start", lambda child: starts.append(child) or lose())
    workers = WorkerPool(2)
    until = time.monotonic() + 30
    while not caplog.records and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.2)
    assert [record.getMessage() for record in caplog.records] == [
        "Workers could not be started 3 times in a row: no more are."
    ]
    assert len(starts) <= 4
    assert workers.count == 0
    assert workers(os.getpid) == os.getpid()
    workers.close()


def test_a_start_that_succeeds_forgets_those_that_failed(monkeypatch, caplog):
    begin, fails = module.ChildProcess.start, [True, True, False, True, True, False]
    monkeypatch.setattr(module.ChildProcess, "start", lambda child: lose() if fails.pop(0) else begin(child))
    workers = ready(WorkerPool(1), 1)
    try:
        os.kill(workers(os.getpid), signal.SIGKILL)
        assert workers(len, "four") == 4
        ready(workers, 1)
        assert workers(os.getpid) != os.getpid()
        assert not caplog.records
    finally:
        workers.close()


def lose():
    raise module.ChildLost


def test_a_closed_pool_starts_no_worker_and_says_nothing(caplog):
    workers = ready(WorkerPool(1), 1)
    pid = workers(os.getpid)
    workers.close()
    assert not exists(pid)
    assert [workers(os.getpid) for _ in range(3)] == [os.getpid()] * 3
    time.sleep(0.2)
    assert workers.count == 0
    assert not caplog.records


def test_without_workers_it_is_computed_here():
    assert WorkerPool(0)(os.getpid) == os.getpid()
    assert run_in_worker(coin(2, 3), 0.5) == coin(2, 3)(0.5)


@pytest.mark.parametrize(
    ("wish", "cores", "number", "said"),
    [
        (None, 8, 4, ""),
        ("", 2, 1, ""),
        ("0", 1, 0, ""),
        (None, 1, 1, ""),
        ("6", 8, 6, ""),
        ("99", 2, 2, "DOWNHILL_WORKERS=99 is more than there are cores: there will be 2 workers."),
        ("many", 3, 2, "DOWNHILL_WORKERS=many is no number of workers: there will be 2."),
        ("-1", 3, 2, "DOWNHILL_WORKERS=-1 is no number of workers: there will be 2."),
        ("9" * 5000, 3, 2, f"DOWNHILL_WORKERS={'9' * 20} is no number of workers: there will be 2."),
    ],
)
def test_the_cores_cap_their_number(monkeypatch, caplog, wish, cores, number, said):
    monkeypatch.setattr(module, "cores", lambda: cores)
    if wish is None:
        monkeypatch.delenv(WORKERS_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(WORKERS_VARIABLE, wish)
    assert worker_count() == number
    assert [record.getMessage() for record in caplog.records] == ([said] if said else [])


@pytest.mark.parametrize("end", ["return", "os._exit(1)", "SIGTERM", "SIGINT", "SIGKILL"])
def test_workers_end_with_the_server_also_while_they_compute(end):
    code = (
        "import os, signal, threading, time; from calc import workers\n"
        # A shell's background job ignores it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "while not workers.start().count: time.sleep(0.05)\n"
        "print(workers.run_in_worker(os.getpid), flush=True)\n"
        "endless = 'sum(0 for _ in iter(int, 1))'\n"
        "threading.Thread(target=workers.run_in_worker, args=(eval, endless), daemon=True).start()\n"
        "time.sleep(0.5)\n"
        f"{'time.sleep(60)' if end.startswith('SIG') else 'pass' if end == 'return' else end}\n"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {WORKERS_VARIABLE: "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        pid = int(server.stdout.readline())
        if end.startswith("SIG"):
            time.sleep(1)
            server.send_signal(getattr(signal, end))
        server.wait(timeout=30)
    if end in ("return", "SIGINT"):
        assert not exists(pid), "the server has not waited for its end"
    # Long before its alarm.
    until = time.monotonic() + 8
    while exists(pid):
        assert time.monotonic() < until, "the worker outlives the server"
        time.sleep(0.05)
