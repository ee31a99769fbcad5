"""The equations hold with the digits shown, the drawing has every edge, and what is written can be read."""

import math
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from random import Random

import mpmath
import pytest

from calc.autodiff import graph
from calc.autodiff.equations import DIGITS, MOST_TERMS, Writer
from calc.autodiff.layout import layout
from calc.expression import WRITTEN, Expression, parse_expression
from tests.calc.autodiff import judge
from tests.calc.expression.trees import precisely
from tests.numbers import read

TEXTS = ("x x", "2x^3 - 3x^2 + 5", "e^(-2x) + 3sin(3x)", "1/(1 + e^-x)", "|x| + sin x cos x", "x^x", "sqrt(2) x/3",
         "max(x, 1, 2x)", "x^(1/3) - x^-2", "ln(x^2)/x", "1e9 x + 1e-7", "5", "x", "-x", "2 - -x")  # fmt: skip
POINTS = (2.0, -0.7, 0.1234567891, 1e-5, 12345.678)


def writers(text: str, x: float):
    made = graph(parse_expression(text) if isinstance(text, str) else text)
    return made, Writer(made, made.forward(x)), Writer(made, made.reverse(x))


def exact(text: str) -> Decimal:
    """What a piece of an equation is, by mpmath at 50 digits."""
    plain = re.sub(r"(\d)·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: f"{m[1]}e{m[2].translate(LOWER)}", text)
    plain = re.sub(r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: f"^({m[0].translate(LOWER)})", plain)
    plain = plain.replace(",", "").replace(";", ",")
    with mpmath.workdps(50):
        root = parse_expression(plain.replace("−", "-").replace("·", "*"), ("x",), FREE).root
        return Decimal(mpmath.nstr(precisely(root, {}), 40))


FREE = replace(WRITTEN, constant=1e300)
LOWER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def holds(equation: str) -> bool | None:
    """Whether the last two parts of an equation are the same with the digits of the last; None for none to compare."""
    parts = re.split(r" = ", equation)
    if len(parts) < 3 or re.search(r"none|too large|≈|…|: ", equation):
        return None
    if re.search(r"[vxtf∂′]", re.sub(r"[a-z0-9]+\(", "(", parts[-2])):
        # Symbols alone: their numbers would say the same again.
        return None
    left = exact(parts[-2])
    with localcontext(prec=100):
        return Context(prec=DIGITS, rounding=ROUND_HALF_UP).create_decimal(left) == read(parts[-1])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("x", POINTS)
def test_every_equation_holds_with_the_digits_shown(text, x):
    made, forward, reverse = writers(text, x)
    compared = 0
    for i in layout(made).shown:
        lines = [forward.value(i), forward.forward(i), reverse.reverse(i)]
        lines += [
            f"s = {forward.slope(i, k)}" for k, j in enumerate(made.nodes[i].parents) if made.nodes[j].varies
        ]
        for line in lines:
            found = holds(line)
            assert found is not False, line
            compared += found is True
    assert compared or len(made.nodes) < 3


def test_a_wrong_equation_is_found():
    assert holds("v = a·b = 2·3 = 6")
    assert holds("v = a·b = 2·3 = 7") is False
    assert holds("v = sin(a) = sin(−2.1) = −0.86321")
    assert holds("v = sin(a) = sin(−2.1) = −0.86322") is False
    assert holds("v = x³ = 2³ = 8")
    assert holds("v = a·b = (−1.5)·2.3·10⁻⁶ = −3.45·10⁻⁶")


@pytest.mark.parametrize("seed", range(3))
def test_any_function_is_written_and_laid_out(seed):
    chance = Random(seed)
    for _ in range(120):
        expression = Expression(judge.random_tree(chance, chance.randint(1, 20)), ("x",))
        x = chance.choice((0.0, 1.0, -1.3, 700.0))
        made, forward, reverse = writers(expression, x)
        drawn = layout(made)
        edges = {(j, i) for i in drawn.shown for j in made.nodes[i].parents if j in drawn.shown}
        assert {(j, i) for j, i, _ in drawn.edges} == edges
        at = dict(zip(drawn.shown, drawn.at, strict=True))
        assert len({*at.values()}) == len(at)
        for j, i, line in drawn.edges:
            # Every edge goes from the right side of a node to the left one of a later layer.
            assert at[j][0] < at[i][0]
            assert line[0][0] == pytest.approx(at[j][0] + 0.33)
            assert line[-1][0] == pytest.approx(at[i][0] - 0.33)
            assert abs(line[0][1] - at[j][1]) <= 0.2 + 1e-9
            assert abs(line[-1][1] - at[i][1]) <= 0.2 + 1e-9
        for i in drawn.shown:
            for text in (forward.value(i), forward.forward(i), forward.dual(i), reverse.reverse(i)):
                assert "nan" not in text
                assert "*" not in text
                assert "((" not in text or ")" in text
                assert text.count("(") == text.count(")"), text


def test_two_nodes_never_cover_each_other():
    for seed in range(60):
        places = layout(graph(Expression(judge.random_tree(Random(seed), 25), ("x",)))).at
        for k, (x, y) in enumerate(places):
            assert not any(abs(x - u) < 0.9 and abs(y - v) < 0.9 for u, v in places[:k])


def test_the_same_graph_is_laid_out_the_same():
    made = graph(parse_expression("sin(x)^2 cos(x) + x^3/(1 + x^2) - sqrt(x)"))
    assert layout(made) == layout(made)


def test_constants_are_not_drawn_and_layers_begin_at_0():
    drawn = layout(graph(parse_expression("3 sin(2x)")))
    assert len(drawn.shown) == 4
    assert drawn.at == ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0))
    assert len(layout(graph(parse_expression("5"))).shown) == 2


def test_by_hand():
    _, forward, reverse = writers("2x^3 - 3x^2 + 5", 2.0)
    assert forward.value(2) == "v₁ = x³ = 2³ = 8"
    assert forward.slope(2, 0) == "3·x² = 3·2² = 12"
    assert forward.forward(2) == "v₁′ = (3·x²)·x′ = 12·1 = 12"
    assert forward.dual(2) == "v₁ = (2 + 1ε)³ = 8 + 12ε"
    assert reverse.reverse(0) == "∂f/∂x = ∂f/∂v₁·(3·x²) + ∂f/∂v₃·(2·x) = 2·12 + (−3)·4 = 12"


def test_a_long_sum_is_cut():
    _, _, reverse = writers("sin x + cos x + e^x + x^2 + x^3 + ln x", 1.0)
    text = reverse.reverse(0)
    assert text.count("∂f/∂v") == MOST_TERMS
    assert "… (3 more)" in text


def test_what_has_no_value_is_said_in_words():
    made, forward, _ = writers("ln(x) + 1", -1.0)
    assert forward.value(made.result - 2) == "v₁ = ln(x) = ln(−1): none"
    made, forward, _ = writers("e^(e^x)", 20.0)
    assert forward.value(made.result).endswith(": too large")
    assert math.isnan(forward.found.derivative)
