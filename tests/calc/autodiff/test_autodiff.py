"""Both modes against mpmath, our jets and JAX; where there is no value, no derivative, or too large a number."""

import math
from random import Random

import mpmath
import numpy as np
import pytest

from calc.autodiff import graph, nodes, operations
from calc.autodiff.graphs import Graph
from calc.expression import Expression, parse_expression
from calc.expression.tree import Number
from calc.operations import count_operations
from tests.calc.autodiff import judge

BOUND = 1e-12
SMALLEST = mpmath.mpf(10) ** -40
"""Beside 50 digits: what mpmath's own difference quotients may be off by."""
PRESETS = ("x^2", "x*x", "2x^3 - 3x^2 + 5", "e^(-2x) + 3sin(3x)", "1/(1 + e^-x)", "|x| + sin x cos x")
ROUGH = ("|x|", "x|x|", "sqrt x", "cbrt x", "sign x", "floor x", "ceil(2x)", "max(x, 1 - x)", "x^(2/3)", "sqrt(x^2)",
         "1/x", "ln x", "atan(1/x)", "x^x", "(1/x)^0", "x*(1/x)", "tan(x)", "acosh(x)", "asin x", "e^(1/x)", "0^x",
         "max(x, x)", "ln(x) - ln(x)", "x^-2", "x^0", "(x - 1)^1.5", "min(x, x^2, 3)")  # fmt: skip
HUGE = (
    "e^(e^x)",
    "1/(1 + e^(e^x))",
    "e^-(e^x)",
    "1/e^-(x^6)",
    "x^100 * x^100 * x^100 * x^100",
    "e^x e^-x",
    "1e30^x",
)


def both(expression: Expression, x):
    made = graph(expression)
    return made, made.forward(x), made.reverse(x)


def too_far(expression: Expression, x: float, exact: mpmath.mpf, largest: mpmath.mpf) -> list[str]:
    """The modes whose derivative is farther from the exact one than rounding explains."""
    with mpmath.workdps(judge.DIGITS):
        _, *passes = both(expression, x)
        bound = BOUND * largest + SMALLEST
        return [
            mode
            for mode, found in zip(("forward", "reverse"), passes, strict=True)
            if not (math.isfinite(found.derivative) and abs(exact - found.derivative) <= bound)
        ]


