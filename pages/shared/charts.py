"""What every chart shares: the frame signal, data by name, alt text, one spec a process.

Altair checks a chart against its schema while it builds: 50 to 200 ms. So a chart is built once for
each combination of titles (`built_once`), and only its data change from rerun to rerun. Titles are
text on a canvas; nothing in a spec is ever evaluated as HTML.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from threading import RLock
from typing import Any, Literal, ParamSpec, cast

import altair as alt
import numpy as np
import pyarrow as pa
import streamlit as st

from pages.shared.visit import current_visit

P = ParamSpec("P")
Spec = dict[str, Any]
Size = Literal["main", "side", "tall", "card"]
Columns = Mapping[str, Sequence[Any] | np.ndarray]
AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart


def built_once(build: Callable[P, Spec]) -> Callable[P, Spec]:
    """Keep what `build` makes, at most 64; a class that opens a page together waits for one build."""
    kept = cast(Callable[P, Spec], lru_cache(maxsize=64)(build))
    lock = RLock()

    @wraps(build)
    def one_at_a_time(*args: P.args, **kwargs: P.kwargs) -> Spec:
        with lock:
            return kept(*args, **kwargs)

    return one_at_a_time


FRAME = alt.param(name="frame", value=0, bind=alt.binding(input="number"))
"""The step that is shown. The player sets it through its bound input, in every chart of the page."""


def row(name: str, dataset: str, at: str = "0", **default: float) -> alt.Parameter:
    """A signal that holds one row of a dataset, `default` until its data have arrived."""
    empty = "{" + ", ".join(f"{key}: {value}" for key, value in default.items()) + "}"
    rows = f"data('{dataset}')"
    index = f"min({at}, length({rows}) - 1)"
    return alt.param(name=name, expr=f"length({rows}) ? {rows}[{index}] : {empty}")


def span(low: str, high: str, **options: Any) -> alt.Scale:
    """A scale whose ends are expressions, so that new data move them without a new chart.

    Give it to every mark of the axis: a mark without it would lend its data to the scale's domain, and
    one that moves would have the axis drawn anew at each step.
    """
    if options.get("type") != "log":
        options["zero"] = False
    return alt.Scale(domain=[alt.ExprRef(low), alt.ExprRef(high)], nice=False, **options)


NUMBERS = "format(datum.value, abs(datum.value) < 1e4 ? '.10~g' : abs(datum.value) < 1e15 ? '.10~s' : '.3~g')"
"""Labels of an axis: 200k for large numbers, 3e+29 beyond names, and 0.02 rather than 20m for small ones.

As many digits as a narrow interval far from 0 needs.
"""
FEW = alt.Axis(labelExpr=NUMBERS, tickCount=5)
"""An axis with few of them."""


def raised(power: str) -> str:
    """An expression that writes the whole number `power` as an exponent."""
    text = f"'' + ({power})"
    for sign, small in zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True):
        text = f"replace({text}, /{sign}/g, '{small}')"
    return text


def written(value: str, digits: int = 4) -> str:
    """An expression that writes the number of a signal as `calc.numbers.written` does."""
    power = f"floor(log(abs({value})) / LN10 + 1e-12)"
    plain = f"abs({value}) < 1e9 && abs({value}) >= 1e-4 || {value} == 0"
    scaled = times_ten_to(f"format({value} / pow(10, {power}), '.{digits}~r')", power)
    return f"({plain} ? format({value}, ',.{digits}~r') : {scaled})"


def times_ten_to(mantissa: str, power: str) -> str:
    """An expression that writes a text of digits times a power of ten: 2.3·10⁻⁶, and 10⁻⁶ where the digits are 1."""
    return f"replace({mantissa} + '·', /^([-−]?)1·$/, '$1') + {ten_to(power)}"


def ten_to(power: str) -> str:
    """An expression that writes ten to the power of a whole number."""
    return f"'10' + {raised(power)}"


_POWER = "log(datum.value) / LN10"
POWERS = f"abs({_POWER} - round({_POWER})) > 1e-9 ? '' : {ten_to(f'round({_POWER})')}"
"""Labels of a log axis: the powers of ten as such, nothing between them."""


def held(dataset: str) -> AnyChart:
    """Two invisible marks that keep a dataset in the chart, which `row` reads without drawing it.

    Vega only holds data that some mark draws. One mark's transform would be applied to the dataset
    itself; two with different ones leave it whole. Both only draw its count, not its rows.
    """
    data = alt.Chart(alt.NamedData(dataset))
    counts = data.transform_aggregate(n="count()"), data.transform_aggregate(m="count()")
    return alt.layer(*(each.mark_point(opacity=0, aria=False).encode(x=alt.value(0)) for each in counts))


NOW = row("now", "run", "frame")
"""The row of the dataset `run` at the step shown, whatever its columns are."""


def coloured(chart: alt.Chart, name: str, scale: alt.Scale, legend: alt.Legend | None = None) -> alt.Chart:
    """The chart's marks in the colour that `scale` has for `name`; a constant (`alt.datum`) can have no scale."""
    colour = alt.Color("kind:N", scale=scale, legend=legend)
    return chart.transform_calculate(kind=f"'{name}'").encode(color=colour)


