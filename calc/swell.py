r"""How a derivative swells as a function is composed with itself, :math:`f(f(\dots f(x)))`: written out, and shared.

Rule by rule each operation v gives one product for each of its parts u, and their sum:

.. math::
    v' = \sum_u \frac{\partial v}{\partial u} u'

Parts that occur again are written again in the formula, as a tree; with shared parts each is there once, as a graph.
On the graph symbolic differentiation does the same operations as automatic differentiation.

Source: S. Laue, "On the Equivalence of Automatic and Symbolic Differentiation", 2019, arXiv 1904.02990.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from calc.autodiff import Graph, graph, operations
from calc.expression import Expression
from calc.expression.text import ATOM, MINUS, POWER, PRODUCT, SUM, canonical
from calc.expression.tree import Binary, Call, Constant, Negate, Node, Variable, children, rational

SHOWN = 400
"""Characters of a formula that are kept to be shown; the others are counted."""
SIGNS = {"+": (" + ", SUM), "-": (" - ", SUM), "*": ("*", PRODUCT), "/": ("/", PRODUCT)}


@dataclass(frozen=True)
class Size:
    """The derivative of a function that was composed with itself.

    Attributes:
        times: how often f stands in it, 1 for f itself.
        tree: the parts of the formula written out: operations, variables and constants; each constant is one.
        tree_operations: operations among these, changes of sign too.
        graph: its different parts, each counted once.
        graph_operations: operations among these.
        reverse: operations of reverse mode, which gives the value too.
        characters: of the formula written out, a byte each.
        text: the first `SHOWN` of them.
    """

    times: int
    tree: int
    tree_operations: int
    graph: int
    graph_operations: int
    reverse: int
    characters: int
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One different part of a formula: its own parts by their places, and what it comes to written out."""

    of: tuple[int, ...]
    nodes: int
    operations: int
    characters: int
    text: str
    strength: int


class _Parts:
    """Parts of formulas, each once: what is put in again is found again."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.places: dict[tuple[str, tuple[int, ...]], int] = {}

    def put(self, name: str, *of: int) -> int:
        """The place of an operation on the parts at these places, or of a leaf."""
        if name == "/" and all(self.parts[place].text.isdecimal() for place in of):
            # A fraction of two numbers is one constant.
            name, of = "/".join(self.parts[place].text for place in of), ()
        if (name, of) not in self.places:
            self.places[name, of] = len(self.parts)
            self.parts.append(self._made(name, of))
        return self.places[name, of]

    def read(self, tree: Node, values: dict[str, int]) -> int:
        """The place of a tree whose variables are the parts at these places."""
        if isinstance(tree, Variable):
            return values[tree.name]
        if rational(tree) is not None or isinstance(tree, Constant):
            return self.put(canonical(tree))
        of = [self.read(child, values) for child in children(tree)]
        match tree:
            case Negate():
                return self.put("negate", *of)
            case Binary(operator):
                return self.put(operator, *of)
            case Call(name):
                return self.put(name, *of)
        return self.put("^", *of)

    def _made(self, name: str, of: tuple[int, ...]) -> _Part:
        known = [self.parts[place] for place in of]
        pieces: list[str | tuple[_Part, int]]
        if not known:
            strength = PRODUCT if "/" in name else MINUS if name.startswith("-") else ATOM
            return _Part(of, 1, 0, len(name), name[:SHOWN], strength)
        if name == "negate":
            pieces, strength = ["-", (known[0], MINUS)], MINUS
        elif name in SIGNS:
            sign, strength = SIGNS[name]
            pieces = [(known[0], strength), sign, (known[1], strength + 1)]
        elif name == "^":
            pieces, strength = [(known[0], ATOM), "^", (known[1], MINUS)], POWER
        else:
            pieces, strength = [f"{name}("], ATOM
            for part in known:
                pieces += [", ", (part, SUM)]
            pieces = [pieces[0], *pieces[2:], ")"]
        characters, text = _joined(pieces)
        nodes = 1 + sum(part.nodes for part in known)
        return _Part(of, nodes, 1 + sum(part.operations for part in known), characters, text, strength)

    def reached(self, place: int) -> set[int]:
        """The places of all different parts of a part, itself among them."""
        seen, left = {place}, [place]
        while left:
            new = set(self.parts[left.pop()].of) - seen
            seen |= new
            left += new
        return seen


def _joined(pieces: Iterable[str | tuple[_Part, int]]) -> tuple[int, str]:
    """How long the pieces are together, and how they begin; in brackets those that bind less than they should."""
    characters, text = 0, ""
    for piece in pieces:
        if isinstance(piece, str):
            length, begins = len(piece), piece
        else:
            part, strength = piece
            bare = part.strength >= strength
            # One that is cut has no end to be seen.
            end = ")" if part.characters < SHOWN else ""
            length = part.characters + (0 if bare else 2)
            begins = part.text if bare else f"({part.text}{end}"
        # Nothing comes behind what is cut already.
        if len(text) == characters:
            text = (text + begins)[:SHOWN]
        characters += length
    return characters, text


def swell(expression: Expression, most: int = 6) -> tuple[Size, ...]:
    """The derivative of f, of f(f(x)) and so on, up to `most` times f, rule by rule; only 0 and 1 are left out.

    Args:
        expression: f, of one variable.

    >>> from calc.expression import parse_expression
    >>> for size in swell(parse_expression("x^2"), 3):
    ...     print(size.text, size.tree, size.graph)
    2*x 3 3
    2*x^2*(2*x) 9 6
    2*(x^2)^2*(2*x^2*(2*x)) 17 9
    """
    function = graph(expression)
    # Each value of f is the variable of the next f: nothing is shared between them, and nothing is added.
    each = operations(function, "reverse").total
    parts = _Parts()
    value, slope = parts.put(expression.variables[0]), parts.put("1")
    found = []
    for times in range(1, most + 1):
        value, slope = _composed(parts, function, value, slope)
        written, different = parts.parts[slope], parts.reached(slope)
        found.append(
            Size(
                times,
                written.nodes,
                written.operations,
                len(different),
                sum(bool(parts.parts[place].of) for place in different),
                times * each,
                written.characters,
                written.text,
            )
        )
    return tuple(found)


def _composed(parts: _Parts, function: Graph, value: int, slope: int) -> tuple[int, int]:
    """f and its derivative at a part with this derivative."""
    values, slopes = [value], [slope]
    zero = parts.put("0")
    for node in function.nodes[1:]:
        known = dict(zip("uv", (values[i] for i in node.parents), strict=False))
        values.append(parts.read(node.rule, known))
        total = zero
        for parent, local in zip(node.parents, node.slopes, strict=True):
            if function.nodes[parent].varies:
                total = _added(parts, total, local, parts.read(local, known), slopes[parent])
        slopes.append(total)
    return values[function.result], slopes[function.result]


def _added(parts: _Parts, total: int, local: Node, factor: int, slope: int) -> int:
    """A sum with one more product, of a local derivative and the derivative of a part."""
    zero, one, minus_one = parts.put("0"), parts.put("1"), parts.put("-1")
    known = rational(local)
    if known == 0 or slope == zero:
        return total
    minus = (known == Fraction(-1)) != (slope == minus_one)
    plain = one if slope == minus_one else slope
    if known is not None and abs(known) == 1:
        product = plain
    else:
        product = factor if plain == one else parts.put("*", factor, plain)
    if total == zero:
        return (minus_one if product == one else parts.put("negate", product)) if minus else product
    return parts.put("-" if minus else "+", total, product)