@pytest.mark.parametrize("seed", range(8))
def test_both_modes_against_mpmath_on_2000_functions(seed):
    """8 times 250, within 1e-12 times the largest absolute product along any path."""
    wrong = [
        (expression.text, x, modes)
        for expression, x, exact, largest in judge.samples(seed, 250)
        if (modes := too_far(expression, x, exact, largest))
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", range(4))
def test_every_node_is_right_and_not_only_the_result(seed):
    """Forward: each node's derivative is that of its part. Reverse: it is what nudging the node alone does."""
    for expression, x, _, largest in judge.samples(100 + seed, 40):
        made, forward, reverse = both(expression, x)
        for place, node in enumerate(made.nodes):
            part = Expression(node.whole, ("x",))
            assert forward.values[place] == pytest.approx(part(x), rel=1e-13, abs=1e-300)
            jet = float(part.derivative(x))
            if math.isfinite(jet) and math.isfinite(forward.derivatives[place]):
                size = 1 + abs(jet) + float(largest)
                assert abs(forward.derivatives[place] - jet) < 1e-9 * size, (expression.text, part.text)
        assert reverse.derivatives[made.result] == 1
        np.testing.assert_allclose(
            forward.derivative, reverse.derivative, rtol=1e-9, atol=float(1e-12 * largest)
        )


def test_a_constant_has_a_derivative_in_reverse_mode():
    made, _, reverse = both(parse_expression("3x^2 + 7"), 2.0)
    found = {node.operation: float(d) for node, d in zip(made.nodes, reverse.derivatives, strict=True)}
    assert found == {"x": 12, "3": 4, "^2": 3, "*": 1, "7": 1, "+": 1}


@pytest.mark.parametrize("seed", range(2))
def test_both_modes_are_our_jets(seed):
    """On points where parts have corners, too: what jets do not find, no mode finds; the other way round only where
    a part has no derivative."""
    chance, same = Random(seed), 0
    points = np.array([-1.0, 0.0, 0.25, 1.0, 2.0])
    for _ in range(400):
        root = judge.random_tree(chance, chance.randint(1, 9))
        expression = Expression(root, ("x",))
        _, forward, reverse = both(expression, points)
        jet = np.broadcast_to(expression.derivative(points), points.shape)
        for x, one, other, first in zip(points, forward.derivative, reverse.derivative, jet, strict=True):
            if math.isfinite(one) and math.isfinite(first):
                with mpmath.workdps(judge.DIGITS):
                    try:
                        largest = judge.largest_path(root, mpmath.mpf(x))
                    except (judge.Undefined, judge.TooLarge, judge.Rough):
                        continue
                    if judge.steady(root, mpmath.mpf(x), largest):
                        assert abs(one - first) <= BOUND * largest + SMALLEST, (
                            expression.text,
                            x,
                            one,
                            first,
                        )
                        assert abs(other - first) <= BOUND * largest + SMALLEST, (expression.text, x)
                        same += 1
            elif math.isnan(first):
                assert not math.isfinite(one), (expression.text, x, one)
                assert not math.isfinite(other), (expression.text, x, other)
    assert same > 400


@pytest.mark.parametrize("seed", range(2))
def test_both_modes_are_jax(seed):
    import jax

    for expression, x, _, largest in judge.samples(1000 + seed, 60):
        _, forward, reverse = both(expression, x)
        known = float(jax.grad(expression.jax())(x))
        if math.isfinite(known):
            assert abs(forward.derivative - known) <= BOUND * largest + SMALLEST, (expression.text, x)
            assert abs(reverse.derivative - known) <= BOUND * largest + SMALLEST, (expression.text, x)


@pytest.mark.parametrize("text", [*PRESETS, *ROUGH, *HUGE])
def test_values_are_those_of_the_expression_and_so_is_nan(text):
    expression = parse_expression(text)
    x = np.array([-1000.0, -2.5, -1.0, -0.0, 0.0, 1e-200, 0.5, 1.0, 2.0, 6.0, 800.0])
    made, forward, reverse = both(expression, x)
    value = expression(x)
    np.testing.assert_array_equal(forward.values[made.result], value)
    np.testing.assert_array_equal(reverse.values, forward.values)
    for found in (forward, reverse):
        assert found.derivative.shape == x.shape
        assert np.isnan(found.derivative[~np.isfinite(value)]).all()
        assert found.overflow[np.isinf(value)].all()


@pytest.mark.parametrize("seed", range(2))
def test_without_a_value_there_is_no_derivative(seed):
    chance, none = Random(seed), 0
    for _ in range(300):
        expression = Expression(judge.random_tree(chance, chance.randint(1, 9)), ("x",))
        for x in (-1.3, 0.0, 1.0):
            made, *passes = both(expression, x)
            value = expression(x)
            for found in passes:
                assert found.values[made.result] == value or (
                    np.isnan(found.values[made.result]) and np.isnan(value)
                )
                if not math.isfinite(value):
                    none += 1
                    assert np.isnan(found.derivative), (expression.text, x)
    assert none > 100


@pytest.mark.parametrize(
    ("text", "x", "overflow", "finite"),
    [
        ("e^x", 800.0, True, False),
        ("1/(1 + e^x)", 800.0, True, False),
        ("1/x", 1e-310, True, False),
        ("1/x", 1e-200, True, False),
        ("1/x", 0.0, False, False),
        ("ln x", 0.0, False, False),
        ("cbrt x", 0.0, False, False),
        ("|x|", 0.0, False, False),
        ("x^2", 3.0, False, True),
    ],
)
def test_an_overflow_is_told_from_what_has_no_value(text, x, overflow, finite):
    for found in both(parse_expression(text), x)[1:]:
        assert bool(found.overflow) is overflow
        assert math.isfinite(found.derivative) is finite


def test_an_operation_without_a_value_has_no_local_derivative():
    """The rule of ln, 1/u, would go on at -1."""
    made, forward, reverse = both(parse_expression("ln(x) + x^2"), -1.0)
    assert [node.operation for node in made.nodes] == ["x", "ln", "^2", "+"]
    assert np.isnan(forward.slopes[1][0])
    assert forward.derivatives[2] == -2
    assert np.isnan(reverse.derivatives).all()


def test_what_occurs_twice_is_one_node():
    def shape(text):
        return [(node.operation, node.parents) for node in graph(parse_expression(text)).nodes]

    assert shape("x*x") == [("x", ()), ("*", (0, 0))]
    assert shape("sin(x^2) + cos(x^2)") == [
        ("x", ()), ("^2", (0,)), ("sin", (1,)), ("cos", (1,)), ("+", (2, 3)),
    ]  # fmt: skip
    assert shape("x") == [("x", ())]
    assert shape("sqrt(2) + 1/3") == [("x", ()), ("sqrt(2) + 1/3", ())]
    assert shape("max(x, 1, x^2)")[-1] == ("max", (2, 3))
    assert shape("x^(1/3) - x^-1")[1:3] == [("^(1/3)", (0,)), ("^-1", (0,))]
    for seed in range(200):
        tree = judge.random_tree(Random(seed), 8)
        wholes = [node.whole for node in graph(Expression(tree, ("x",))).nodes]
        assert len(set(wholes)) == len(wholes)


def test_several_variables_need_one_walk_back_and_one_forward_each():
    f = parse_expression("x y + sin(x) y^2", ("x", "y"))
    made = graph(f)
    back = made.reverse(2.0, 3.0)
    forward = [made.forward(2.0, 3.0, by=by).derivative for by in (0, 1)]
    exact = [3 + math.cos(2) * 9, 2 + math.sin(2) * 6]
    np.testing.assert_allclose(back.derivatives[:2], exact, rtol=1e-15)
    np.testing.assert_allclose(forward, exact, rtol=1e-15)
    assert made.reverse(2.0, 3.0, by=1).derivative == back.derivatives[1]
    with pytest.raises(ValueError, match=r"zip|argument"):
        made.forward(2.0)


def test_points_may_be_an_array_of_any_shape():
    x = np.linspace(-1, 1, 6).reshape(2, 3)
    made, forward, reverse = both(parse_expression("x^3 + 5"), x)
    assert forward.values.shape == (len(made.nodes), 2, 3)
    np.testing.assert_allclose(forward.derivative, 3 * x**2, rtol=1e-15)
    np.testing.assert_allclose(reverse.derivative, 3 * x**2, rtol=1e-15)


@pytest.mark.parametrize(
    ("text", "value", "slopes", "edges", "forward", "reverse"),
    [
        # Slopes: u and v of the product. Both edges meet in the product, and in x.
        ("x*x", 1, 0, 2, 1, 1),
        # 3 x^2; then 2u is one product.
        ("x^2", 1, 1, 1, 0, 0),
        # sin and cos have cos u and -sin u; their product v and u: x gets two edges, and so does the product.
        ("sin x cos x", 3, 2, 4, 1, 1),
        ("5", 0, 0, 0, 0, 0),
    ],
)
def test_operations_by_hand(text, value, slopes, edges, forward, reverse):
    made = graph(parse_expression(text))
    assert operations(made).total == value
    for mode, sums in (("forward", forward), ("reverse", reverse)):
        found = operations(made, mode)
        assert found.total == value + slopes + edges + sums
    assert operations(made).total <= count_operations(parse_expression(text)).total


def test_forward_mode_walks_once_a_variable():
    names = tuple("abcdfghk")
    made = graph(parse_expression(" + ".join(f"{name}^2" for name in names), names))
    edges = 2 * len(names) + len(names) - 2
    assert operations(made, "forward").total - operations(made, "reverse").total == (
        len(names) - 1
    ) * edges + (len(names) * (len(names) - 1))


FAULTS = [
    ("*", ("u", "v")), ("-", ("1", "1")), ("/", ("1/v", "(u/v)/v")), ("/", ("v", "-(u/v)/v")),
    ("^", ("v u^(v - 1)", "u^v")), ("max", nodes.SLOPES["min"]), ("+", ("1", "0")), ("floor", ("1",)),
]  # fmt: skip


def caught() -> bool:
    """Whether the judge finds a derivative wrong, of some hundred functions."""
    return any(too_far(*sample) for sample in judge.samples(0, 150))


@pytest.mark.parametrize(("operation", "slopes"), FAULTS, ids=str)
def test_a_wrong_rule_is_caught(operation, slopes, monkeypatch):
    monkeypatch.setitem(nodes.SLOPES, operation, slopes)
    assert caught()


@pytest.mark.parametrize("fault", ["power", "function", "shared", "order", "by"])
def test_a_wrong_walk_is_caught(fault, monkeypatch):
    right = Graph.reverse
    if fault == "power":
        monkeypatch.setattr(nodes, "_power_rule", lambda n: nodes.power(nodes.U, nodes.number(n - 1)))
    elif fault == "function":
        monkeypatch.setattr(nodes, "derivatives", lambda name: (Number("1"), Number("0")))
    elif fault == "shared":
        # Of a node that is used twice only one use counts.
        def once(self, *x, by=0):
            found = right(self, *x, by=by)
            derivatives = np.zeros_like(found.values)
            derivatives[self.result] = 1.0
            for i in reversed(range(len(self.nodes))):
                for j, slope in zip(self.nodes[i].parents, found.slopes[i], strict=True):
                    derivatives[j] = derivatives[i] * slope
            return type(found)(found.values, found.slopes, derivatives, derivatives[by])

        monkeypatch.setattr(Graph, "reverse", once)
    elif fault == "order":

        def forwards(self, *x, by=0):
            found = right(self, *x, by=by)
            derivatives = np.zeros_like(found.values)
            derivatives[self.result] = 1.0
            for i, node in enumerate(self.nodes):
                for j, slope in zip(node.parents, found.slopes[i], strict=True):
                    derivatives[j] += derivatives[i] * slope
            return type(found)(found.values, found.slopes, derivatives, derivatives[by])

        monkeypatch.setattr(Graph, "reverse", forwards)
    else:
        monkeypatch.setattr(Graph, "reverse", lambda self, *x: right(self, *x, by=self.result))
    with np.errstate(all="ignore"):
        assert caught()