def legend(*names: str) -> alt.Legend:
    """A legend above the chart, of these names of its colour scale; on a phone in two columns."""
    columns = alt.ExprRef(f"width < {80 * len(names)} ? 2 : {len(names)}")
    return alt.Legend(title=None, orient="top", symbolOpacity=1, offset=2, columns=columns, values=[*names])


def here() -> alt.Chart:
    """A chart of one row, for marks whose place is decided by the step shown.

    Never hang such marks on a dataset that `row` reads: each step would count as new data, and every mark
    and axis that depends on it would be drawn anew.
    """
    return alt.Chart(alt.sequence(1))


def spec(chart: AnyChart) -> Spec:
    """The finished Vega-Lite spec of a chart whose data will be put in by name."""
    made: Spec = chart.to_dict()
    _say_once(made, {})
    made.pop("datasets", None)
    # SVG redraws hundreds of marks too slowly for 50 frames a second.
    made["usermeta"] = {"embedOptions": {"renderer": "canvas"}}
    made["params"] = [*made.get("params", ()), *TEXT]
    made["config"] = CONFIG
    # Room for the half of a last label that stands beyond its axis.
    made["padding"] = {"left": 2, "right": 14, "top": 6, "bottom": 2}
    return made


def _say_once(part: Spec, said: dict[tuple[str, str], list[Any]]) -> None:
    """Take out the axes and scales that an earlier layer has too: Vega-Lite makes one of them anyway.

    They are half of the text of a chart, which Streamlit writes and reads again at each rerun. Of legends Vega-Lite
    would make others: their symbols are those of all layers together. What layers do not share is theirs.
    """
    own = part.get("resolve", {}).get("scale", {})
    for layer in part.get("layer", ()):
        _say_once(layer, {} if own else said)
    for channel, encoding in part.get("encoding", {}).items():
        for name in {"axis", "scale"} & encoding.keys() if channel in ("x", "y", "color") else ():
            known = said.setdefault((channel, name), [])
            # Of a scale that does not say so Vega-Lite rounds the ends, if one of its layers is silent.
            if encoding[name] in known and (name == "axis" or channel == "color" or "nice" in encoding[name]):
                del encoding[name]
            elif encoding[name] is not None:
                known.append(encoding[name])


SCALE = "max(1, round(100 * min(windowSize()[0] / 1280, windowSize()[1] / 720)) / 100)"
"""From the first, as the player will set it: a chart makes room for its text only once."""
TEXT = (
    {"name": "ink", "value": "gray", "bind": {"input": "text"}},
    {"name": "size", "expr": SCALE, "bind": {"input": "number"}},
)
"""The colour and the size of text on charts, which the player sets: no single grey is read on both grounds."""
_NAMES = {"labelColor": {"expr": "ink"}, "titleColor": {"expr": "ink"}}
_SIZES = {"labelFontSize": {"expr": "14 * size"}, "titleFontSize": {"expr": "15 * size"}}
CONFIG: Spec = {
    "axis": {**_NAMES, **_SIZES, "labelPadding": 6, "titlePadding": 6},
    "legend": {**_NAMES, **_SIZES},
    "text": {"fontSize": {"expr": "14 * size"}, "color": {"expr": "ink"}},
}


