"""The readings of one tree, held against each other and against mpmath and SymPy."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from calc.expression import WRITTEN, Expression, parse_expression
from calc.expression.jets import Jet, jet
from calc.expression.source import PREFIXES, Prefix, python_source
from calc.expression.tree import Call, Node, Variable
from tests.calc.expression.members import holds
from tests.calc.expression.samples import GOOD
from tests.calc.expression.trees import TooLarge, Undefined, precisely, trees

SMOOTH_TEXTS = [
    *(
        "x^3 - 3x + 1",
        "x sin x",
        "e^(-x^2)",
        "1/(1 + e^-x)",
        "ln(x^2 + 1)",
        "tan x",
        "sec x",
        "csc x",
        "cot x",
    ),
    *("asin(x/5)", "acos(x/5)", "atan x", "sinh x", "cosh x", "tanh x", "asinh x", "atanh(x/5)", "2^x"),
    *("x^5/(x^2 + 1)", "sin(x)^2 cos(3x)", "log2(x^2+2)", "cbrt(x^2+1)", "(x^2+1)^x", "x^-3"),
    *(
        "sqrt(x^2 + 1)",
        "(x^2+2)^pi",
        "acosh(x^2+2)",
        "(x-1)^(5/3)",
        "exp(sin x)",
        "sqrt(e)x^2",
        "min(x, x^2+9)",
    ),
]
positions = st.floats(-6, 6).filter(lambda x: x == 0 or abs(x) > 1e-3)


def expression_of(root: Node, names: tuple[str, ...] = ("x",)) -> Expression:
    return Expression(root, names)


def rounding(root: Node, x: float, value: mpmath.mpf) -> mpmath.mpf:
    """What float64 may lose there: what 50 to 53 bits lose, many times."""
    losses = []
    for bits in range(48, 54):
        with mpmath.workprec(bits):
            try:
                short = precisely(root, {"x": mpmath.mpf(x)})
            except (Undefined, TooLarge):
                return mpmath.inf
        losses.append(abs(short - value))
    return 100 * max(losses) + 1e-14 * abs(value)


def scatter(values: np.ndarray) -> float:
    """How far the results at neighbouring floats lie apart: what rounding does to them."""
    return float(np.ptp(values)) if np.isfinite(values).all() else math.inf


def neighbours(x: float) -> np.ndarray:
    return x + np.spacing(abs(x)) * np.arange(-6, 7) if x else np.linspace(-1e-16, 1e-16, 13)


@settings(max_examples=500, deadline=None)
@given(trees(("x", "y")))
def test_canonical_text_parses_to_the_same_tree(root: Node) -> None:
    text = expression_of(root, ("x", "y")).text
    try:
        again = parse_expression(text, ("x", "y"), WRITTEN)
    except ValueError as error:
        assume("no real value" not in str(error) and "no value" not in str(error))
        assume("constants up to" not in str(error) and "too small" not in str(error))
        assume("exponent" not in str(error))
        raise
    assert again.root == root


@settings(max_examples=600, deadline=None)
@given(trees(), positions)
def test_values_are_those_that_intervals_prove(root: Node, x: float) -> None:
    """mpmath's value lies in the bounds of the interval reading, and NumPy's beside them."""
    expression = expression_of(root)
    bounds = expression.interval(x, x)
    value = expression(x)
    try:
        with mpmath.workdps(80):
            precise = precisely(root, {"x": mpmath.mpf(x)})
    except TooLarge:
        assume(False)
    except Undefined:
        assert bounds.undefined
        return
    assert not bounds.nowhere
    with mpmath.workdps(80):
        assert holds(bounds.value, precise, mpmath.mpf(10) ** -60 * (1 + abs(precise)))
        if not bounds.undefined and not bounds.jump and math.isfinite(value):
            assert abs(value - precise) <= rounding(root, x, precise) + 1e-300


@settings(max_examples=300, deadline=None)
@given(trees(), positions)
@example(Call("cot", (Variable("x"),)), 4.7109375)
def test_jets_lie_where_intervals_prove_them(root: Node, x: float) -> None:
    expression = expression_of(root)
    bounds, jet = expression.interval(x, x), expression.jet(neighbours(x))
    assume(bounds.smooth)
    for found, proven in ((jet.first, bounds.first), (jet.second, bounds.second)):
        found = np.broadcast_to(found, 13)
        if np.isfinite(found).all() and proven.is_bounded:
            middle = float(proven.ball.mid())
            slack = 10 * scatter(found) + 1e-11 * abs(middle) + 1e-300
            assert abs(found[6] - middle) <= slack + float(proven.ball.rad())


@pytest.mark.parametrize("text", SMOOTH_TEXTS)
def test_jets_against_sympy(text: str) -> None:
    expression = parse_expression(text)
    x = sympy.Symbol("x", real=True)
    formula = expression.to_sympy()
    points = ("-2.3", "-0.7", "0.4", "1.9")
    jet = expression.jet(np.array([float(point) for point in points]))
    for order, found in ((0, jet.value), (1, jet.first), (2, jet.second)):
        derivative = sympy.diff(formula, x, order)
        exact = [
            float(sympy.N(derivative.subs(x, sympy.Rational(at)), 20))
            for at in ("-2.3", "-0.7", "0.4", "1.9")
        ]
        np.testing.assert_allclose(found, exact, rtol=1e-10, atol=1e-12)


@settings(max_examples=150, deadline=None)
@given(trees(), positions)
def test_sympy_has_the_same_value(root: Node, x: float) -> None:
    expression = expression_of(root)
    bounds = expression.interval(x, x)
    assume(not bounds.undefined and not bounds.jump)
    function = sympy.lambdify(sympy.Symbol("x", real=True), expression.to_sympy(), "mpmath")
    with mpmath.workdps(80):
        value = mpmath.mpmathify(function(mpmath.mpf(x)))
        assert abs(mpmath.im(value)) < 1e-30 * (1 + abs(value))
        assert holds(bounds.value, mpmath.re(value), mpmath.mpf(10) ** -45 * (1 + abs(value)))


@settings(max_examples=60, deadline=None)
@given(trees(), positions)
def test_jax_has_the_same_value(root: Node, x: float) -> None:
    expression = expression_of(root)
    bounds = expression.interval(x, x)
    assume(not bounds.undefined and not bounds.jump)
    value, numpy_value = float(expression.jax()(x)), expression(x)
    if math.isfinite(value) and math.isfinite(numpy_value) and bounds.value.is_bounded:
        slack = 20 * scatter(expression(neighbours(x))) + 1e-12 * abs(numpy_value) + 1e-300
        assert abs(value - numpy_value) <= slack
        assert abs(value - float(bounds.value.ball.mid())) <= slack + float(bounds.value.ball.rad())


def test_jax_keeps_64_bits_and_differentiates() -> None:
    import jax
    import jax.numpy as jnp

    points = np.linspace(-2, 2, 9)
    for text in ("x^3 - 0.1x", "3", "e^(-x^2)sin(3x)", "|x - 0.3|x", "(x - 0.1)^(1/3)", "max(x, 1, x^2)"):
        expression = parse_expression(text)
        function = expression.jax()
        values = jax.jit(function)(jnp.asarray(points))
        assert values.dtype == jnp.float64
        assert values.shape == points.shape
        np.testing.assert_allclose(values, expression(points), rtol=1e-14, atol=1e-15)
        slopes = jax.vmap(jax.grad(function))(jnp.asarray(points))
        smooth = np.isfinite(expression.derivative(points))
        np.testing.assert_allclose(
            slopes[smooth], expression.derivative(points)[smooth], rtol=1e-12, atol=1e-15
        )
    half = expression.jax()(jnp.zeros(3, dtype=jnp.float32))
    assert half.dtype == jnp.float32


NAN, INF = np.nan, np.inf


@pytest.mark.parametrize(
    ("text", "x", "first", "second"),
    [
        ("|x|", 0, NAN, NAN),
        ("x|x|", 0, 0, NAN),
        ("|x|^3", 0, 0, 0),
        ("|x^2|", 0, 0, 2),
        ("|x^3|", 0, 0, 0),
        ("|x| - |x|", 0, 0, 0),
        ("sign x", 0, NAN, NAN),
        ("x sign x", 0, NAN, NAN),
        ("x^2 sign x", 0, 0, NAN),
        ("floor x", 2, NAN, NAN),
        ("floor x", 2.5, 0, 0),
        ("ceil x", -1, NAN, NAN),
        ("x floor x", 0, NAN, NAN),
        ("floor(-x^2)", 0, NAN, NAN),
        ("max(x, -x)", 0, NAN, NAN),
        ("max(x^2, 2x - 1)", 1, 2, 2),
        ("max(x^2, 2x - 1, x^2)", 0, 0, 2),
        ("max(x|x|, 0)", 0, 0, NAN),
        ("max(x, x)", 1, 1, 0),
        ("min(x, 1)", 1, NAN, NAN),
        ("min(x, 1)", 2, 0, 0),
        ("x^(1/3)", 0, INF, NAN),
        ("-x^(1/3)", 0, -INF, NAN),
        ("x^(2/3)", 0, NAN, NAN),
        ("x^(4/3)", 0, 0, INF),
        ("x^(5/3)", 0, 0, NAN),
        ("sqrt x", 0, INF, NAN),
        ("sqrt x", -1, NAN, NAN),
        ("sqrt(x^2)", 0, NAN, NAN),
        ("1/x", 0, NAN, NAN),
        ("ln x", 0, NAN, NAN),
        ("x^0", 0, 0, 0),
        ("x^2", 0, 0, 2),
        ("x^1", 0, 1, 0),
        ("3", 0, 0, 0),
        ("pi^2/2", 1, 0, 0),
    ],
)
def test_derivatives_where_they_do_not_exist(text: str, x: float, first: float, second: float) -> None:
    jet = parse_expression(text).jet(x)
    np.testing.assert_equal(float(jet.first), first)
    np.testing.assert_equal(float(jet.second), second)


def test_sides() -> None:
    def one_sided(text: str, x: float, side: int) -> Jet:
        return jet(parse_expression(text).root, {"x": np.array(x)}, side)

    assert float(one_sided("|x|", 0, 1).first) == 1
    assert float(one_sided("|x|", 0, -1).first) == -1
    assert float(one_sided("floor x", 2, -1).value) == 1
    assert float(one_sided("x^(2/3)", 0, -1).first) == -INF


def test_values_are_honest_silent_and_shaped_like_the_points() -> None:
    points = np.array([[-1.0, 0.0], [1.0, 2.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_equal(parse_expression("1/x")(points), [[-1, NAN], [1, 0.5]])
        np.testing.assert_equal(parse_expression("ln x")(points), [[NAN, NAN], [0, math.log(2)]])
        np.testing.assert_equal(parse_expression("x^x")(-1), NAN)
        np.testing.assert_equal(parse_expression("e^(x^9)")(100), INF)
    constant = parse_expression("3")
    assert constant(points).shape == (2, 2)
    assert constant.derivative(points).shape == (2, 2)
    constant(points)[0, 0] = 1
    assert type(constant(1)) is float
    assert type(parse_expression("x^2")(1)) is float
    assert type(parse_expression("x^2").derivative(1)) is float
    assert parse_expression("x")(points) is not points
    np.testing.assert_equal(parse_expression("x^2")(np.array([2, 3])), [4, 9])
    with pytest.raises(TypeError, match="each of x"):
        constant(1, 2)


def test_two_variables() -> None:
    expression = parse_expression("(x^2 + y - 11)^2 + (x + y^2 - 7)^2 + x^y/5", ("x", "y"))
    x, y = np.linspace(0.5, 4, 5)[:, np.newaxis], np.linspace(-3, 3, 4)
    jet = expression.jet(x, y)
    assert (jet.value.shape, jet.first.shape, jet.second.shape) == ((5, 4), (2, 5, 4), (2, 2, 5, 4))
    names = [sympy.Symbol(name, real=True) for name in "xy"]
    formula = expression.to_sympy()
    np.testing.assert_allclose(jet.value, sympy.lambdify(names, formula)(x, y), rtol=1e-13)
    for i, one in enumerate(names):
        np.testing.assert_allclose(jet.first[i], sympy.lambdify(names, formula.diff(one))(x, y), rtol=1e-12)
        for j, other in enumerate(names):
            exact = sympy.lambdify(names, formula.diff(one, other))(x, y)
            np.testing.assert_allclose(jet.second[i, j], exact, rtol=1e-12)
    kinked = parse_expression("|x| + max(x, y)", ("x", "y")).derivative(np.array([0.0, 1.0]), 1.0)
    np.testing.assert_equal(kinked, [[NAN, NAN], [1, NAN]])


def runs(source: str, bare: bool = False) -> Callable[..., Any]:
    """A Python expression of x as a function. The test may run the code, as the student will."""
    import jax

    jax.config.update("jax_enable_x64", True)
    space: dict = {}
    program = "import math, sympy\nimport numpy as np\nimport jax.numpy as jnp\n"
    if bare:
        program += "from sympy import *\n"
    exec(f"{program}def f(x):\n    return {source}", space)  # noqa: S102
    return space["f"]


@pytest.mark.parametrize("prefix", PREFIXES)
@given(root=trees(), x=positions)
@settings(max_examples=150, deadline=None)
@example(root=parse_expression("cbrt(x - 2) - -x^2").root, x=0.5)
@example(root=parse_expression("1/3 + sign(2x)/floor(x) - (1/3)^x").root, x=-1.25)
@example(root=parse_expression("2(x/2/3) - (x - (1 - x))/(2*(3/x))").root, x=-1.25)
@example(root=parse_expression("x^(2/3) + x^-(3/5) + (-x)^(1/4)").root, x=-1.25)
@example(root=parse_expression("-2^2 + (-2)^2x + 2^-x^2 + min(x, 1, x^2)").root, x=-1.25)
def test_python_source_gives_the_values(prefix: Prefix, root: Node, x: float) -> None:
    value = expression_of(root)(x)
    assume(math.isfinite(value) and abs(value) < 1e100)
    lost = rounding(root, x, mpmath.mpf(value))
    assume(lost < 1e-6 * abs(value) + 1e-12)
    source = python_source(root, prefix)
    with warnings.catch_warnings():
        # NumPy tells of poles that a limit passes over.
        warnings.simplefilter("ignore")
        try:
            given = complex(runs(source, prefix == "bare")(np.float64(x) if prefix in ("np", "jnp") else x))
        except (OverflowError, ZeroDivisionError, ValueError):
            # Python's own numbers end where an intermediate result is beyond them.
            assume(prefix != "math")
            raise
    assert abs(given - value) <= 1e-9 * abs(value) + 100 * float(lost) + 1e-12, source


def test_python_source_writes_nothing_that_was_typed() -> None:
    source = parse_expression("sin(alpha1) + 1e-30", ("alpha1",)).source("math")
    assert source == "math.sin(alpha1) + 1e-30"
    assert parse_expression("1/3 x").source("sympy") == "sympy.Integer(1) / 3 * x"
    assert parse_expression("2").source("bare") == "Integer(2)"
    assert parse_expression("e^x + tau").source("bare") == "exp(x) + 2 * pi"
    assert parse_expression("0.1x").source("sympy") == 'sympy.Rational("0.1") * x'


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_the_code_to_take_home_runs(text: str) -> None:
    expression = parse_expression(text)
    points = np.array([0.3, 1.25, 2.75])
    for prefix in PREFIXES:
        f = runs(expression.source(prefix), prefix == "bare")
        values = [float(f(x)) for x in points.tolist()] if prefix in ("math", "sympy", "bare") else f(points)
        np.testing.assert_allclose(values, expression(points), rtol=1e-12)
    symbolic = sympy.lambdify(sympy.Symbol("x", real=True), expression.to_sympy(), "mpmath")
    for x in points:
        assert float(symbolic(mpmath.mpf(float(x)))) == pytest.approx(expression(float(x)), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/2x", r"\frac{1}{2} x"),
        ("x^(1/3)", r"\sqrt[3]{x}"),
        ("sqrt(x+1)", r"\sqrt{x + 1}"),
        ("|x-1|", r"\left|x - 1\right|"),
        ("sin^2 x", r"\sin^{2}\left(x\right)"),
        ("(sin x)^(x+1)", r"\left(\sin\left(x\right)\right)^{x + 1}"),
        ("-2x(3-x)", r"-2 x \left(3 - x\right)"),
        ("x--x", r"x - \left(-x\right)"),
        ("x - -2x", r"x - \left(-2 x\right)"),
        ("2*3^x", r"2 \cdot 3^{x}"),
        ("x*2", r"x \cdot 2"),
        ("(1/2)(1/x)", r"\frac{1}{2} \cdot \frac{1}{x}"),
        ("e^-x^2", r"e^{-x^{2}}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("(x^2)^3", r"\left(x^{2}\right)^{3}"),
        ("(1/x)^2", r"\left(\frac{1}{x}\right)^{2}"),
        ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
        ("1e-20x", r"1 \cdot 10^{-20} x"),
        ("log10 x", r"\log_{10}\left(x\right)"),
        ("floor(x)", r"\left\lfloor x\right\rfloor"),
        ("x(x-1)/(x+1)", r"\frac{x \left(x - 1\right)}{x + 1}"),
    ],
)
def test_latex(text: str, expected: str) -> None:
    assert parse_expression(text).latex() == expected


def test_latex_of_names() -> None:
    names = ("theta", "w1", "loss")
    assert parse_expression("theta w1 loss", names).latex() == r"\theta w_{1} \mathrm{loss}"
