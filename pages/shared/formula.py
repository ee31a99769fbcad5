"""The box for a typed function: what was understood is shown back at once, what was not is pointed at.

A visitor's text is only ever shown by `st.code`; the LaTeX shown is written from our own tree.
"""

from functools import lru_cache

import streamlit as st

from calc.expression import Expression, ExpressionError, parse_expression

LONGEST = 200
HELP = (
    "For example: x^4 - 2x^2, 2sin(x), |x|, sqrt x, e^-x, x^(1/3), max(0, x). "
    "log is the natural logarithm; angles are in radians."
)


@lru_cache(maxsize=512)
def read(text: str, variables: tuple[str, ...] = ("x",)) -> Expression:
    """`parse_expression`, kept: every rerun of every student asks again."""
    return parse_expression(text, variables)


def formula(label: str, default: str, *, variables: tuple[str, ...] = ("x",), key: str) -> Expression:
    """Draw the box and give back the function; while the text has a fault, the last good one."""
    mine = f"{key}({', '.join(variables)})"
    last, typed, whose = f"last-{mine}", f"typed-{mine}", f"whose-{key}"
    other = key in st.session_state and st.session_state.get(whose) != mine
    if other or (key not in st.session_state and typed in st.session_state):
        # What was typed outlives another choice above, and is not taken for that of another page's box.
        st.session_state[key] = st.session_state.get(typed, default)
    st.session_state[whose] = mine
    text = st.text_input(label, default, key=key, bind="query-params", max_chars=LONGEST, help=HELP)
    st.session_state[typed] = text
    try:
        expression = read(text, variables)
    except ExpressionError as wrong:
        expression = st.session_state.get(last) or read(default, variables)
        st.error(f"{wrong.message} Until it can be read you see the function below.")
        if wrong.position is not None:
            st.code(wrong.pointer(), language=None)
    st.session_state[last] = expression
    written(expression)
    for note in expression.notes:
        st.caption(note)
    return expression


def written(expression: Expression) -> None:
    """The function as one writes it; a long one goes on in the next line."""
    # Unlike `st.latex`, a formula in a sentence breaks before its operators.
    st.markdown(rf"$\displaystyle f({', '.join(expression.variables)}) = {expression.latex()}$")


def accepts(text: str) -> bool:
    """For a page's link: whether a text can stand in the box; the box itself says what is wrong with it."""
    return 0 < len(text) <= LONGEST and text.isprintable()
