"""What stands below the graph of `automatic`: dual numbers, why reverse, the source, and JAX."""

import inspect
from collections.abc import Callable, Sequence
from functools import cache, partial

import streamlit as st

from calc.autodiff import graph, graphs, nodes, operations
from calc.autodiff.equations import Writer
from calc.cells import Cell
from calc.expression import WRITTEN, parse_expression
from pages.automatic import cells
from pages.automatic.controls import Setting
from pages.shared.cells import show_cells
from pages.shared.layout import unfolded
from pages.shared.tables import show_table

MOST_LINES = 20
INPUTS = 1, 2, 5, 10, 20, 40


def below(setting: Setting) -> None:
    """The sections, each drawn only while it is open."""
    sections: dict[str, tuple[str, Callable[[], None]]] = {
        "dual": ("Forward mode is arithmetic: dual numbers a + bε", lambda: dual(setting)),
        "why": ("Why reverse? All inputs in one walk", why_reverse),
        "source": ("The whole program of this page’s derivatives", source),
    }
    for key, (title, some) in cells.SECTIONS.items():
        sections[key] = (title, partial(jax, key, some, setting))
    for key, (title, draw) in sections.items():
        unfolded(title, key, draw)


def dual(setting: Setting) -> None:
    """Dual numbers, and the reader's own function computed with them."""
    st.markdown(
        "Compute with $a + b\\varepsilon$, where $\\varepsilon^2 = 0$: $a$ is a value, $b$ its derivative. Then "
        "$(a + b\\varepsilon)(c + d\\varepsilon) = ac + (ad + bc)\\varepsilon$ is the product rule, and "
        "$g(a + b\\varepsilon) = g(a) + g'(a)\\,b\\,\\varepsilon$ the chain rule. Start with $x + 1\\varepsilon$: the "
        "derivative stands beside the value at the end. The function above, line by line:"
    )
    made = graph(setting.expression)
    writer = Writer(made, made.forward(setting.at))
    lines = [writer.dual(i) for i, node in enumerate(made.nodes) if node.varies or i == made.result]
    left = len(lines) - MOST_LINES
    shown = lines if left <= 0 else [*lines[: MOST_LINES - 1], f"… {left} more …", lines[-1]]
    st.code("\n".join(shown), language=None, wrap_lines=True)


def jax(key: str, some: Sequence[Cell], setting: Setting) -> None:
    """Some of the notes' cells."""
    show_cells(
        cells.CELLS, cells.values(setting), key=key, only=[cell.name for cell in some],
        everyone=setting.ours or key != "jax-grad", title="Automatic differentiation",
    )  # fmt: skip


def why_reverse() -> None:
    """The operations of both modes as the number of inputs grows."""
    st.markdown(
        "To train a network you need the derivatives of **one** loss by **many** weights. Forward mode walks along the "
        "graph once for each weight. Reverse mode walks back just once, however many there are: then every node has "
        "its derivative, each weight included. The operations of $(2 w_1 + 2.1 w_2 + \\dots - 1)^2$, counted:"
    )
    show_table(_counts())
    st.markdown(
        "The price is memory: the way back needs every value of the way there. With one input both cost the same."
    )


@cache
def _counts() -> list[dict[str, str]]:
    rows = []
    for n in INPUTS:
        names = tuple(f"w{i}" for i in range(1, n + 1))
        terms = " + ".join(f"{name}*{2 + i / 10:g}" for i, name in enumerate(names))
        made = graph(parse_expression(f"({terms} - 1)^2", names, WRITTEN))
        value, forward, reverse = (operations(made, mode).total for mode in ("value", "forward", "reverse"))
        rows.append({
            "weights": str(n), "the value alone": f"{value:,}", "forward: all derivatives": f"{forward:,}",
            "reverse: all derivatives": f"{reverse:,}", "reverse / value": f"{reverse / value:.1f}",
        })  # fmt: skip
    return rows


def source() -> None:
    """The program, as it stands and runs."""
    st.markdown(
        "These few lines are both modes. After them come the nodes: the derivative of each operation. The rules for "
        "functions such as sin are in one table, which the whole app reads."
    )
    for module in (graphs, nodes):
        st.code(inspect.getsource(module), wrap_lines=True)
