"""What is moved in a chart, by pointer, finger or arrow keys: in the browser, and one message once it rests.

Vega-Lite's selections know the rows of data, no places between them. So Vega's own signals do it, which Vega-Lite
takes over as they are: `at`, the place [x, y] of what is moved, null for nothing; `held`, its row; and `keyed`, whether
keys do it. When it rests the place becomes the selection `drop`, which `moved_to` reads. It is forgotten once any
data of the chart are others, as after the server's answer; or a while later, as an answer may change nothing.

The chart's key begins with `move-`: so its canvas takes keys, and a finger on what is moved does not scroll.
"""

from collections.abc import Mapping
from typing import Any

import altair as alt
import streamlit as st

from pages.shared.charts import Spec, here

FINE = 40
"""Presses of a key from end to end of an axis."""
QUIET = 300
"""Milliseconds without another press, after which the server is told."""
FORGET = 2000
"""Milliseconds after which no answer is waited for."""
SEEN = 100
"""Places that a hand tells apart along an axis: a place needs no more digits."""
FIELDS = ("row", "x", "y")
ARROWS, PAGE_KEYS = "test(/^Arrow/, event.key)", "test(/^Page(Up|Down)$/, event.key)"


KEYS_GO_ON = {"defaults": {"allow": ["keydown"]}}
"""Else Vega would keep every key that it hears, Tab too: nobody would get out of the chart."""
MOVED: Spec = {"name": "moved", "value": "", "bind": {"input": "text"}}
"""A signal: what another chart of the page says in `others` while something is moved there; empty otherwise."""


def target() -> alt.Parameter:
    """The selection that a rested place becomes: to be added to one of the chart's marks, which does not change it."""
    return alt.selection_point(name="drop", fields=list(FIELDS), on="never", clear=False, empty=False)


def whole_plot() -> alt.Chart:
    """All of the plot: it says what the signal `told` has for the place of the pointer, and holds the selection."""
    whole = here().mark_rect(opacity=0, tooltip=alt.ExprRef("told"), cursor="crosshair")
    sides = {"x": "0", "x2": "width", "y": "0", "y2": "height"}
    made: alt.Chart = whole.encode(**{side: alt.value(alt.ExprRef(at)) for side, at in sides.items()})
    return made.add_params(target())


def moving(
    chart: Spec,
    x: str,
    y: str,
    *,
    rows: str = "1",
    able: str = "true",
    grab: str = "true",
    row: str = "0",
    tap: bool = False,
    first: int = 0,
    tells: Mapping[str, str] | None = None,
    others: str | None = None,
) -> Spec:
    """The chart in which something is moved.

    Args:
        x, y: expressions for its place as the data have it; of several with `held`, the row.
        rows: how many there are; Page Up and Page Down go from one to the next.
        able: whether anything can be moved.
        grab: whether a press of the pointer takes hold of something, by `event.item`, the mark below it; no signals.
        row: which row that is.
        first: the row that is held before any is.
        tap: whether it also goes where one taps or clicks.
        tells: more signals, by `pointer`, the place [x, y] of the pointer, and those before: for a tooltip.
        others: an expression, the text that `MOVED` is in other charts while something is moved; no signals.
    """
    here = "[invert('x', clamp(x(), 0, width)), invert('y', clamp(y(), 0, height))]"
    press: Spec = {"type": "pointerdown", "filter": ["!event.button", grab]}
    arrow: Spec = {"type": "keydown", "filter": ARROWS, "consume": True}
    turn: Spec = {"type": "keydown", "filter": PAGE_KEYS, "consume": True}
    drag = {
        "source": "window",
        "type": "pointermove",
        "between": [press, {"source": "window", "type": "pointerup"}],
    }
    taps: list[Spec] = [{"type": "click"}] if tap else []
    right, up = (
        f"invert('{axis}', 0) - invert('{axis}', {size} / {FINE})"
        for axis, size in (("x", "width"), ("y", "height"))
    )
    pushed = (
        f"[(at ? at[0] : {x}) + ((event.key === 'ArrowLeft') - (event.key === 'ArrowRight')) * ({right}), "
        f"(at ? at[1] : {y}) + ((event.key === 'ArrowUp') - (event.key === 'ArrowDown')) * ({up})]"
    )
    fields = str([{"type": "E", "field": field} for field in FIELDS])
    store = f"modify('drop_store', {{unit: '', fields: {fields}, values: [held, at[0], at[1]]}}, true)"
    next_row = f"({rows} + held + (event.key === 'PageDown' ? 1 : -1)) % ({rows})"
    answer = ", ".join(f"data('{name}')[0]" for name in sorted(_datasets(chart)))
    late = [{"source": "window", "type": "pointerup", "debounce": FORGET}, {**arrow, "debounce": FORGET}]
    forget = [{"signal": "answer"}, turn, {"source": "window", "type": "pointercancel"}, *late]
    signals: list[dict[str, Any]] = [
        {"name": "answer", "update": f"[{answer}]"},
        {"name": "held", "value": first, "bind": {"input": "number"}, "on": [
            {"events": press, "update": row}, {"events": turn, "update": next_row},
            {"events": arrow, "update": "max(held, 0)"},
        ]},
        {
            "name": "at",
            "value": None,
            "on": [
                {"events": [*taps, drag], "update": f"{able} ? {here} : null"},
                {"events": arrow, "update": f"{able} ? {pushed} : null"},
                {"events": forget, "update": "null", "force": True},
            ],
        },
        {
            "name": "rests",
            "value": 0,
            "on": [
                {"events": [{"source": "window", "type": "pointerup"}, *taps, {**arrow, "debounce": QUIET}],
                 "update": "rests + 1"},
            ],
        },
        {"name": "keyed", "value": False, "on": [
            {"events": press, "update": "false"}, {"events": [turn, arrow], "update": able},
        ]},
        {"name": "send", "on": [{"events": {"signal": "rests"}, "update": f"at ? {store} : false"}]},
    ]  # fmt: skip
    if tells:
        signals.append(
            {"name": "pointer", "value": [0, 0], "on": [{"events": "pointermove", "update": here}]}
        )
        signals += [{"name": name, "update": update} for name, update in tells.items()]
    if others:
        # The player, where it goes on, shows its step again.
        shown = [
            {"events": {"signal": "at"}, "update": f"at ? {others} : ''"},
            {"events": {"signal": "frame"}, "update": "''", "force": True},
        ]
        signals.append({**MOVED, "on": shown})
    config = {**chart["config"], "events": KEYS_GO_ON}
    return {**chart, "params": [*chart["params"], *signals], "config": config}


def _datasets(chart: Any) -> set[str]:
    """The names of the data of all layers."""
    if isinstance(chart, list):
        return set().union(*map(_datasets, chart))
    if not isinstance(chart, dict):
        return set()
    data = chart.get("data")
    own = {data["name"]} if isinstance(data, dict) and "name" in data else set()
    return own.union(*map(_datasets, chart.values()))


def moved_to(key: str) -> tuple[int, float, float] | None:
    """Which row of the chart was moved and to where, for a callback; None if nothing was."""
    picked = st.session_state[key]["selection"].get("drop")
    if not picked:
        return None
    row, x, y = (picked[0][field] for field in FIELDS)
    return int(row), float(x), float(y)
