"""A function has a value only where each part of it has one: every reading of values, held against mpmath.

The judge computes with 50 digits, and again with about as many as float64 has: where the two disagree, rounding
decides whether there is a value, and nothing is asked. Nor is it where a part is beyond float64.
"""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.basins.gradients import gradient
from calc.expression import Expression, parse_expression
from calc.expression.arrays import Arrays, DefinedArrays
from calc.expression.jets import jet
from calc.expression.tree import Node, walk
from tests.calc.expression.trees import TooLarge, Undefined, precisely, trees

POINTS = np.array([0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, np.pi / 2, -np.pi, 4 * np.pi])
RANGE = mpmath.mpf(10) ** 300

# Each has a limit in floating point, but a part without a value, at the point.
UNDEFINED = [
    *(("atan(1/x)", 0), ("e^(-1/x)", 0), ("e^(-1/x^2)", 0), ("x atan(1/x)", 0), ("e^x/(1 + 1/x^2)", 0)),
    *(("1/(1/x)", 0), ("tanh(1/x)", 0), ("max(1, ln x)", 0), ("min(x, -1/x^2)", 0), ("1/(1 + 1/x)", 0)),
    *(("max(1/x, 1, x)", 0), ("atan(ln x)", 0), ("0*ln(x)", 0), ("e^(ln x)", 0), ("1/log2(x)", 0)),
    *(("atan(log10 x)", 0), ("atan(atanh x)", 1), ("tanh(atanh x)", -1), ("1/atanh(x)", 1), ("1/x^-1", 0)),
    *(("atan(x^-2)", 0), ("1/x^(-1/2)", 0), ("1/x^(-2/3)", 0), ("atan(x^(-1/3))", 0), ("e^(-x^(-pi))", 0)),
    *(("atan(0^(-x))", 2), ("1/(x - 1)^(-x)", 1), ("(1/x)^0", 0), ("0*(1/x)", 0), ("1/x - 1/x", 0)),
    *(("(1/x)/(1/x)", 0), ("x*(1/x)", 0), ("x/x", 0), ("sign(1/x)", 0), ("floor(atan(1/x))", 0)),
    *(("atan(cot x)", 0), ("1/csc(x)", 0), ("atan(x/(1 - 1))", 3), ("(1/x)^x", 0), ("1^(1/x)", 0)),
    *(("sqrt(x)^2", -1), ("(ln x)^0", -1), ("asin(x)^0", 2), ("acosh(x)*0", 0.5), ("atan(1/sin x)", 0)),
    *(("atan(1/floor(x))", 0.5), ("atan(1/(x - x))", 7), ("2^(-1/|x|)", 0), ("atan(ln(1 - x^2))", 1)),
    *(("cos(x)/x", 0), ("max(1, cos(x)/x)", 0)),
]
DEFINED = [
    *(("x^0", 0, 1), ("x^x", 0, 1), ("0^x", 2, 0), ("0^x", 0, 1), ("sqrt(x)", 0, 0), ("cbrt x", -8, -2)),
    *(("ln(x)", 1, 0), ("asin x", 1, np.pi / 2), ("x^(-1/3)", -8, -0.5), ("cos(x)/(1 + x^2)", 0, 1)),
    # Overflow and underflow are no poles.
    *(("1/(1 + e^(1000x))", 1, 0), ("1/e^(-1000x)", 1, np.inf), ("e^(x^9)", 100, np.inf)),
    *(("1/x", 1e-310, np.inf), ("1/(1/e^(x^9))", 100, np.inf)),
    *(("atan(1/x^2)", 1e-200, np.pi / 2), ("1/(1 + 1/e^x)", -1000, 0), ("x/e^x", -1000, -np.inf)),
    *(("-ln(1/(1 + e^x))", 1000, np.inf), ("e^(-1/x^2)", 1e-170, 0), ("1/(x/1e30)^30", 1e-5, np.inf)),
]
SLOPES = [
    *("x atan(1/x)", "e^(-1/x)", "x/(1 + 1/x)", "x^-2 + x^0", "x^(-1/3)", "cot(x)csc(x)", "max(1, ln x)"),
    *("(1/x)^0", "sign(1/x)", "x^(-pi)", "|x|^x", "floor(x)/x", "tanh(atanh(1 - x))", "acosh(x - 2)"),
    *("atanh(x + 2)", "log2(x)log10(x)"),
]


def judged(root: Node, x: float) -> float | None:
    """The value; nan where a part has none, None where float64's rounding or range decides."""
    found = []
    for bits in (170, 53, 45):
        with mpmath.workprec(bits):
            try:
                parts = [precisely(node, {"x": mpmath.mpf(x)}) for node in walk(root)]
            except Undefined:
                found.append(math.nan)
                continue
            except TooLarge:
                return None
            if any(part != 0 and not 1 / RANGE < abs(part) < RANGE for part in parts):
                return None
            found.append(float(parts[0]))
    return found[0] if np.allclose(found, found[0], rtol=1e-6, atol=0, equal_nan=True) else None


def slopes(expression: Expression, *at: float) -> list[np.ndarray]:
    """The gradient that a ball feels; the caller of a descent keeps NumPy silent."""
    with np.errstate(all="ignore"):
        return list(gradient(expression)(*(np.array([float(x)]) for x in at)))


