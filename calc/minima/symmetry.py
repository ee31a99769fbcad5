"""Whether a function is unchanged by a reflection or a shift of x, seen from its tree.

It proves that two values are one which no rounding could tell apart: x sin x has the same least value at both
of its lowest minima, sin x + cos x in every period.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from calc.expansions import Number, is_zero
from calc.expansions.numbers import PiNumber, ball, is_exact
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, Variable, rational
from calc.minima.lines import line
from calc.minima.numbers import simplest
from calc.minima.rational_functions import as_ratio

ODD_WAVES, EVEN_WAVES = frozenset(("sin", "tan", "cot", "csc")), frozenset(("cos", "sec"))
ODD = ODD_WAVES | {"sinh", "tanh", "asin", "atan", "asinh", "atanh", "cbrt", "sign"}
EVEN = EVEN_WAVES | {"cosh", "abs"}
PI = PiNumber(fmpq(0), fmpq(1))
SHIFT_DENOMINATOR = 1000
"""A symmetry about a fraction with a larger one is not what a formula means."""


@dataclass(frozen=True, slots=True)
class Motion:
    """x -> turn x + shift, with turn 1 or -1 and an exact shift."""

    turn: int
    shift: Number

    def keeps(self, root: Node) -> bool:
        """Whether f of the moved x is f of x, for certain."""
        ratio = as_ratio(root)
        if ratio is not None and isinstance(self.shift, fmpq):
            moved = [each(type(each)([self.shift, self.turn])) for each in ratio[:2]]
            return bool(moved[0] * ratio.denominator == ratio.numerator * moved[1])
        return self._effect(root) == 1

    def __call__(self, x: Number) -> Number:
        return self.turn * x + self.shift

    def _effect(self, node: Node) -> int:
        """1 if the part is unchanged, -1 if its sign is turned, 0 if neither is known."""
        if rational(node) is not None or isinstance(node, Constant):
            return 1
        match node:
            case Variable():
                return self._of_line(node)
            case Negate(of):
                return self._effect(of)
            case Binary("+" | "-", left, right):
                turned = self._of_line(node)
                effects = self._effect(left), self._effect(right)
                return turned or (effects[0] if effects[0] == effects[1] else 0)
            case Binary(_, left, right):
                return self._of_line(node) or self._effect(left) * self._effect(right)
            case Power(base, exponent):
                return self._of_power(base, exponent)
            case Call(name, (of,)) if name in ODD_WAVES | EVEN_WAVES:
                return self._of_wave(name, of) or self._of_function(name, of)
            case Call(name, (of,)):
                return self._of_function(name, of)
            case Call(_, several):
                return int(all(self._effect(each) == 1 for each in several))
        return 0

    def _of_line(self, node: Node) -> int:
        """Of ax + b: it turns about its zero only."""
        straight = line(node)
        if straight is None or self.turn == 1:
            return 0
        a, b = straight
        return -1 if is_zero(a * self.shift + 2 * b) else 0

    def _of_power(self, base: Node, exponent: Node) -> int:
        power, effect = rational(exponent), self._effect(base)
        if power is None:
            return int(effect == 1 and self._effect(exponent) == 1)
        if effect != -1:
            return effect
        return 0 if power.denominator % 2 == 0 else (-1 if power.numerator % 2 else 1)

    def _of_function(self, name: str, of: Node) -> int:
        effect = self._effect(of)
        if effect == -1:
            return -1 if name in ODD else 1 if name in EVEN else 0
        return effect

    def _of_wave(self, name: str, of: Node) -> int:
        """Of a wave of ax + b, which a shift by whole half periods keeps or turns."""
        straight = line(of)
        if straight is None:
            return 0
        # u becomes turn * u + rest.
        a, b = straight
        rest = a * self.shift + b * (1 - self.turn)
        halves = rest if is_zero(rest) else rest / PI
        if not (isinstance(halves, fmpq) and halves.q == 1):
            return 0
        flips = 1 if int(halves.p) % 2 == 0 or name in ("tan", "cot") else -1
        return flips * (self.turn if name in ODD_WAVES else 1)


def motions(a: Number, b: Number) -> list[Motion]:
    """Reflections and shifts by simple numbers that may take a to b."""
    return [Motion(-1, shift) for shift in _simple(a + b)] + [Motion(1, shift) for shift in _simple(b - a)]


def _simple(a: Number) -> list[Number]:
    """The fractions, and fractions of pi, that a may be."""
    if is_exact(a):
        return [a]
    found: list[Number] = []
    for unit in (fmpq(1), PI):
        in_units = ball(a) / ball(unit)
        fraction = simplest(in_units.lower().fmpq(), in_units.upper().fmpq())
        if fraction.q < SHIFT_DENOMINATOR:
            found.append(fraction * unit)
    return found
