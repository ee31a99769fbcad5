"""The box for a typed function: what was understood is shown back at once, what was not is pointed at.

A visitor's text is only ever shown by `st.code`; the LaTeX shown is written from our own tree.
"""

import re
from functools import partial

import streamlit as st

from calc.expression import Expression, ExpressionError, parse_expression
from pages.shared.fields import Field, Text
from pages.shared.last_good import last_good
from pages.shared.memory import kept

LONGEST = 200
TIME = re.compile(r"(?<![a-z])t(?![a-z])", re.IGNORECASE)
HELP = (
    "For example: x^4 - 2x^2, 2sin(x), |x|, sqrt x, e^-x, x^(1/3), max(0, x). "
    "log is the natural logarithm; angles are in radians."
)


@kept
def read(text: str, variables: tuple[str, ...] = ("x",)) -> Expression:
    """`parse_expression`, kept: every rerun of every student asks again."""
    return parse_expression(text, variables)


def formula(
    field: Text, shown: Field[str | None], default: str, variables: tuple[str, ...] | None = ("x",)
) -> Expression:
    """Draw the box and give back the function; while the text has a fault, the last good one.

    Args:
        field: the text in the box.
        shown: the last good text while there is a fault, so that a link restores that too.
        default: the function that the box begins with.
        variables: of the function; None for one of x, or of t where the text speaks of t.
    """
    label = "f =" if variables is None else f"f({', '.join(variables)}) ="
    text = field.draw(label=label, default=default, belongs_to=variables)
    expression = last_good(
        text, read_of_one if variables is None else partial(read, variables=variables), shown, default,
        error=ExpressionError, tell=_point_at, belongs_to=variables,
    )  # fmt: skip
    show_formula(expression)
    for note in expression.notes:
        st.caption(note)
    return expression


def read_of_one(text: str) -> Expression:
    """A function of x, or of t where the text has a t that stands alone."""
    return read(text, ("t",) if TIME.search(text) else ("x",))


def _point_at(wrong: ValueError) -> None:
    """What is wrong with the text, and where."""
    assert isinstance(wrong, ExpressionError)
    st.error(f"**No function yet:** {wrong.message}. Until you correct it, you see the function below.")
    if wrong.position is not None:
        st.code(wrong.pointer(), language=None)


def show_formula(expression: Expression, name: str = "f") -> None:
    """The function as one writes it; a long one goes on in the next line."""
    # Unlike `st.latex`, a formula in a sentence breaks before its operators.
    st.markdown(rf"$\displaystyle {name}({', '.join(expression.variables)}) = {expression.latex()}$")