def titled(chart: Spec, titles: Mapping[str, str]) -> Spec:
    """The chart with other titles: a visitor's own names are no part of what is built once for everyone."""

    def named(part: Any) -> Any:
        if isinstance(part, list):
            return [named(each) for each in part]
        if not isinstance(part, dict):
            return part
        title = part.get("title")
        new = {"title": titles[title]} if isinstance(title, str) and title in titles else {}
        return {name: named(each) for name, each in part.items()} | new

    return cast(Spec, named(chart))


def table(columns: Columns) -> pa.Table:
    """Columns as a chart takes them, nan for numbers that it cannot draw: infinite, or too large for an axis.

    Made once where they stay the same from rerun to rerun.
    """
    return pa.table({name: _short(_drawable(np.asarray(column))) for name, column in columns.items()})


LARGEST = 1e300
"""A larger number is nan in a chart: the ends of an axis around it would overflow."""


def _drawable(column: np.ndarray) -> np.ndarray:
    return np.where(np.abs(column) < LARGEST, column, np.nan) if column.dtype.kind == "f" else column


def _short(column: np.ndarray) -> np.ndarray:
    """The numbers in fewer bytes, where that moves none by more than a tenth of a pixel."""
    if len(column) < WORTH_WHILE:
        return column
    if column.dtype == np.int64:
        return column.astype(np.result_type(*map(np.min_scalar_type, (column.min(), column.max()))))
    if column.dtype != np.float64:
        return column
    with np.errstate(over="ignore", invalid="ignore"):
        short = column.astype(np.float32)
        # As np.nanmax, at a tenth of its time.
        moved, high, low = (
            np.fmax.reduce(np.abs(short - column)),
            np.fmax.reduce(column),
            np.fmin.reduce(column),
        )
        wide = high - low
        # A log axis tells numbers apart that single precision takes for 0.
        lost = ((np.abs(column) < TINY) & (column != 0)).any()
    return short if np.isfinite(wide) and moved <= wide / PIXELS and not lost else column


WORTH_WHILE = 40
"""Numbers in a column."""
TINY = float(np.finfo(np.float32).tiny)
PIXELS = 20_000
"""Ten to a pixel of the widest chart."""


def drag() -> alt.Parameter:
    """The selection of a point that is clicked or dragged: the nearest by x of the marks that it is added to."""
    return alt.selection_point(
        name="drop", encodings=["x"], nearest=True, empty=False,
        on="click, [pointerdown, window:pointerup] > pointermove",
    )  # fmt: skip


def clicked(key: str, *axes: str) -> list[float]:
    """Where the chart was clicked that has `drag`, to four digits, for a callback; [] after a click on
    nothing.
    """
    picked = st.session_state[key]["selection"].get("drop")
    return (
        [float(f"{picked[0][axis]:.4g}") for axis in axes] if picked and {*axes} <= picked[0].keys() else []
    )


def show(
    chart: Spec,
    data: Mapping[str, Columns | pa.Table],
    *,
    alt: str,
    key: str,
    size: Size | None = None,
    on_select: Callable[[], None] | None = None,
    in_fragment: bool = False,
) -> None:
    """Draw `chart` with its datasets put in by name; `alt` states what the chart finds.

    To Streamlit the alt text is a part of the specification: where it changes, the browser would build the whole chart
    anew, which takes longer than all else. So it gets the key, in place of which mended.js puts the text.

    Args:
        size: "main" for what the lesson is about, "side" for what belongs to it, "tall" for what stands beside both,
            "card" for a picture of the home page:
            shares of the screen's height, which lesson.css has. None for the chart's own height.
        in_fragment: whether it may be drawn without the end of the page, which brings the alt texts.
    """
    tables = {
        name: columns if isinstance(columns, pa.Table) else table(columns) for name, columns in data.items()
    }
    if not in_fragment:
        current_visit().alts[key], alt = alt, key
    # A card is the box of its picture.
    place: Any = st.container(key=f"{size}-{key}") if size and size != "card" else st
    place.vega_lite_chart(
        spec={**chart, "datasets": tables}, key=key, alt=alt, on_select=on_select or "ignore", width="stretch",
        height="stretch" if size else "content",
    )  # fmt: skip
