"""One step of a derivation: a rule, what it is used on, and the steps that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from calc.expression import Expression
from calc.expression.tree import Node

RULES = {
    "constant": (r"(c)' = 0", r"\frac{dc}{dx} = 0"),
    "identity": (r"(x)' = 1", r"\frac{dx}{dx} = 1"),
    "power": (r"(x^n)' = n x^{n-1}", r"\frac{d}{dx} x^n = n x^{n-1}"),
    "constant multiple": (r"(c f)' = c f'", r"\frac{d}{dx} (c f) = c \frac{df}{dx}"),
    "sum": (r"(f \pm g)' = f' \pm g'", r"\frac{d}{dx} (f \pm g) = \frac{df}{dx} \pm \frac{dg}{dx}"),
    "product": (r"(f g)' = f' g + f g'", r"\frac{d}{dx} (f g) = \frac{df}{dx} g + f \frac{dg}{dx}"),
    "quotient": (
        r"\left(\frac{f}{g}\right)' = \frac{f' g - f g'}{g^2}",
        r"\frac{d}{dx} \frac{f}{g} = \frac{\frac{df}{dx} g - f \frac{dg}{dx}}{g^2}",
    ),
    "chain": (r"(f(g))' = f'(g)\, g'", r"\frac{df}{dx} = \frac{df}{dg} \cdot \frac{dg}{dx}"),
    "exponential": (r"(a^x)' = a^x \ln a", r"\frac{d}{dx} a^x = a^x \ln a"),
    "logarithm": (r"(\ln x)' = \frac{1}{x}", r"\frac{d}{dx} \ln x = \frac{1}{x}"),
    "trigonometric": (r"(\sin x)' = \cos x", r"\frac{d}{dx} \sin x = \cos x"),
    "inverse trigonometric": (
        r"(\arctan x)' = \frac{1}{1 + x^2}",
        r"\frac{d}{dx} \arctan x = \frac{1}{1 + x^2}",
    ),
    "hyperbolic": (r"(\sinh x)' = \cosh x", r"\frac{d}{dx} \sinh x = \cosh x"),
    "inverse hyperbolic": (
        r"(\operatorname{arsinh} x)' = \frac{1}{\sqrt{1 + x^2}}",
        r"\frac{d}{dx} \operatorname{arsinh} x = \frac{1}{\sqrt{1 + x^2}}",
    ),
    "f^g": (
        r"(f^g)' = f^g \left(g' \ln f + g \frac{f'}{f}\right)",
        r"\frac{d}{dx} f^g = f^g \left(\frac{dg}{dx} \ln f + \frac{g}{f} \frac{df}{dx}\right)",
    ),
    "absolute value": (r"|x|' = \frac{x}{|x|}", r"\frac{d}{dx} |x| = \frac{x}{|x|}"),
    "step": (r"\lfloor x \rfloor' = 0", r"\frac{d}{dx} \lfloor x \rfloor = 0"),
    "maximum": (
        r"\max(f, g)' = \frac{f' + g' + \operatorname{sign}(f - g) (f' - g')}{2}",
        r"\frac{d}{dx} \max(f, g) = \frac12\left(\frac{df}{dx} + \frac{dg}{dx} + "
        r"\operatorname{sign}(f - g) \left(\frac{df}{dx} - \frac{dg}{dx}\right)\right)",
    ),
}
"""Each rule in Lagrange's notation and in Leibniz's; of the tables of functions one line."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule does.

    Attributes:
        rule: its name, one of `RULES`.
        before: what is differentiated, a function of `before.variables`.
        after: its whole derivative.
        parts: the steps that it used, left to right; of the chain rule the outer function's, in a variable of its
            own (u, if the function has no such variable), and the inner one's.
        operands: what the rule is used on: f and g of a product; of the chain rule the inner function, and the
            variable of the outer one.
        variable: by which it is differentiated.
        formula: of the operands, and of the derivatives of the parts.
    """

    rule: str
    before: Expression
    after: Expression
    parts: tuple[Step, ...]
    operands: tuple[Node, ...]
    variable: str
    formula: Callable[..., Node] = field(repr=False, compare=False)

    def by(self, *derivatives: Node) -> Node:
        """What the rule makes of these derivatives of its parts, right or wrong ones."""
        return self.formula(*self.operands, *derivatives)

    def walk(self) -> Iterator[Step]:
        """This step and all that it used, in the order in which one writes them."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def depth(self) -> int:
        """Of the tree: 1 for a rule that needs no other."""
        return 1 + max((part.depth for part in self.parts), default=0)
