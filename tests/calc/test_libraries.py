"""What libraries answer where there is no derivative: the figures, and that what is shown is what runs."""

from math import isnan, nan
from types import FunctionType

import pytest

from calc.libraries import CALLS, QUESTIONS, Answer, answers, asked
from calc.libraries.calls import IMPORTS

FIGURES = {
    "jax.grad(abs)(0.0)": 1.0,
    "jax.grad(lambda x: jnp.where(x > 0, x, -x))(0.0)": -1.0,
    "jax.grad(lambda x: jnp.sqrt(x * x))(0.0)": nan,
    "jax.grad(lambda x: jnp.maximum(x, 0))(0.0)": 0.5,
    "jax.grad(jax.nn.relu)(0.0)": 0.0,
    "scipy.differentiate.derivative(np.abs, 0.0)": 0.0,
    "relu = jax.nn.relu\njax.grad(lambda x: relu(x) - relu(-x))(0.0)": 0.0,
    "jax.grad(lambda x: jnp.sqrt(x**4))(0.0)": nan,
    "jax.grad(lambda x: jnp.where(x == 0, 0, x * x + x))(0.0)": 0.0,
}


@pytest.fixture(scope="module")
def found() -> dict[str, Answer]:
    """By their code, of the process of their own."""
    run = asked()
    run.look("a test")
    run.wait(180)
    return {answer.call.code: answer for answer in answers(run)}


def test_the_answers_are_the_figures(found):
    values = {code: found[code].value for code in FIGURES}
    assert values == pytest.approx(FIGURES, abs=0, nan_ok=True)
    gradient = next(answer for code, answer in found.items() if "np.gradient" in code)
    assert gradient.value == pytest.approx(0, abs=1e-12)
    symbolic = next(answer for code, answer in found.items() if "sympy" in code)
    assert symbolic.text == "sign(x), at 0: 0"
    assert (
        found["scipy.differentiate.derivative(np.abs, 0.0)"].text == "df = 0.0, error = 0.0, success = True"
    )


def test_no_library_says_that_there_is_none_but_by_accident(found):
    silent = {code for code, a in found.items() if QUESTIONS[a.call.question].truth is None and a.right}
    assert silent == {"jax.grad(lambda x: jnp.sqrt(x * x))(0.0)", "jax.grad(jnp.cbrt)(0.0)"}


def test_where_there_is_a_derivative_all_of_these_are_wrong(found):
    there = [answer for answer in found.values() if QUESTIONS[answer.call.question].truth is not None]
    assert len(there) == 3
    assert not any(answer.right for answer in there)


def test_the_code_shown_is_the_code_that_runs(found):
    assert list(found) == [call.code for call in CALLS]
    known: dict = {}
    FunctionType(compile(IMPORTS, "shown", "exec"), known)()
    for code, answer in found.items():
        *lines, last = code.splitlines()
        FunctionType(compile("\n".join([*lines, f"result = {last}"]), "shown", "exec"), known)()
        result = known["result"]
        if isinstance(result, tuple):
            result = result[-1]
        mine = float(getattr(result, "df", result))
        assert mine == answer.value or (isnan(mine) and isnan(answer.value))
        assert answer.call.why.endswith(".")


def test_the_truths_are_true_by_exact_quotients():
    """Of functions and slopes written down here anew."""
    functions = {
        "line": lambda x: max(x, 0) - max(-x, 0), "square": lambda x: (x**4) ** 0.5, "patched": lambda x: x * x + x,
    }  # fmt: skip
    for name, f in functions.items():
        for h in (2.0**-20, -(2.0**-20)):
            assert (f(h) - f(0)) / h == pytest.approx(QUESTIONS[name].truth, abs=1e-5)


def test_the_libraries_are_asked_once(found):
    assert asked() is asked()
    assert set(asked().versions) == {"SymPy", "NumPy", "SciPy", "JAX"}
