"""The box for a typed function: what was understood is shown back at once, what was not is pointed at.

A visitor's text is only ever shown by `st.code`; the LaTeX shown is written from our own tree.
"""

from collections.abc import Sequence

import streamlit as st

from calc.expression import Expression, ExpressionError, parse_expression
from views.shared import links

HELP = (
    "For example: x^4 - 2x^2, 2sin(x), |x|, sqrt x, e^-x, x^(1/3), max(0, x). "
    "log is the natural logarithm; angles are in radians."
)


def formula(label: str, default: str, *, variables: Sequence[str] = ("x",), key: str) -> Expression:
    """Draw the box and give back the function; while the text has a fault, the last good one."""
    text = st.text_input(label, default, key=key, bind="query-params", max_chars=200, help=HELP)
    last = f"last-{key}"
    try:
        expression = parse_expression(text, tuple(variables))
    except ExpressionError as wrong:
        expression = st.session_state.get(last) or parse_expression(default, tuple(variables))
        st.error(f"{wrong.message} Until then you see the last function that could be read.")
        if wrong.position is not None:
            st.code(wrong.pointer(), language=None)
    st.session_state[last] = expression
    st.latex(f"f({', '.join(variables)}) = {expression.latex()}")
    for note in expression.notes:
        st.caption(note)
    return expression


def accepts(variables: Sequence[str]) -> links.Accepts:
    """For a page's link: whether a text is a function of these variables."""

    def readable(text: str) -> bool:
        try:
            parse_expression(text, tuple(variables))
        except ExpressionError:
            return False
        return True

    return readable
