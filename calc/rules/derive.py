"""The derivative of a tree, rule by rule."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from calc.expression import Expression
from calc.expression.rules import blackboard
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Power, Variable, walk
from calc.rules import rules
from calc.rules.build import ONE, number, over, put
from calc.rules.step import Step

FAMILIES = {
    **dict.fromkeys(("ln", "log2", "log10"), "logarithm"),
    **dict.fromkeys(("sin", "cos", "tan", "sec", "csc", "cot"), "trigonometric"),
    **dict.fromkeys(("asin", "acos", "atan"), "inverse trigonometric"),
    **dict.fromkeys(("sinh", "cosh", "tanh"), "hyperbolic"),
    **dict.fromkeys(("asinh", "acosh", "atanh"), "inverse hyperbolic"),
    **dict.fromkeys(("floor", "ceil", "sign"), "step"),
    "abs": "absolute value",
}
ROOTS = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}
KINDRED = {"difference": "sum", "minimum": "maximum"}
"""Rules that go by the name of another one."""
INNER = "uvwpqrst"
"""The variable of the outer function in the chain rule: the first that is not one of the function's."""


def derive(expression: Expression, variable: str | None = None) -> Step:
    """The derivative of a function, rule by rule.

    Args:
        expression: of any variables.
        variable: by which it is differentiated; of one variable it need not be named.

    Returns:
        The step of the outermost rule. `after` is simplified only by collecting constants.

    Raises:
        ValueError: which of several variables is not said, or there is no such variable.

    >>> from calc.expression import parse_expression
    >>> step = derive(parse_expression("x^2 sin(x)"))
    >>> step.rule, step.after.text, [part.rule for part in step.parts]
    ('product', '2*x*sin(x) + x^2*cos(x)', ['power', 'trigonometric'])
    """
    if variable is None and len(expression.variables) != 1:
        raise ValueError("Say by which of several variables the function is to be differentiated.")
    by = expression.variables[0] if variable is None else variable
    if by not in expression.variables:
        raise ValueError(f"The function has no variable {by}.")
    return _Reader(by, expression.variables).step(expression.root)


class _Reader:
    """Finds the rule for each part of a function of some variables, differentiated by one of them."""

    def __init__(self, variable: str, variables: tuple[str, ...]) -> None:
        self.x, self.variables = Variable(variable), variables

    def step(self, node: Node) -> Step:
        """The outermost rule on a node, and by it all others."""
        if not self._varies(node):
            return self._by("constant", node)
        match node:
            case Variable():
                return self._by("identity", node)
            case Negate(f):
                return self._by("constant multiple", node, Negate(ONE), f, parts=(f,))
            case Binary("*", c, f) | Binary("*", f, c) if not self._varies(c):
                return self._by("constant multiple", node, c, f, parts=(f,))
            case Binary("/", f, c) if not self._varies(c):
                return self._by("constant multiple", node, over(ONE, c), f, parts=(f,))
            case Binary(operator, f, g):
                rule = {"+": "sum", "-": "difference", "*": "product", "/": "quotient"}[operator]
                return self._by(rule, node, f, g, parts=(f, g))
            case Power(f, n) if not self._varies(n):
                return (
                    self._by("power", node, f, n)
                    if f == self.x
                    else self._chain(node, f, lambda u: Power(u, n))
                )
            case Power(a, f) if not self._varies(a):
                return (
                    self._by("exponential", node, a, f)
                    if f == self.x
                    else self._chain(node, f, lambda u: Power(a, u))
                )
            case Power(f, g):
                return self._by("f^g", node, f, g, parts=(f, g))
            case Call("min" | "max" as name, several):
                # By halves: one at a time would double the derivative with each.
                half = len(several) // 2
                f, g = (
                    part[0] if len(part) == 1 else Call(name, part)
                    for part in (several[:half], several[half:])
                )
                return self._by("maximum" if name == "max" else "minimum", node, f, g, parts=(f, g))
            case Call(name, (f,)):
                if f != self.x:
                    return self._chain(node, f, lambda u: Call(name, (u,)))
                return self._function(name, node)
        raise NotImplementedError(f"no rule for {node!r}")

    def _function(self, name: str, node: Node) -> Step:
        """A function of the variable itself."""
        if name in ROOTS:
            return self._by("power", node, self.x, number(ROOTS[name]))
        if name == "exp":
            return self._by("exponential", node, Constant("e"), self.x)
        return self._by(FAMILIES[name], node, put(blackboard(name), "u", self.x))

    def _by(self, rule: str, node: Node, *operands: Node, parts: tuple[Node, ...] = ()) -> Step:
        return self._made(rule, node, operands, tuple(map(self.step, parts)))

    def _chain(self, node: Node, g: Node, outer: Callable[[Variable], Node]) -> Step:
        u = Variable(next(letter for letter in INNER if letter not in self.variables))
        f = _Reader(u.name, (u.name, *self.variables)).step(outer(u))
        return self._made("chain", node, (g, u), (f, self.step(g)))

    def _made(self, rule: str, node: Node, operands: tuple[Node, ...], parts: tuple[Step, ...]) -> Step:
        formula = rules.BY_NAME[rule]
        after = formula(*operands, *(part.after.root for part in parts))
        before, found = (Expression(root, self.variables) for root in (node, after))
        return Step(KINDRED.get(rule, rule), before, found, parts, operands, self.x.name, formula)

    def _varies(self, node: Node) -> bool:
        return any(part == self.x for part in walk(node))
