"""How a derivative swells: counted again from the formula itself by Python's parser, and judged as a derivative."""

from __future__ import annotations

import ast
import math
from itertools import pairwise

import mpmath
import pytest
import sympy

from calc.expression import WRITTEN, parse_expression
from calc.swell import SHOWN, Size, swell

FUNCTIONS = (
    "x^2", "2x^3 - 3x^2 + 5", "4x(1-x)", "e^(-2x)+3sin(3x)", "|x|", "1/(1+x^2)", "x^x", "-x", "2 - x", "(1/3)x - x/7",
    "sqrt(x)+cbrt(x) - tan(x)", "max(x, 1-x)", "x^(2/3)/pi", "sin(x)cos(x)e^x/(x^2+1)", "2^x - (-2)x^3", "x - -x",
    "atan(x)log2(x)", "floor(x) x", "5 - (3 - x)",
)  # fmt: skip
NOTES = parse_expression("2x^3 - 3x^2 + 5")


def whole(size: Size) -> str:
    """The formula, if all of it is kept."""
    if size.characters > SHOWN:
        pytest.skip("longer than what is kept")
    assert size.characters == len(size.text)
    return size.text


def constant(node: ast.AST) -> bool:
    """Whether it is one constant: a number, a fraction or the negative of one."""
    match node:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=of):
            return constant(of)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return constant(left) and constant(right)
    return False


def parts(node: ast.AST) -> list[str]:
    """Every part of Python's own tree, as text; operations begin with an exclamation mark."""
    match node:
        case _ if constant(node):
            return [ast.dump(node)]
        case ast.Name():
            return [node.id]
        case ast.UnaryOp(operand=of):
            inner = [of]
        case ast.BinOp(left=left, right=right):
            inner = [left, right]
        case ast.Call(args=args):
            inner = args
        case _:
            raise ValueError(ast.dump(node))
    return ["!" + ast.dump(node), *(part for each in inner for part in parts(each))]


@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_python_counts_the_same_in_the_formula(text, times):
    size = swell(parse_expression(text), times)[-1]
    found = parts(ast.parse(whole(size).replace("^", "**"), mode="eval").body)
    assert len(found) == size.tree
    assert sum(part.startswith("!") for part in found) == size.tree_operations
    assert len({*found}) == size.graph
    assert sum(part.startswith("!") for part in {*found}) == size.graph_operations


@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_it_is_the_derivative(text, times):
    """Of the function composed in 50 digits, which knows nothing of trees."""
    size = swell(parse_expression(text), times)[-1]
    derivative = parse_expression(whole(size), ("x",), WRITTEN)
    precise = sympy.lambdify(
        sympy.Symbol("x", real=True), parse_expression(text).to_sympy(), [{"cbrt": mpmath.cbrt}, "mpmath"]
    )

    def composed(x):
        for _ in range(times):
            x = precise(x)
        return x

    tried = 0
    for x in (0.3, 0.7, 1.3, 2.1):
        with mpmath.workdps(50):
            try:
                true = mpmath.diff(composed, mpmath.mpf(x))
            except (ZeroDivisionError, ValueError, TypeError):
                continue
        mine = derivative(x)
        if mpmath.im(true) or not mpmath.isfinite(true) or math.isnan(mine) or abs(true) > 1e200:
            continue
        assert mine == pytest.approx(float(true), rel=1e-8, abs=1e-12)
        tried += 1
    assert tried or "floor" in text or times > 1


def test_written_out_it_grows_by_factors_shared_by_the_same_number_each_time():
    sizes = swell(NOTES, 8)
    steps = [later.graph - former.graph for former, later in pairwise(sizes[1:])]
    assert set(steps) == {12}
    ratios = [later.tree / former.tree for former, later in pairwise(sizes[3:])]
    assert all(2.3 < ratio < 2.7 for ratio in ratios)
    assert [size.reverse for size in sizes[:3]] == [17, 34, 51]
    assert (sizes[5].tree, sizes[5].graph) == (3977, 70)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_with_shared_parts_it_takes_no_more_operations_than_reverse_mode(text):
    """As Laue shows: reverse mode gives the value too."""
    for size in swell(parse_expression(text)):
        # A sign that turns is free there.
        assert size.graph_operations <= size.reverse + 2 * size.times
        assert size.graph <= size.tree


def test_sympy_swells_too_and_shares_as_well():
    x = sympy.Symbol("x")
    formula, taken, shared = x, [], []
    for _ in range(4):
        formula = 2 * formula**3 - 3 * formula**2 + 5
        slope = sympy.diff(formula, x)
        short, (rest,) = sympy.cse(slope)
        taken.append(sympy.count_ops(slope))
        shared.append(sum(sympy.count_ops(part) for _, part in short) + sympy.count_ops(rest))
    mine = swell(NOTES, 4)
    for ours, theirs in zip(mine, taken, strict=True):
        assert 0.5 < theirs / ours.tree_operations < 2
    for ours, theirs in zip(mine, shared, strict=True):
        assert 0.5 < theirs / ours.graph_operations < 2


def test_a_large_one_is_counted_and_not_written():
    size = swell(parse_expression("sin(x)cos(x)e^x/(x^2+1)+ x^x"), 30)[-1]
    assert size.characters > 1e20
    assert len(size.text) == SHOWN
    assert size.graph < 2000


def test_constants_and_x_itself():
    assert [(size.text, size.tree, size.graph_operations) for size in swell(parse_expression("3"), 2)] == [
        ("0", 1, 0)
    ] * 2
    assert [(size.text, size.reverse) for size in swell(parse_expression("x"), 2)] == [("1", 0)] * 2
