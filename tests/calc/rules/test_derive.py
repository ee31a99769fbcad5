"""The rule tree against SymPy: the derivative of each step, on random functions of five shapes."""

import re
from random import Random

import mpmath
import pytest
import sympy

from calc.expression import parse_expression
from calc.expression.tree import Node
from calc.rules import RULES, derive
from tests.calc.expression.trees import TooLarge, Undefined, precisely
from tests.calc.rules.random_functions import SHAPES, Maker, T, X, Y

DIGITS = 30
WORKED = 250
"""Digits, since terms as large as e^400 cancel."""
PLACES = ("0.31371", "0.77713", "1.61931", "-0.41717", "-1.2393", "2.7191")
UNCOLLECTED = re.compile(
    r"(?<![\d.^)])1\*|(?<![\d.])0 \+|\+ 0(?![\d.])|\^1(?![\d.(/])|\d\*\(\d+\*[^()+-]*\)|\*\d+\*|\(0\)|- -|\+ -|--"
)
STEPS = {"floor_": mpmath.floor, "ceil_": mpmath.ceil, "sign_": mpmath.sign}
MODULES = [
    {
        "Cbrt": lambda u: mpmath.sign(u) * mpmath.cbrt(abs(u)),
        "Flat": lambda u, step: step(u),
        "sign": mpmath.sign,
        "Abs": abs,
        "Heaviside": lambda u, *_: mpmath.mpf(u > 0),
    },
    "mpmath",
]


def value(root: Node, at: dict[str, mpmath.mpf]) -> mpmath.mpf | None:
    try:
        return precisely(root, at)
    except (Undefined, TooLarge):
        return None


def close(a: mpmath.mpf, b: mpmath.mpf) -> bool:
    return abs(a - b) <= mpmath.mpf(10) ** -DIGITS * (1 + abs(a) + abs(b))


def compared(text: str, judged, variables=("x",), by=X) -> int:
    """At how many points the derivative is SymPy's; it fails where it is another."""
    found = derive(parse_expression(text, variables), str(by))
    symbols = [sympy.Symbol(name, real=True) for name in variables]
    exact = sympy.lambdify([*symbols, *map(sympy.Symbol, STEPS)], judged.diff(by), modules=MODULES)
    same = 0
    with mpmath.workdps(WORKED):
        for place in PLACES:
            at = {name: mpmath.mpf(place) + mpmath.mpf(k) / 7 for k, name in enumerate(variables)}
            ours = value(found.after.root, at)
            if ours is None or value(found.before.root, at) is None:
                continue
            try:
                theirs = mpmath.mpmathify(exact(*at.values(), *STEPS.values()))
            except (ZeroDivisionError, ValueError, OverflowError):
                continue
            if not mpmath.isfinite(theirs) or abs(mpmath.im(theirs)) > 0:
                continue
            assert close(ours, mpmath.re(theirs)), (text, found.after.text, place, ours, theirs)
            same += 1
    return same


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(2))
def test_the_derivative_is_sympys(shape, seed):
    """1,000 functions of five shapes: of x; of t; of x and y by either. Seeds 0 to 4 have 2,500."""
    random = Random(f"{shape} {seed}")
    kinds = ((("x",), X, ()), (("t",), T, ()), (("x", "y"), X, (Y,)), (("x", "y"), Y, (X,)))
    places = 0
    functions = 0
    while functions < 100:
        variables, by, constants = random.choice((kinds[0], *kinds))
        try:
            made = getattr(Maker(random, by, constants), shape)()
            parse_expression(made.text, variables)
        except ValueError:
            continue
        functions += 1
        places += compared(made.text, made.sympy, variables, by)
    assert places > 100


@pytest.mark.parametrize("shape", SHAPES)
def test_each_part_is_the_derivative_of_its_own_function(shape):
    """By differences of 25 digits of the function itself, which know no rule."""
    random = Random(f"parts {shape}")
    known = 0
    for _ in range(40):
        try:
            text = getattr(Maker(random), shape)().text
            step = derive(parse_expression(text))
        except ValueError:
            continue
        for part in step.walk():
            assert part.rule in RULES
            known += differences_agree(part)
    assert known > 200


def differences_agree(part) -> bool:
    with mpmath.workdps(90):
        h = mpmath.mpf(10) ** -30
        x = mpmath.mpf("0.7713")
        at = [
            value(part.before.root, dict.fromkeys(part.before.variables, x) | {part.variable: x + d})
            for d in (-h, h)
        ]
        slope = value(part.after.root, dict.fromkeys(part.before.variables, x))
        if None in at or slope is None:
            return False
        near = (at[1] - at[0]) / (2 * h)
        assert abs(near - slope) <= mpmath.mpf(10) ** -25 * (1 + abs(slope)), (
            part.before.text,
            part.after.text,
        )
        return True


@pytest.mark.parametrize("shape", SHAPES)
def test_constants_are_collected(shape):
    random = Random(f"collected {shape}")
    for _ in range(100):
        try:
            text = getattr(Maker(random), shape)().text
            before = parse_expression(text)
        except ValueError:
            continue
        if re.search(r"\(1\)|\(0\)", text):
            continue
        after = derive(before).after.text
        assert not UNCOLLECTED.search(after), (text, after, UNCOLLECTED.search(after))


def test_functions_that_sympy_has_in_a_variable_named_u():
    assert (
        derive(parse_expression("(2x)^u + sin(u x)", ("x", "u")), "x").after.text
        == "2*u*(2*x)^(u - 1) + u*cos(u*x)"
    )


def test_a_long_maximum_stays_short():
    powers = ", ".join(f"x^{k}" for k in range(2, 20))
    assert len(derive(parse_expression(f"max({powers})")).after.text) < 10_000


def test_which_of_several_variables():
    with pytest.raises(ValueError, match="which"):
        derive(parse_expression("x y", ("x", "y")))
    with pytest.raises(ValueError, match="no variable"):
        derive(parse_expression("x"), "t")
