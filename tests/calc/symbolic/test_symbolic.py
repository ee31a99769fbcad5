"""The symbolic helpers: right answers, killed when slow or large, gone with their parent."""

import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from calc import symbolic
from calc.child_process import ROOT, ChildLost
from calc.expression import ExpressionError, parse_expression
from calc.symbolic import SymbolicError, SymbolicResult, SymbolicTimeout, ask, pool
from calc.symbolic.pool import Pool, exchange
from tests.calc.expression.samples import GOOD, HOSTILE

SLOW = "(x+1)^100(x-1)^100(x+2)^99/(x+3)^100 + sin(x)^50 cos(x)^40"
PATIENT = 20.0
SIMPLIFY = {"operation": "simplify", "variables": ["x"], "variable": "x", "low": None, "high": None}


@pytest.fixture(autouse=True, scope="module")
def _no_child_left():
    yield
    left = helpers()
    symbolic.close()
    assert not any(exists(pid) for pid in left)


def helpers() -> list[int]:
    """The process numbers of the helpers that run."""
    return [child.pid for child in pool._pool.children if child.pid is not None]


def exists(pid: int) -> bool:
    """Whether there is such a process, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_the_derivative_is_that_of_the_jets(text: str) -> None:
    expression = parse_expression(text)
    try:
        answer = ask("derivative", expression, deadline=PATIENT)
    except SymbolicError:
        assert any(name in expression.text for name in ("floor", "ceil", "sign"))
        return
    assert answer.latex.isascii()
    points = np.array([0.3, 1.25, 2.75])
    if answer.expression is not None:
        np.testing.assert_allclose(
            answer.expression(points), expression.derivative(points), rtol=1e-9, atol=1e-12
        )


@pytest.mark.parametrize(
    ("text", "low", "high", "points"),
    [
        ("x^3 - 3x", -5, 5, [-1, 1]),
        ("x^4 - 10x^2 + 1", -5, 5, [-math.sqrt(5), 0, math.sqrt(5)]),
        ("x^5 - x - 1", -5, 5, [-(0.2**0.25), 0.2**0.25]),
        ("x^4 - 5x^2 + x", -5, 5, [-1.6289485065147174, 0.1004048782365531, 1.5285436282781643]),
        ("x e^-x", -5, 5, [1]),
        ("sin x", -5, 5, [-3 * math.pi / 2, -math.pi / 2, math.pi / 2, 3 * math.pi / 2]),
        ("ln(x)/x", 1, 5, [math.e]),
        ("|x^2 - 1|", -5, 5, [0]),
        ("x|x|", -5, 5, [0]),
        ("x^(2/3)(x-1)", -5, 5, [0.4]),
        ("x^2", 1, 2, []),
        ("x^2", 0, 2, [0]),
        ("e^x", -1, 1, []),
        ("2x + 1", -1, 1, []),
    ],
)
def test_stationary_points_in_closed_form(text: str, low: float, high: float, points: list[float]) -> None:
    answer = ask("stationary-points", parse_expression(text), low=low, high=high, deadline=PATIENT)
    assert [point.value for point in answer.points] == pytest.approx(points, rel=1e-15)
    assert not answer.everywhere
    assert all(float(point.digits) == point.value for point in answer.points)


def test_other_questions() -> None:
    def f(text: str):
        return parse_expression(text)

    assert ask("second-derivative", f("x^3"), deadline=PATIENT).text == "6*x"
    assert ask("simplify", f("sin^2 x + cos^2 x"), deadline=PATIENT).text == "1"
    assert ask("stationary-points", f("3"), low=0, high=1, deadline=PATIENT).everywhere
    zeros = ask("zeros", f("x^2 - 2"), low=-2, high=2, deadline=PATIENT)
    assert [point.latex for point in zeros.points] == [r"- \sqrt{2}", r"\sqrt{2}"]
    assert zeros.complete
    ends = ask("limits", f("e^x"), deadline=PATIENT).points
    assert [point.value for point in ends] == [0, math.inf]
    assert ask("limits", f("sin(x)/x"), low=0.0, high=1.0, deadline=PATIENT).points[0].value == 1
    two = parse_expression("x^2 y", ("x", "y"))
    assert ask("derivative", two, variable="y", deadline=PATIENT).text == "x^2"


def test_impossible_questions_are_refused() -> None:
    x = parse_expression("x^2")
    for question in (
        lambda: ask("eval", x),
        lambda: ask("derivative", x, variable="y"),
        lambda: ask("zeros", x),
        lambda: ask("zeros", x, low=1, high=0),
        lambda: ask("zeros", x, low=math.nan, high=0),
        lambda: ask("zeros", x, low=-math.inf, high=0),
    ):
        with pytest.raises(ValueError, match=r"there is no|between two"):
            question()


def test_hostile_texts_that_are_formulas_are_answered_or_stopped() -> None:
    for text in HOSTILE:
        try:
            expression = parse_expression(text)
        except ExpressionError:
            continue
        with suppress(SymbolicError):
            assert isinstance(ask("derivative", expression), SymbolicResult)


def test_slow_work_is_stopped_in_time_and_the_next_question_answered() -> None:
    ask("derivative", parse_expression("x^2 + 17"))
    before = helpers()
    began = time.monotonic()
    with pytest.raises(SymbolicTimeout, match="stopped after 1 s"):
        ask("simplify", parse_expression(SLOW), deadline=1.0)
    assert time.monotonic() - began < 3
    assert ask("derivative", parse_expression("x^2 + 18")).text == "2*x"
    assert any(not exists(pid) for pid in before)


def test_many_threads_share_two_helpers() -> None:
    answers: list[str | None] = []

    def work(number: int) -> None:
        answers.append(ask("derivative", parse_expression(f"x^3 + {number}x"), deadline=PATIENT).text)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == sorted((f"3*x^2 + {n}" if n else "3*x^2" for n in range(12)), key=str)
    assert len(helpers()) <= 2


def test_a_killed_helper_is_replaced() -> None:
    child = Pool(1).children[0]
    request = SIMPLIFY | {"text": "x"}
    assert exchange(child, request, PATIENT)["text"] == "x"
    os.kill(child.pid, signal.SIGKILL)
    while child.pid is not None:
        time.sleep(0.02)
    assert exchange(child, request, PATIENT)["text"] == "x"
    child.close()
    assert child.pid is None
    with pytest.raises(SymbolicTimeout):
        exchange(child, request, PATIENT)


def test_closing_stops_work_in_another_thread() -> None:
    alone = Pool(1)
    outcome: list[BaseException] = []
    request = SIMPLIFY | {"text": parse_expression(SLOW).text}

    def work() -> None:
        try:
            alone.ask(request, ("x",), PATIENT)
        except SymbolicError as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1.5)
    alone.close()
    thread.join(5)
    assert not thread.is_alive()
    assert [type(error) for error in outcome] == [SymbolicTimeout]


def test_the_child_reads_with_our_parser() -> None:
    texts = ("__import__('os').system('touch /tmp/downhill-was-here')", "x + x", "9^9^9^9^9")
    alone = Pool(1)
    replies = [exchange(alone.children[0], SIMPLIFY | {"text": text}, PATIENT) for text in texts]
    alone.close()
    assert "error" in replies[0]
    assert replies[1]["text"] == "2*x"
    assert "error" in replies[2]
    assert not Path("/tmp/downhill-was-here").exists()


def test_the_child_unpickles_nothing_and_knows_little() -> None:
    alone = Pool(1)
    child = alone.children[0]
    child.start()
    environment = Path(f"/proc/{child.pid}/environ")
    if environment.exists():
        names = {entry.split("=")[0] for entry in environment.read_text().split("\0") if entry}
        assert names <= {
            "PATH", "SYSTEMROOT", "LD_LIBRARY_PATH",
            "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONDONTWRITEBYTECODE",
        }  # fmt: skip
    with pytest.raises(ChildLost):
        child.ask(pickle.dumps((len, ((),), {})), PATIENT)
    alone.close()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the limit is Linux's")
def test_the_child_may_not_take_much_memory_nor_write_files(tmp_path: Path) -> None:
    program = (
        "from calc.child_process import bound_memory\n"
        "from calc.symbolic.child import EXTRA_MEMORY\n"
        "bound_memory(EXTRA_MEMORY)\n"
        "try:\n    bytearray(300 * 2**20)\nexcept MemoryError:\n    print('refused', flush=True)\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try:\n    f = open({str(tmp_path / 'x')!r}, 'w'); f.write('x'); f.flush()\n"
        "except OSError:\n    print('refused', flush=True); import os; os._exit(0)\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert os.linesep.join(done.stdout.split()) == "refused\nrefused"


def test_a_program_that_asked_ends_at_once_and_takes_its_helper_along() -> None:
    program = (
        "from calc.expression import parse_expression\n"
        "from calc.symbolic import ask\n"
        "import sys\n"
        "print(ask('derivative', parse_expression('x^2'), deadline=20).text)\n"
        "from calc.symbolic import pool\n"
        "print([c.pid for c in pool._pool.children if c.pid][0])\n"
        "print('sympy' in sys.modules)\n"
    )
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    text, pid, has_sympy = done.stdout.split()
    assert (text, has_sympy) == ("2*x", "False")
    assert not exists(int(pid))


def test_closed_forms_are_the_same_with_flints_numbers_and_with_pythons(monkeypatch):
    """SymPy takes python-flint for its own numbers where it is installed."""
    texts = ["x^4 - 3x^2", "x^3 - x - 1", "sin(x) + x/2", "(x^2 - 2)/(x^2 + 1)", "x^6 - 2x^4 + x", "0.1x^2 - 0.3x",
             "ln(x^2 + 1) - x/3", "sqrt(x^2 + 1) - x/2"]  # fmt: skip
    how = [
        ("derivative", {}),
        ("stationary-points", {"low": -3.0, "high": 3.0}),
        ("zeros", {"low": -3.0, "high": 3.0}),
    ]

    def answer(operation, text, ends):
        try:
            return ask(operation, parse_expression(text), **ends, deadline=PATIENT)
        except SymbolicError as error:
            return str(error)

    def answers(types):
        monkeypatch.setenv("SYMPY_GROUND_TYPES", types)
        with monkeypatch.context() as patch:
            patch.setattr(pool, "PASSED_VARIABLES", (*pool.PASSED_VARIABLES, "SYMPY_GROUND_TYPES"))
            patch.setattr(pool, "_pool", Pool(1))
            found = [answer(operation, text, ends) for text in texts for operation, ends in how]
            pool._pool.close()
        assert any(isinstance(each, SymbolicResult) for each in found)
        return found

    assert answers("flint") == answers("python")