def check(root: Node, values: np.ndarray) -> int:
    """Asserts the values at POINTS; how many the judge could tell."""
    verdicts = [judged(root, x) for x in POINTS]
    told = np.array([verdict is not None for verdict in verdicts])
    wanted = np.array([math.nan if verdict is None else verdict for verdict in verdicts])
    np.testing.assert_allclose(values[told], wanted[told], rtol=1e-5, atol=1e-12)
    return int(told.sum())


@settings(max_examples=150, deadline=None)
@given(trees())
def test_values_and_jets_of_random_trees(root: Node) -> None:
    expression = Expression(root, ("x",))
    values = expression(POINTS)
    check(root, values)
    found = expression.jet(POINTS)
    np.testing.assert_array_equal(np.isnan(found.value), np.isnan(values))
    for part in (found.first, found.second):
        assert np.isnan(part[np.isnan(values)]).all()


@settings(max_examples=20, deadline=None)
@given(trees())
def test_jax_values_of_random_trees(root: Node) -> None:
    check(root, np.asarray(Expression(root, ("x",)).jax()(POINTS)))


@settings(max_examples=150, deadline=None)
@given(trees(("x", "y")), st.sampled_from(POINTS), st.sampled_from(POINTS))
def test_derivatives_in_two_variables(root: Node, x: float, y: float) -> None:
    expression = Expression(root, ("x", "y"))
    found = expression.jet(x, y)
    assert np.isnan(found.value) == np.isnan(expression(x, y))
    if np.isnan(found.value):
        assert np.isnan(found.first).all()
        assert np.isnan(found.second).all()
        assert np.isnan(slopes(expression, x, y)).all()


@pytest.mark.parametrize(("text", "x"), UNDEFINED)
def test_no_value_where_a_part_has_none(text: str, x: float) -> None:
    expression = parse_expression(text)
    assert math.isnan(judged(expression.root, x))
    assert math.isnan(expression(x))
    np.testing.assert_equal(expression(np.array([x, 1.25])), [math.nan, expression(1.25)])
    found = expression.jet(x)
    assert np.isnan([found.value, found.first, found.second]).all()
    assert np.isnan(slopes(expression, x)).all()
    with_another = parse_expression(f"y + {text}", ("x", "y"))
    assert np.isnan(with_another.jet(x, 1.0).first).all()
    assert np.isnan(slopes(with_another, x, 1)).all()


@pytest.mark.parametrize(("text", "x", "value"), DEFINED)
def test_a_value_where_each_part_has_one(text: str, x: float, value: float) -> None:
    expression = parse_expression(text)
    assert expression(x) == pytest.approx(value, abs=1e-15)
    assert float(expression.jet(x).value) == pytest.approx(value, abs=1e-15)


def test_jax_has_no_value_where_a_part_has_none() -> None:
    for text, x in UNDEFINED:
        function = parse_expression(text).jax()
        assert math.isnan(function(float(x))), text


@pytest.mark.parametrize("text", SLOPES)
def test_slopes_in_jax_beside_a_pole_are_those_of_jets(text: str) -> None:
    """Also compiled: the nan at the pole may not leak into its neighbours."""
    import jax

    expression = parse_expression(text)
    near = np.array([-2.5, -0.75, -1e-3, -1e-9, 0.0, 1e-9, 1e-3, 0.3, 0.75])
    with np.errstate(all="ignore"):
        values, slopes = jax.jit(jax.vmap(jax.value_and_grad(expression.jax())))(near)
    found = expression.jet(near)
    np.testing.assert_allclose(values, found.value, rtol=1e-9)
    held = ~np.isinf(found.value)
    np.testing.assert_allclose(slopes[held], found.first[held], rtol=1e-6)


def test_jax_keeps_32_bits_at_a_pole() -> None:
    values = parse_expression("x/(1 + 1/x) + ln(x)^0 + x^pi").jax()(np.zeros(2, dtype=np.float32))
    assert values.dtype == np.float32
    assert np.isnan(values).all()


def test_gradients_keep_32_bits_at_a_pole() -> None:
    x = np.array([0.0, 2.0], dtype=np.float32)
    for text in ("1/x + x/y", "x^-2 + y^(-1/3)", "x^(-pi)", "cot x", "y/(x - y)"):
        with np.errstate(all="ignore"):
            parts = gradient(parse_expression(text, ("x", "y")))(x, x)
        for part in parts:
            assert part.dtype == np.float32
            assert np.isnan(part[0])


def test_one_side_does_not_bring_a_value_back() -> None:
    """Both sides of x*(1/x) have the value 1 and the slope 0."""
    expression = parse_expression("x*(1/x)")
    assert float(jet(expression.root, {"x": np.array(1e-9)}, 1).first) == pytest.approx(0, abs=1)
    assert math.isnan(expression.jet(0).first)
    assert math.isnan(expression.jet(0).value)


def test_the_rule_costs_nothing_without_a_pole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree is read a second time only where floating point met an infinity."""
    read = []
    binary = Arrays.binary
    monkeypatch.setattr(Arrays, "binary", lambda *given: (read.append(type(given[0])), binary(*given))[1])
    expression = parse_expression("1/(x - 1)")
    expression(np.array([0.0, 2.0, np.nan, np.inf]))
    assert set(read) == {Arrays}
    expression(np.array([0.0, 1.0]))
    assert any(issubclass(algebra, DefinedArrays) for algebra in read)
