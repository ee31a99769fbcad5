"""Workers: the same answers as here, whatever becomes of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest

from calc import minima
from calc.basins import roll
from calc.expression import ExpressionError, parse_expression
from calc.likelihood import coin
from calc.workers import ROOT, SWITCH, Workers, beside, together, wanted

WELL = parse_expression("x^4/4 - x^2 + 0.3x")


def ready(workers: Workers, count: int) -> Workers:
    until = time.monotonic() + 60
    while workers.count < count:
        assert time.monotonic() < until
        time.sleep(0.05)
    return workers


@pytest.fixture(scope="module")
def two():
    workers = ready(Workers(2), 2)
    yield workers
    workers.close()


def test_answers_are_those_of_this_process(two):
    assert two(os.getpid) != os.getpid()
    # nan, the value beyond an end, is not equal to itself.
    assert repr(two(minima.find, WELL, -2.5, 2.5)) == repr(minima.find(WELL, -2.5, 2.5))
    how = {"method": "momentum", "rate": 0.02, "steps": 40}
    there, here = two(roll, WELL, [1.0, 2.0], **how), roll(WELL, [1.0, 2.0], **how)
    np.testing.assert_array_equal(there.w, here.w)
    assert there.status == here.status


def test_several_calls_are_one_question(two):
    calls = partial(os.getpid), partial(roll, WELL, [1.0], method="momentum", rate=0.02, steps=40)
    process, balls = two(together, *calls)
    assert process != os.getpid()
    np.testing.assert_array_equal(balls.w, calls[1]().w)
    with pytest.raises(ValueError, match="begin below"):
        two(together, calls[0], partial(minima.find, WELL, 2, 1))


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
    workers = ready(Workers(1), 1)
    try:
        first = workers(os.getpid)
        os.kill(first, 9)
        assert workers(len, "four") == 4
        ready(workers, 1)
        assert workers(os.getpid) not in (first, os.getpid())
    finally:
        workers.close()


def test_a_worker_that_ends_in_the_middle_of_its_work():
    workers = ready(Workers(1), 1)
    try:
        pid = workers(os.getpid)
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(workers, time.sleep, 0.6)
            time.sleep(0.2)
            os.kill(pid, 9)
            assert answer.result(timeout=30) is None
    finally:
        workers.close()


def test_without_workers_it_is_computed_here(monkeypatch):
    assert Workers(0)(os.getpid) == os.getpid()
    assert beside(coin(2, 3), 0.5) == coin(2, 3)(0.5)
    monkeypatch.setenv(SWITCH, "3")
    assert wanted() == 3
    monkeypatch.setenv(SWITCH, "many")
    assert wanted() >= 1


def test_workers_end_with_their_parent():
    code = (
        "import os, time; from calc.workers import Workers; w = Workers(1)\n"
        "while not w.count: time.sleep(0.05)\n"
        "print(w(os.getpid), flush=True); os._exit(1)"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    pid, until = int(found.stdout), time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker outlives its parent")
