"""Proof that a function grows without bound at a place: some part divides by what is proved to reach 0 there.

The denominator is 0 exactly at a fraction, or it is continuous and has proven opposite signs on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.expression import Enclosure
from calc.expression.enclosures import enclose
from calc.expression.tree import Binary, Call, Negate, Node, Power, rational
from calc.minima.exact_values import exact_value
from calc.minima.search import Flags, Floats

LOGARITHMS = ("ln", "log2", "log10")
# Where each function is infinite: at the zeros of another one.
POLES_AT_ZEROS_OF = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin"}
UNBOUNDED_WITH_ARGUMENT = ("abs", "sqrt", "cbrt")


@dataclass(frozen=True, slots=True)
class PoleProof:
    """Tiny intervals [low, high] (n,), the float chosen in each (n,), and the name of the variable."""

    low: Floats
    high: Floats
    x: Floats
    name: str

    def grows(self, node: Node) -> Flags:
        """Where |node| is proved to be unbounded."""
        match node:
            case Negate(of):
                return self.grows(of)
            case Binary("/", above, below):
                by_zero = self.reaches_zero(below) & self.nonzero(above)
                return by_zero | (self.grows(above) & self.finite(below))
            case Binary("*", left, right):
                grow = self.grows(left), self.grows(right)
                return (grow[0] & (self.nonzero(right) | grow[1])) | (grow[1] & self.nonzero(left))
            case Binary(_, left, right):
                grow = self.grows(left), self.grows(right)
                return (grow[0] & self.finite(right)) | (grow[1] & self.finite(left))
            case Power(base, exponent):
                power = rational(exponent)
                if power is not None and power != 0:
                    return self.reaches_zero(base) if power < 0 else self.grows(base)
            case Call(name, (of,)) if name in LOGARITHMS:
                return self.reaches_zero(of) | self.grows(of)
            case Call(name, (of,)) if name in POLES_AT_ZEROS_OF:
                return self.reaches_zero(Call(POLES_AT_ZEROS_OF[name], (of,)))
            case Call(name, (of,)) if name in UNBOUNDED_WITH_ARGUMENT:
                return self.grows(of)
        return np.zeros(self.x.shape, dtype=bool)

    def reaches_zero(self, node: Node) -> Flags:
        """Where the node is proved to be 0 at a point of the interval, and continuous throughout."""
        match node:
            case Negate(of) | Call("abs" | "sqrt" | "cbrt", (of,)):
                return self.reaches_zero(of)
            case Power(base, exponent) if (rational(exponent) or 0) > 0:
                return self.reaches_zero(base)
            case Binary("*", left, right):
                zero = self.reaches_zero(left) & self.finite(right)
                return zero | (self.reaches_zero(right) & self.finite(left))
        whole = self._bounds(node, self.low, self.high)
        ends = [self._bounds(node, end, end).value for end in (self.low, self.high)]
        crosses = ((ends[0].high < 0) & (ends[1].low > 0)) | ((ends[1].high < 0) & (ends[0].low > 0))
        zero = crosses & ~whole.undefined & ~whole.jump
        for i in np.flatnonzero(~zero):
            exact = exact_value(node, float(self.x[i]))
            zero[i] = exact is not None and exact.value == 0 and exact.continuous
        return np.asarray(zero)

    def nonzero(self, node: Node) -> Flags:
        bounds = self._bounds(node, self.low, self.high).value
        return np.asarray(((bounds.low > 0) | (bounds.high < 0)) & ~bounds.nowhere)

    def finite(self, node: Node) -> Flags:
        bounds = self._bounds(node, self.low, self.high).value
        return np.asarray(np.isfinite(bounds.low) & np.isfinite(bounds.high))

    def _bounds(self, node: Node, low: Floats, high: Floats) -> Enclosure:
        return enclose(node, {self.name: (low, high)}, self.name)


def proved_poles(root: Node, name: str, low: Floats, high: Floats, x: Floats) -> Flags:
    """Where the function is proved to be unbounded: tiny intervals [low, high] (n,), an x (n,) in each."""
    return PoleProof(low, high, x, name).grows(root)
