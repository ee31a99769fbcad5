"""A typed function as the judge reads it: surely, by balls at growing precision, and coarsely, by floats.

The coarse values only propose where to look; nothing is ever accused by them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from calc.expression.tree import Binary, Call, Constant, Negate, Node, Number, Power, Variable, rational
from tests.calc.minima import balls
from tests.calc.minima.balls import EXACT, Ball, Unsure, size

PRECISIONS = (170, 420, 1400)
"""In bits: 51, 126 and 420 digits."""
Floats = NDArray[np.float64]


class Reading:
    """One tree, read at points that are fractions."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._ball = balls.compiled(root)
        self._coarse = compiled_floats(root)

    def ball(self, x: Fraction, prec: int) -> Ball:
        return self._ball(balls.ball(x, prec), prec)

    def wide(self, x: Ball, prec: int) -> Ball:
        """All values on a ball."""
        return self._ball(x, prec)

    def value(self, x: Fraction, bits: int = 60, lowest: int = 0) -> Ball:
        """The value with so many true bits, or with an error below 2^lowest, or the best there is.

        Raises Undefined if there is surely none, Unsure if no precision tells.
        """
        found = None
        for prec in PRECISIONS:
            if prec <= bits:
                continue
            try:
                found = self.ball(x, prec)
            except Unsure:
                continue
            if found[1] <= max(size(found[0]) - bits, lowest or EXACT):
                return found
        if found is None:
            raise Unsure
        return found

    def at(self, x: Fraction) -> Ball:
        """The value at a place where something may break: exact as far as fractions go."""
        for prec in PRECISIONS:
            try:
                found = balls.as_ball(balls.exactly(self.root, x, prec), prec)
            except Unsure:
                continue
            if found[1] == EXACT or found[1] <= size(found[0]) - 300 or prec == PRECISIONS[-1]:
                return found
        raise Unsure

    def at_zero(self, x: Fraction, error: Fraction) -> Ball:
        """The value at a zero of a guard, of which so much is known."""
        v, _ = balls.ball(x, PRECISIONS[1])
        reach = (v, error.numerator.bit_length() - error.denominator.bit_length() + 2)
        return balls.as_ball(balls.exactly(self.root, reach, PRECISIONS[1]), PRECISIONS[1])

    def compare(self, x: Fraction, y: Fraction) -> int:
        """The sign of f(x) - f(y), 0 only if both are exactly equal."""
        return self.sign_of(lambda prec: balls.subtract(self.ball(x, prec), self.ball(y, prec), prec))

    def sign_of(self, work: Callable[[int], Ball]) -> int:
        for prec in PRECISIONS:
            try:
                return balls.sign(work(prec))
            except Unsure:
                continue
        raise Unsure

    def coarse(self, x: Floats) -> Floats:
        with np.errstate(all="ignore"):
            found = np.asarray(self._coarse(x), dtype=float)
        return np.array(np.broadcast_to(found, x.shape))


FLOAT_CALLS: dict[str, Callable[..., Floats]] = {
    **{name: getattr(np, name) for name in ("sqrt", "cbrt", "exp", "log2", "log10", "abs", "sign", "floor", "ceil")},
    **{name: getattr(np, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{"a" + name: getattr(np, "arc" + name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "ln": np.log,
    "sec": lambda u: 1 / np.cos(u),
    "csc": lambda u: 1 / np.sin(u),
    "cot": lambda u: 1 / np.tan(u),
}  # fmt: skip
CONSTANTS = {"pi": np.pi, "e": np.e, "tau": 2 * np.pi}


def compiled_floats(node: Node) -> Callable[[Floats], Floats]:
    """The tree on arrays of floats."""
    match node:
        case Number():
            number = np.float64(node.exact)
            return lambda x: number
        case Constant(name):
            number = np.float64(CONSTANTS[name])
            return lambda x: number
        case Variable():
            return lambda x: x
        case Negate(of):
            inner = compiled_floats(of)
            return lambda x: -inner(x)
        case Binary(operator, left, right):
            one, two = compiled_floats(left), compiled_floats(right)
            operate = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[operator]
            return lambda x: operate(one(x), two(x))
        case Power(base, exponent):
            return _float_power(base, exponent)
        case Call(name, arguments):
            parts = [compiled_floats(argument) for argument in arguments]
            if name in ("min", "max"):
                choose = np.minimum if name == "min" else np.maximum
                return lambda x: choose.reduce(np.broadcast_arrays(*(part(x) for part in parts)))
            call, (inside,) = FLOAT_CALLS[name], parts
            return lambda x: call(inside(x))
    raise AssertionError(node)


def _float_power(base: Node, exponent: Node) -> Callable[[Floats], Floats]:
    below, above, number = compiled_floats(base), compiled_floats(exponent), rational(exponent)
    if base == Constant("e"):
        return lambda x: np.exp(above(x))
    if number is None or number.denominator % 2 == 0:
        return lambda x: np.power(below(x), above(x))
    p, q = number.numerator, number.denominator
    if q == 1:
        return lambda x: np.power(below(x), float(p))
    power = float(number)
    if p % 2 == 0:
        return lambda x: np.abs(below(x)) ** power
    return lambda x: np.sign(below(x)) * np.abs(below(x)) ** power
