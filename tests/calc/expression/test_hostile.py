"""No typed text runs code, takes long, takes much memory, or fails in any other way than ExpressionError."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.expression import WRITTEN, Expression, ExpressionError, parse_expression
from tests.calc.expression.samples import CODE, HOSTILE, PIECES, random_texts

ROOT = Path(__file__).parents[3]
POINTS = np.array([-2.5, -1.0, 0.0, 0.5, 3.0])
FUZZED = 100_000


@pytest.fixture(scope="module")
def report() -> dict:
    command = [sys.executable, "-W", "error", "-m", "tests.calc.expression.hostile_child"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_hostile_texts_run_nothing_and_open_nothing(report: dict) -> None:
    assert len(set(HOSTILE)) >= 100
    assert len(report["results"]) == len(HOSTILE)
    assert report["events"] == []
    assert not Path("/tmp/downhill-was-here").exists()


def test_hostile_texts_take_little_time_and_memory(report: dict) -> None:
    assert max(seconds for _, seconds in report["results"]) < 2
    assert report["megabytes"] < 200


def test_code_is_never_read_as_a_formula(report: dict) -> None:
    for text, (outcome, _) in zip(HOSTILE, report["results"], strict=True):
        if CODE in text or "__" in text or not text.isascii():
            assert not outcome.startswith("read as"), (text, outcome)


def check_error(error: ExpressionError, text: str) -> None:
    """Its message is harmless wherever it is shown, and it points into the text."""
    assert error.position is None or 0 <= error.position <= len(text)
    assert error.message.isascii()
    assert error.message.isprintable()
    assert not set("<>$") & set(error.message.replace("`<`", "").replace("`$`", ""))
    error.pointer().encode()


def check(text: str, variables: tuple[str, ...] = ("x",)) -> bool:
    """Reads the text and uses what was read; whether it was read."""
    try:
        expression = parse_expression(text, variables)
    except ExpressionError as error:
        check_error(error, text)
        return False
    assert isinstance(expression, Expression)
    assert expression.latex().isascii()
    assert parse_expression(expression.text, variables, WRITTEN) == expression
    values = expression(*[POINTS] * len(variables))
    assert values.shape == POINTS.shape
    assert values.dtype == np.float64
    return True


def test_fuzzing_finds_only_expressions_and_their_errors() -> None:
    read = sum(check(text) for text in random_texts(FUZZED, seed=20240229))
    assert read > FUZZED / 10


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=700, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_of_our_own_tokens(text: str) -> None:
    check(text, ("x", "y"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("()[]{}|x+-^*/,.2e "), max_size=60))
def test_any_brackets_and_bars(text: str) -> None:
    check(text)
