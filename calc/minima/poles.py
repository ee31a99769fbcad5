"""Proof that a function grows without bound at a place: some part divides by what is proved to reach 0 there.

The denominator is 0 exactly at a fraction, or it is continuous and has proven opposite signs on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression.enclosures import enclose
from calc.expression.tree import Binary, Call, Negate, Node, Power, rational
from calc.minima.rationals import exactly

LOGARITHMS = ("ln", "log2", "log10")
# Where each function is infinite: at the zeros of another one.
WAVES = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin"}
GROWING = ("abs", "sqrt", "cbrt")


@dataclass(frozen=True, slots=True)
class Spot:
    """A tiny interval, the float that was chosen in it, and the name of the variable."""

    low: float
    high: float
    x: float
    name: str

    def grows(self, node: Node) -> bool:
        """Whether |node| is proved to be unbounded in the spot."""
        match node:
            case Negate(of):
                return self.grows(of)
            case Binary("/", above, below):
                return (self.reaches_zero(below) and self.nonzero(above)) or (
                    self.grows(above) and self.finite(below)
                )
            case Binary("*", left, right):
                return any(
                    self.grows(a) and (self.nonzero(b) or self.grows(b))
                    for a, b in ((left, right), (right, left))
                )
            case Binary(_, left, right):
                return any(self.grows(a) and self.finite(b) for a, b in ((left, right), (right, left)))
            case Power(base, exponent):
                power = rational(exponent)
                if power is None:
                    return False
                return self.reaches_zero(base) if power < 0 else power > 0 and self.grows(base)
            case Call(name, (of,)) if name in LOGARITHMS:
                return self.reaches_zero(of) or self.grows(of)
            case Call(name, (of,)) if name in WAVES:
                return self.reaches_zero(Call(WAVES[name], (of,)))
            case Call(name, (of,)) if name in GROWING:
                return self.grows(of)
        return False

    def reaches_zero(self, node: Node) -> bool:
        """Whether the node is proved to be 0 at a point of the spot, and continuous there."""
        exact = exactly(node, self.x)
        if exact is not None and exact.value == 0 and exact.continuous:
            return True
        match node:
            case Negate(of) | Call("abs" | "sqrt" | "cbrt", (of,)):
                return self.reaches_zero(of)
            case Power(base, exponent):
                power = rational(exponent)
                return power is not None and power > 0 and self.reaches_zero(base)
            case Binary("*", left, right):
                return any(self.reaches_zero(a) and self.finite(b) for a, b in ((left, right), (right, left)))
        ends = enclose(node, {self.name: ([self.low, self.high], [self.low, self.high])}, self.name).value
        whole = enclose(node, {self.name: (self.low, self.high)}, self.name)
        crosses = (ends.high[0] < 0 < ends.low[1]) or (ends.high[1] < 0 < ends.low[0])
        return bool(crosses and not whole.undefined and not whole.jump and not ends.undefined.any())

    def nonzero(self, node: Node) -> bool:
        bounds = enclose(node, {self.name: (self.low, self.high)}, self.name).value
        return bool((bounds.low > 0) | (bounds.high < 0)) and not bool(bounds.nowhere)

    def finite(self, node: Node) -> bool:
        bounds = enclose(node, {self.name: (self.low, self.high)}, self.name).value
        return bool(np.isfinite(bounds.low) & np.isfinite(bounds.high))


def proved_pole(root: Node, name: str, low: float, high: float, x: float) -> bool:
    """Whether the function is proved to be unbounded somewhere in [low, high]."""
    return Spot(low, high, x, name).grows(root)
