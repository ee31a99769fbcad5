"""Cells of a notebook on a page: a passage, the code as it runs, what it gave; and all of it to take home.

`show_cells(CELLS, values, key="functions")` draws them where it stands. They run beside the server (`calc.cells`);
the page shows what there is, looks again by itself until all is there, and can be told to stop.
"""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache, partial
from time import monotonic

import altair as alt
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from calc.cells import Cell, Output, Run, Values, filled, needed
from pages.shared.charts import NUMBERS, Columns, Spec, built_once, legend, show, spec
from pages.shared.memory import kept
from pages.shared.notebook import notebook
from pages.shared.turns import aside

LOOK_AGAIN = 0.7
"""Seconds between two looks while cells run."""
AT_ONCE = 0.1
"""Seconds that a first look waits: the cells of most lists have run by then, and nothing flickers."""
LONG = 4.0
"""Seconds after which one may want to stop them."""
EVERYONES = 64
"""Runs that are kept for everyone: those of presets."""


def show_cells(
    cells: Sequence[Cell],
    values: Values,
    *,
    key: str,
    only: Collection[str] = (),
    everyone: bool = False,
    title: str = "Downhill",
) -> None:
    """Draw cells with their outputs.

    Args:
        cells: of the whole lesson, in their order.
        values: what stands in their slots.
        key: unique on the page.
        only: the names of those that are drawn here, none for all; what they need runs before them, unseen.
        everyone: the values are a preset's and no visitor's, so that their outputs are kept for everyone.
        title: the heading of a notebook.
    """
    names = tuple(only or [cell.name for cell in cells])
    code = filled(needed(cells, names), values)
    run = (_everyones if everyone else _own)(code)
    before: Run | None = st.session_state.get(f"{key}-run")
    if before is not None and before is not run:
        before.leave(me())
    st.session_state[f"{key}-run"] = run
    stopped = st.session_state.get(f"{key}-stopped") is run
    if not run.done and not stopped:
        run.look(me())
        with aside():
            run.wait(AT_ONCE)
    drawn = len(run.outputs)
    _draw(run, names, key, title)
    if run.done or stopped:
        _ended(run, key)
    else:
        with st.container(key=f"{key}-running"):
            _watching(run, drawn, monotonic(), key)
    download("Download all of these cells", run.cells, key, title)


@lru_cache(maxsize=EVERYONES)
def _everyones(code: tuple[Cell, ...]) -> Run:
    return Run(code)


@kept
def _own(code: tuple[Cell, ...]) -> Run:
    return Run(code)


def me() -> str:
    """Who looks at a run: the session."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else "a test"


@st.fragment(run_every=LOOK_AGAIN)
def _watching(run: Run, drawn: int, since: float, key: str) -> None:
    """How far it is, and the way to stop it; alone it is drawn again and again, the cells only with something new."""
    run.look(me())
    if (run.done or len(run.outputs) > drawn) and monotonic() > since + LOOK_AGAIN / 2:
        st.rerun()
    st.caption(f"Running: {len(run.cells) - len(run.outputs)} of {len(run.cells)} cells to go …")
    if run.seconds > LONG and st.button("Stop", key=f"{key}-stop"):
        st.session_state[f"{key}-stopped"] = run
        run.leave(me(), at_once=True)
        st.rerun()


@st.fragment(run_every=LOOK_AGAIN)
def waiting(run: Run, draw: Callable[[], object]) -> None:
    """Draw what there is until the run is done."""
    if run.done:
        st.rerun()
    run.look(me())
    draw()


def _draw(run: Run, names: Collection[str], key: str, title: str) -> None:
    shown = [cell for cell in run.cells if cell.name in names]
    for cell in shown:
        left, right = st.columns(2)
        with left:
            st.markdown(cell.words)
            st.code(cell.code, wrap_lines=True)
        with right:
            if cell.name in run.outputs:
                _output(cell, run.outputs[cell.name], run, key)
            else:
                words = "…" if not run.failed else "It could not be run on this machine."
                st.code(words, language=None, wrap_lines=True)
            alone = needed(run.cells, (cell.name,))
            download("Download this cell", alone, f"{key}-{cell.name}", title)


def _ended(run: Run, key: str) -> None:
    """That all have run, or how many have not and the way to begin again."""
    if run.done and not run.failed:
        st.caption(f"These cells ran on this machine, just as they stand here: {run.libraries}.")
        return
    st.caption(f"Stopped: {len(run.cells) - len(run.outputs)} of {len(run.cells)} cells have not run.")
    st.button("Run them again", key=f"{key}-again", on_click=_again, args=(run, key))


def _again(run: Run, key: str) -> None:
    st.session_state.pop(f"{key}-stopped", None)
    run.again()


def _output(cell: Cell, output: Output, run: Run, key: str) -> None:
    if output.waits_for:
        said = f"Not run: the cell {output.waits_for}, which it needs, gave nothing."
        st.code(said, language=None, wrap_lines=True)
        return
    text = "\n".join(part for part in (output.shown, output.error.text if output.error else "") if part)
    if text:
        st.code(text, language=None, wrap_lines=True)
    if output.latex:
        st.latex(output.latex)
    if len(output.arrays) == len(cell.draws) > 1:
        _chart(cell, output, key)
    below = explained(cell, output.error.kind) if output.error else []
    if cell.notes:
        theirs = f"With the libraries of their day the course’s notes print\n```text\n{cell.notes}\n```"
        below.append(f"{theirs}\nAbove: {run.libraries}.")
    if below:
        st.markdown("\n\n".join(part for part in below if part))


OF_THE_READER = "It comes of the function or the numbers that were put in: with others it runs."


def explained(cell: Cell, kind: str) -> list[str]:
    """What an exception means. One without a name is the process's own, and says so itself."""
    if not kind:
        return []
    return [cell.means, cell.instead] if kind == cell.raises else [dict(cell.fails).get(kind, OF_THE_READER)]


def _chart(cell: Cell, output: Output, key: str) -> None:
    (x, label), *lines = cell.draws
    labels = tuple(label for _, label in lines)
    data: dict[str, Columns] = {
        "cell": {
            "x": [number for _ in lines for number in output.arrays[x]],
            "y": [number for name, _ in lines for number in output.arrays[name]],
            "kind": [label for name, label in lines for _ in output.arrays[name]],
        },
    }
    told = f"{' and '.join(labels)} against {label}, as the cell gives them."
    show(lines_of(label, labels), data, key=f"{key}-{cell.name}-chart", alt=told, in_fragment=True)


@built_once
def lines_of(x: str, labels: tuple[str, ...]) -> Spec:
    """Lines against x. Dataset: `cell` (x, y, kind)."""
    axis = alt.Axis(labelExpr=NUMBERS, tickCount=5)
    line = alt.Chart(alt.NamedData("cell")).mark_line(size=3)
    return spec(
        line.encode(
            x=alt.X("x:Q", title=x, axis=axis),
            y=alt.Y("y:Q", title=None, axis=axis),
            color=alt.Color("kind:N", scale=alt.Scale(domain=[*labels]), legend=legend(*labels)),
        ).properties(height=260)
    )


def download(label: str, cells: Sequence[Cell], key: str, title: str) -> None:
    """Draw the button that gives these cells as a notebook."""
    name = f"{key}.ipynb".replace("_", "-")
    st.download_button(
        label, partial(notebook, cells, title), name, "application/x-ipynb+json", key=f"{key}-download",
        on_click="ignore", type="tertiary",
    )  # fmt: skip
