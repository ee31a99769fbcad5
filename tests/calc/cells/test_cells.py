"""Cells run as they stand, each list by itself; nothing but our own text gets into them; a hanging one is ended."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from calc.cells import Cell, Choice, Run, fill, filled, needed, outputs, running
from calc.cells.outputs import read_output
from calc.child_process import ROOT
from calc.expression import parse_expression
from tests.cells import check_cells

CELLS = (
    Cell("libraries", "The libraries.", "import numpy as np\nimport sympy\nimport jax\nimport jax.numpy as jnp"),
    Cell("f", "A function.", "def f(x):\n    return {function:np}", needs=("libraries",)),
    Cell("value", "Its value.", "f({point})", needs=("f",)),
    Cell("printed", "An array.", "x = np.array({points})\nprint(f(x))\nx.sum()", needs=("f",)),
    Cell("slope", "A rule.", "s = sympy.Symbol('s')\nsympy.diff(s**3, s)", needs=("libraries",)),
    Cell(
        "called", "No function.", "r = s**2\n\nr(x)", needs=("slope", "printed"), raises="TypeError",
        means="It is a formula.",
    ),
    Cell("grad", "By JAX.", "jax.grad(f)({point})", needs=("f",), raises="TypeError", means="Integers."),
    Cell("drawn", "Curves.", "y = f(x)", needs=("printed",), draws=(("x", "x"), ("y", "f(x)"))),
)  # fmt: skip
VALUES = {"function": parse_expression("x^2"), "point": 3, "points": (1, 2, 3)}
HANGS = Cell("hangs", "", "while True: pass")


def test_cells_run_as_in_a_notebook():
    found = check_cells(CELLS, VALUES)
    assert found["value"].text == "9"
    assert found["value"].type == "int"
    assert found["printed"].shown == "[1 4 9]\nnp.int64(6)"
    assert (found["slope"].text, found["slope"].latex) == ("3*s**2", "3 s^{2}")
    assert found["slope"].type == "sympy.core.mul.Mul"
    assert found["called"].error.text == "----> r(x)\nTypeError: 'Pow' object is not callable"
    assert "got int32" in found["grad"].error.message
    np.testing.assert_array_equal(found["drawn"].arrays["y"], [1, 4, 9])


def test_a_problem_deep_in_a_library_shows_the_lines_of_the_cell_alone():
    code = "import jax\ndef f(x):\n    return 1 / x[0]\njax.grad(f)(2.0)"
    error = outputs([Cell("deep", "", code)], {})["deep"].error
    assert error.lines == ("jax.grad(f)(2.0)", "return 1 / x[0]")
    assert error.kind in ("TypeError", "IndexError")


def test_warnings_and_long_outputs():
    long = Cell("long", "", "import numpy as np\nprint('x' * 10**6)\nnp.log(np.zeros(2))")
    found = outputs([long], {})["long"]
    assert found.warnings == ("RuntimeWarning: divide by zero encountered in log",)
    assert found.printed.endswith(" … (1,000,001 characters)")
    assert len(found.printed) < 6000
    assert found.text == "array([-inf, -inf])"


def test_every_list_has_a_namespace_of_its_own():
    outputs([Cell("left", "", "secret = 5")], {})
    assert outputs([Cell("read", "", "secret", raises="NameError")], {})["read"].error.kind == "NameError"


def test_jax_has_its_own_defaults_there():
    code = "import jax\nstr(jax.numpy.ones(1).dtype), jax.default_backend()"
    assert outputs([Cell("dtype", "", code)], {})["dtype"].text == "('float32', 'cpu')"


class Sly(float):
    def __repr__(self):
        return "__import__('os').system('true')"


class SlyInt(int):
    def __repr__(self):
        return "__import__('os').system('true')"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3, "3"), (-3, "-3"), (3.0, "3.0"), (1e-30, "1e-30"), (np.float64(0.1), "0.1"), (Sly(2), "2.0"),
        (SlyInt(2), "2"), ((1, 2.5, Sly(3)), "[1, 2.5, 3.0]"), ([], "[]"), (Choice("np.exp", ("np.exp",)), "np.exp"),
    ],
)  # fmt: skip
def test_what_stands_in_a_slot(value, written):
    assert fill("f({slot})", {"slot": value}) == f"f({written})"


@pytest.mark.parametrize(
    "value",
    [
        "1", "__import__('os')", b"1", True, None, math.inf, math.nan, -math.inf, (1, math.nan), (1, "2"), (1, True),
        {"a": 1}, 1j, (1, (2,)), np.array([1.0]), object(), parse_expression("x"),
    ],
)  # fmt: skip
def test_what_may_not_stand_in_a_slot(value):
    with pytest.raises((TypeError, ValueError)):
        fill("f({slot})", {"slot": value})


def test_slots_are_all_filled():
    for code, values in (
        ("{point}", {}),
        ("{point:np}", {"point": 1}),
        ("{f:os}", {"f": parse_expression("x")}),
    ):
        with pytest.raises(ValueError, match=r"slot|prefix"):
            fill(code, values)
    with pytest.raises(ValueError, match="none of"):
        Choice("os.system", ("np.exp",))
    assert fill("f'{x!s} {1}' {}", {}) == "f'{x!s} {1}' {}"


def test_what_is_needed_comes_before():
    assert [cell.name for cell in needed(CELLS, ("called",))] == [
        "libraries",
        "f",
        "printed",
        "slope",
        "called",
    ]
    for wrong in (
        (Cell("a", "", "", needs=("b",)), Cell("b", "", "")),
        (Cell("a", "", "", needs=("a",)),),
        (Cell("a", "", "", needs=("c",)),),
    ):
        with pytest.raises(ValueError, match=r"before|no cell"):
            needed(wrong, ("a",))


def test_a_cell_that_hangs_is_ended_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr(running._shared, "_deadline", 1.0)
    cells = [
        Cell("x", "", "x = 1"), HANGS, Cell("after", "", "x + 1", needs=("x",)), Cell("none", "", "", needs=("hangs",)),
        Cell("nor", "", "", needs=("none",)),
    ]  # fmt: skip
    found = outputs(cells, {})
    assert found["hangs"].error.text == "It was stopped: it took longer than 1 seconds."
    assert found["after"].text == "2"
    assert (found["none"].waits_for, found["nor"].waits_for) == ("hangs", "none")


def test_what_is_left_after_one_that_hangs_waits_behind_the_others(monkeypatch):
    monkeypatch.setattr(running._shared, "_deadline", 1.0)
    slow = Run([HANGS, Cell("then", "", "1"), Cell("last", "", "2")])
    other = Run([Cell("six", "", "6")])
    slow.look("one")
    other.look("two")
    while not slow.done:
        slow.look("one")
        slow.wait(0.01)
        assert other.done or "then" not in slow.outputs
    assert slow.outputs["last"].text == "2"


def test_a_cell_that_kills_its_process_or_takes_all_memory():
    cells = [
        Cell("ends", "", "import os\nos._exit(1)"), Cell("six", "", "6"),
        Cell("large", "", "x = bytearray(10**11)", raises="MemoryError"),
    ]  # fmt: skip
    found = outputs(cells, {})
    assert "has ended" in found["ends"].error.text
    assert found["six"].text == "6"
    assert found["large"].error.kind == "MemoryError"


def test_one_that_nobody_wants_is_stopped_but_not_while_another_looks(monkeypatch):
    monkeypatch.setattr(running._shared, "_deadline", 60.0)
    run = Run(filled([Cell("x", "", "1"), HANGS], {}))
    run.look("one")
    run.look("two")
    while "x" not in run.outputs:
        run.wait(0.05)
    run.leave("one", at_once=True)
    run.wait(0.3)
    assert run.wanted
    run.leave("two", at_once=True)
    assert outputs([Cell("six", "", "6")], {})["six"].text == "6"
    assert not run.done
    assert not run.failed
    monkeypatch.setattr(running._shared, "_deadline", 0.5)
    run.again()
    run.look("one")
    run.wait(30)
    assert run.done


def test_one_whose_page_has_gone_does_not_hold_up_the_next(monkeypatch):
    monkeypatch.setattr(running, "PATIENCE", 0.2)
    many = Run(filled([Cell(f"c{'x' * i}", "", "import time; time.sleep(0.1)") for i in range(100)], {}))
    many.look("gone")
    time.sleep(0.3)
    assert outputs([Cell("six", "", "6")], {})["six"].text == "6"
    assert len(many.outputs) < 50


def test_where_no_process_can_be_started_it_says_so(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    lone = running.Runner()
    monkeypatch.setattr(running, "_shared", lone)
    run = Run([Cell("six", "", "6")])
    run.look("one")
    run.wait(30)
    assert run.failed
    assert not run.outputs
    run.again()
    assert not run.done


def test_it_ends_with_the_server():
    code = (
        "from calc.cells import Cell, outputs, running\n"
        "outputs([Cell('six', '', '6')], {})\nprint(running._shared.child.pid, flush=True)"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    pid, until = int(said.stdout), time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")


def test_what_the_process_says_is_taken_for_text_and_numbers_alone():
    said = {
        "printed": 1, "warnings": [2], "text": "a", "type": "t", "latex": "", "error": None, "arrays": {"x": [[1, 2]]},
    }  # fmt: skip
    output = read_output(json.loads(json.dumps(said)))
    assert output.printed == "1"
    assert output.arrays["x"].tolist() == [1, 2]
    with pytest.raises((ValueError, TypeError)):
        read_output(said | {"arrays": {"x": ["no"]}})


def test_several_at_once():
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(outputs([Cell("n", "", "{n}")], {"n": n})["n"].text))
        for n in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(map(str, range(10)))
