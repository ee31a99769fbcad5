"""The numbers, the words and the race on this machine."""

from html import escape

import streamlit as st

from calc.cells import Run
from calc.race import Lap, Precision, Result, ahead, heat, read_result, recorded, start
from pages.shared.cells import download, me
from pages.shared.player import readout
from pages.speed.columns import ms, told
from pages.speed.controls import Setting

LOOK_AGAIN = 0.7
"""Seconds between two looks while a race is on."""


Asked = tuple[str, int, Precision]


def here(setting: Setting) -> Result:
    """The button that starts a race on this machine, how far it is, and its result once it has one."""
    asked: Asked = setting.name, setting.size, setting.precision
    runs: dict[Asked, Run] = st.session_state.setdefault("_races", {})
    run = runs.get(asked)
    if run is not None and not run.done:
        _on_the_way(run, asked)
        return read_result(run.outputs)
    found = run is not None and run.outputs
    st.button(
        "Run it again" if found else "Run the race here",
        on_click=_start,
        args=(asked,),
        key="race-run",
        width="stretch",
    )
    if run is None or not found:
        st.caption("It takes 5 to 60 seconds on one core, and slows nobody else down.")
        return {}
    wrong = [output.error.text for output in run.outputs.values() if output.error]
    st.caption("Some ways gave no result." if wrong else "Run on this machine: the large hollow marks.")
    for text in wrong:
        st.code(text, language=None, wrap_lines=True)
    return read_result(run.outputs)


def _start(asked: Asked) -> None:
    st.session_state["_races"][asked] = start(*asked)


@st.fragment(run_every=LOOK_AGAIN)
def _on_the_way(run: Run, asked: Asked) -> None:
    if run.done:
        st.rerun()
    run.look(me())
    if st.button("Stop", key="race-stop", width="stretch"):
        # It may go on, for others who watch it.
        run.leave(me(), at_once=True)
        del st.session_state["_races"][asked]
        st.rerun()
    waiting, left = ahead(run), [cell.name for cell in run.cells if cell.name not in run.outputs]
    said = f"One race at a time: {waiting} before yours." if waiting else f"Running now: {left[0]}."
    st.progress(1 - len(left) / len(run.cells), said)


def numbers(setting: Setting, results: dict[int, Result]) -> None:
    """A row for each contestant with what it took, and what one sees, by size."""
    sizes, ways = setting.race.sizes, tuple(setting.race.contestants)
    columns = {
        "warm": [[ms(results[size][way].warm[1]) for size in sizes] for way in ways],
        "lab": [[ms(results[size][way].lab) for size in sizes] for way in ways],
        "evaluations": [[f"{results[size][way].evaluations:,}" for size in sizes] for way in ways],
        "operations": [[_operations(setting, results[size][way]) for size in sizes] for way in ways],
    }
    heads = ("way", "later call", "lab’s way", "evaluations", "operations")
    rows = "".join(
        f"<tr><td>{escape(way)}</td>"
        + "".join(f'<td data-name="{name}-{i}"></td>' for name in columns)
        + "</tr>"
        for i, way in enumerate(ways)
    )
    table = f'<table class="race"><tr>{"".join(f"<th>{head}</th>" for head in heads)}</tr>{rows}</table>'
    texts = {f"{name}-{i}": "?" if setting.hidden and name in ("warm", "lab") else each
             for name, column in columns.items() for i, each in enumerate(column)}  # fmt: skip
    said = [told(setting, size, results[size]) for size in sizes]
    html = f'{table}<div class="verdict"><span data-name="said"></span></div>'
    readout(html, {"size": list(map(float, sizes))}, {**texts, "said": said}, key="laps")


def _operations(setting: Setting, lap: Lap) -> str:
    # Those on whole arrays of weights say nothing.
    return f"{lap.operations:,}" if setting.race.points(1) else "–"


def record() -> None:
    """Where the recorded numbers come from."""
    found = recorded()
    versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    st.caption(
        f"**Recorded** on {found.date} with {found.machine}, {versions}: medians of 3 to 30 later calls, with their "
        "quartiles. A call of JAX ends only when its whole result is there (`block_until_ready`)."
    )


def code(setting: Setting) -> None:
    """The code of the contestants, exactly as it is timed."""
    cells = heat(setting.name, setting.size, setting.precision)
    for cell in cells:
        st.markdown(cell.words)
        st.code(cell.code, wrap_lines=True)
    download("Download the race", cells, "race", "A race of three ways to differentiate")


WHY = r"""
**What the lab timed.** It ran each way once. So its symbolic time is mostly SymPy building the formula, and its
automatic time mostly JAX compiling. Only *later calls* say what differentiating itself costs.

**Why the symbolic formula grows.** Composed with itself, $2x^3 - 3x^2 + 5$ doubles its formula at each step: that is
expression swell. If what occurs twice is computed only once (“shared”: `cse=True`), the formula becomes a graph, and
takes about as many operations as automatic differentiation: the two ways are nearly the same (Laue 2019).

**Why deep learning takes the third way.** A loss of $n$ weights needs $n + 1$ evaluations to be differentiated
numerically, and $n$ passes in forward mode. In reverse mode one pass back gives all $n$ slopes.

**Where numbers end.** At more than half of the lab's own points, from −5 to 5, the polynomial composed four times is
too large for float32. So from $k = 4$ on the race is run on $[-1, 1.5]$, and from $k = 5$ on at 100,000 points instead
of a million.
"""
