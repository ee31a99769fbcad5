"""A derivation line by line: each rule with what it makes of a function, as LaTeX from our own tree."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from calc.expression import Expression
from calc.expression.latex import latex, variable
from calc.expression.tree import Node, Variable, walk
from calc.rules import RULES, Step, derive
from calc.symbolic import SymbolicError, SymbolicTimeout, ask
from calc.workers import Unanswered
from pages.shared.memory import kept
from pages.shared.tables import table_of
from pages.shared.turns import aside, run_bounded

MOST_LINES = 60
MOST_NODES = 150
"""Of a formula that is written out: three lines of a table; a browser takes long to set more."""
GENERAL = (
    "power", "constant multiple", "sum", "product", "quotient", "chain", "exponential", "f^g", "maximum", "minimum",
)  # fmt: skip
"""Rules that are said beside their use; of the others the use says all."""
EXCEPT = {"step": "between its jumps", "absolute value": "away from its corner"}
"""Where rules of functions that are not differentiable everywhere hold."""
COLLECTED = ("product", "quotient", "chain", "f^g", "maximum", "minimum")
"""Rules after whose parts it is said what they come to."""


@dataclass(frozen=True)
class Line:
    """One line: the rule in Markdown, what it says in LaTeX, and the step that it belongs to."""

    rule: str
    latex: str
    step: Step


@kept
def derivation(expression: Expression, notation: str) -> tuple[Line, ...]:
    """The function, each rule from the outside in, and the derivative; nothing where it takes too long."""
    try:
        step = run_bounded(derive, expression)
    except Unanswered:
        return ()
    v = variable(expression.variables[0])
    name = rf"\frac{{dy}}{{d{v}}} = \frac{{d}}{{d{v}}} f({v})" if notation == "leibniz" else f"f'({v})"
    given = Line(
        "function", ("y = " if notation == "leibniz" else "") + f"f({v}) = {_written(step.before.root)}", step
    )
    found = Line("**derivative**", f"{name} = {changed(_written(step.after.root))}", step)
    return (given, *islice(_lines(step, notation, top=True), MOST_LINES), found)


def _lines(step: Step, notation: str, top: bool = False) -> Iterator[Line]:
    """A step, then those of its parts, and what these come to."""
    # In braces each side stays in one line.
    sides = RULES[step.rule][notation == "leibniz"].split(" = ")
    formula = f"${{{sides[0]}}} = {{{sides[1]}}}$" if step.rule in GENERAL else EXCEPT.get(step.rule, "")
    before = differentiated(step, notation)
    yield Line(f"**{step.rule}** {formula}".strip(), f"{before} = {_used(step, notation)}", step)
    for part in step.parts:
        yield from _lines(part, notation)
    if step.rule in COLLECTED and not top:
        yield Line("together", f"{before} = {_written(step.after.root)}", step)


def _used(step: Step, notation: str) -> str:
    """What the rule makes of the function: the derivatives of its parts, still to be found, in colour."""
    if not step.parts:
        return changed(_written(step.after.root))
    parts = [changed(differentiated(part, notation)) for part in step.parts]
    if step.rule == "chain":
        inner = variable(step.parts[0].before.variables[0])
        return rf"{parts[0]} \cdot {parts[1]}, \quad {inner} = {_written(step.operands[0])}"
    holes = [Variable(f"hole{place}") for place in range(len(parts))]
    text = _written(step.by(*holes))
    for hole, part in zip(holes, parts, strict=True):
        text = text.replace(variable(hole.name), part)
    return text


def differentiated(step: Step, notation: str) -> str:
    """The derivative of what a step begins with, as something to be found."""
    inner = rf"\left({_written(step.before.root)}\right)"
    by = variable(step.before.variables[0])
    return rf"\frac{{d}}{{d{by}}} {inner}" if notation == "leibniz" else f"{inner}'"


def _written(node: Node) -> str:
    """The formula, or dots for one that is too long to be read."""
    return r"\cdots" if sum(1 for _ in islice(walk(node), MOST_NODES + 1)) > MOST_NODES else latex(node)


def changed(text: str) -> str:
    """LaTeX in the colour of what changes."""
    # A name that KaTeX takes for a colour: lesson.css puts the theme's in its place.
    return rf"\textcolor{{linktext}}{{{text}}}"


@kept
def simplified(expression: Expression, notation: str) -> str:
    """SymPy's simplified form of the derivative in Markdown, or a sentence where it has none."""
    lines = derivation(expression, notation)
    try:
        with aside():
            found = ask("simplify", lines[0].step.after)
    except SymbolicTimeout:
        return "no answer from SymPy in time"
    except (SymbolicError, RecursionError):
        return "SymPy has no simpler form"
    return rf"$\displaystyle {found.latex}$"


def rows(lines: Sequence[Line], more: str = "", marked: Collection[tuple[str, Expression]] = ()) -> pa.Table:
    """Lines as a table of Markdown.

    Args:
        more: what stands in a last line for SymPy's form.
        marked: rules that were used wrongly, each with that on which it was used.
    """
    said = [
        {
            "rule": f":red-background[{line.rule}] ← here"
            if line.rule.startswith(f"**{line.step.rule}**") and (line.step.rule, line.step.before) in marked
            else line.rule,
            "what it gives": rf"$\displaystyle {line.latex}$",
        }
        for line in lines
    ]
    return table_of([*said, *([{"rule": "simplified, by SymPy", "what it gives": more}] if more else [])])
