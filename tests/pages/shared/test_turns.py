"""Scripts run one after the other, but for those that wait for something, or hang."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from pages.shared import turns

SOON, LONG = 0.2, 20.0


def script(began: Event, goes_on: Event) -> None:
    with turns.turn():
        began.set()
        goes_on.wait(LONG)


def waiting(began: Event, goes_on: Event) -> None:
    with turns.turn(), turns.aside():
        began.set()
        goes_on.wait(LONG)


@pytest.mark.parametrize(
    ("first", "patience", "at_once"), [(script, LONG, False), (waiting, LONG, True), (script, 0.01, True)]
)
def test_a_script_goes_on_when_nobody_else_does_or_one_hangs(first, patience, at_once, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", patience)
    one, other, go = Event(), Event(), Event()
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(first, one, go)]
        assert one.wait(LONG)
        runs.append(pool.submit(script, other, go))
        assert other.wait(SOON if not at_once else LONG) == at_once
        go.set()
        for run in runs:
            run.result(LONG)
    assert other.is_set()


def test_a_turn_ends_with_its_script_whatever_happens(monkeypatch):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn(), turns.aside():
            raise ZeroDivisionError
    monkeypatch.setattr(turns, "PATIENCE", LONG)
    with ThreadPoolExecutor() as pool:
        began, go = Event(), Event()
        go.set()
        pool.submit(script, began, go).result(LONG / 2)


def test_outside_of_a_script_nobody_waits():
    with turns.aside():
        assert turns.run_in_worker(sum, [1, 2, 3]) == 6
