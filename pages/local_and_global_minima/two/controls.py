"""The controls of two variables: they give the function on its window, the starts and how the balls roll."""

from dataclasses import dataclass

import streamlit as st

from calc import datasets
from calc.backend import GPU_WORK, NUMPY
from calc.backend import choose as choose_backend
from calc.basins import Window
from calc.expression import Expression
from pages.local_and_global_minima.common import METHODS, ends, fitting
from pages.local_and_global_minima.common import PARAMETERS as PARAMETERS_OF_BOTH
from pages.local_and_global_minima.presets import OWN, TWO, Preset
from pages.local_and_global_minima.two.maps import Wanted
from pages.shared import links, rates
from pages.shared.formula import formula, read

XY = ("x", "y")
ENDS = ("x-from", "x-to", "y-from", "y-to")
TITLES = {slug: preset.title for slug, preset in TWO.items()} | {OWN: "My own function"}
GROUNDS = {"contours": "Contours", "basins": "Basins"}
SIZES = {
    "250": "250 × 250 starts",
    "500": "500 × 500",
    "1000": "1,000 × 1,000",
    "4096": "4,096 × 4,096 (on a GPU)",
}
MOST_STARTS = 8
PARAMETERS = PARAMETERS_OF_BOTH | {
    "f": links.choice(TITLES),
    "x-from": links.number(-1e6, 1e6),
    "x-to": links.number(-1e6, 1e6),
    "y-from": links.number(-1e6, 1e6),
    "y-to": links.number(-1e6, 1e6),
    "starts": lambda text: bool(_parsed(text)),
    "steps": links.integer(1, 1000),
    "ground": links.choice(GROUNDS),
    "size": links.choice(SIZES),
    "arrows": links.FLAG,
}


@dataclass(frozen=True)
class Setting:
    """What decides the picture."""

    expression: Expression
    window: Window
    starts: tuple[tuple[float, float], ...]
    rate: float
    steps: int
    method: str
    ground: str
    size: int
    arrows: bool

    @property
    def map(self) -> Wanted:
        return Wanted(self.expression, self.window, self.size, self.method, self.rate, self.steps)


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    slug = links.selectbox("Function", TITLES, key="f")
    chosen = _preset(slug)
    fitting(f"{slug}(x, y)", chosen.rate, **dict(zip(ENDS, chosen.window, strict=True)))
    _forget_starts(slug)
    own = slug == OWN
    expression = formula("f(x, y) =", chosen.text, variables=XY, key="own") if own else read(chosen.text, XY)
    rate = rates.choose_rate(100 * chosen.rate, chosen.rate, diverges=False)
    steps = st.slider("Steps", 1, 1000, 200, key="steps", bind="query-params")
    method = links.selectbox("Method", METHODS, key="method")
    ground = links.segmented("Show", GROUNDS, key="ground", labelled=False)
    size = int(links.selectbox("Starts on the map", SIZES, key="size")) if ground == "basins" else 250
    if size > 1000 and choose_backend(work=GPU_WORK) == NUMPY:
        st.warning(
            "A map of 4,096 × 4,096 starts needs a GPU, and this server has none: 1,000 × 1,000 are shown."
        )
        size = 1000
    with st.popover("Window, exact rate, arrows", width="stretch"):
        window = _window(chosen.window)
        rates.exact_rate()
        arrows = st.toggle("Arrows of −∇f", key="arrows", bind="query-params")
    starts = _parsed(st.query_params.get("starts", "")) or (chosen.start,)
    if len(starts) > 1:
        st.button("Clear all but the last ball", on_click=_write, args=(starts[-1:],))
    return Setting(expression, window, starts, rate, steps, method, ground, size, arrows)


def _preset(slug: str) -> Preset:
    """The preset, or for an own function the one that it starts as."""
    return TWO.get(slug, TWO["tilted-well"])


def _forget_starts(slug: str) -> None:
    """Starts belong to the function they were dropped on."""
    if st.session_state.setdefault("starts-on", slug) != slug:
        st.session_state["starts-on"] = slug
        st.query_params.pop("starts", None)


def _window(first: Window) -> Window:
    window: list[float] = []
    for name, low, high in (("x", *first[:2]), ("y", *first[2:])):
        one, two = st.columns(2)
        a = one.number_input(
            f"{name} from", -1e6, 1e6, low, format="%g", key=f"{name}-from", bind="query-params"
        )
        b = two.number_input(
            f"{name} to", -1e6, 1e6, high, format="%g", key=f"{name}-to", bind="query-params"
        )
        window += ends(name, a, b, (low, high))
    return tuple(window)


def _parsed(text: str) -> tuple[tuple[float, float], ...]:
    """The starts of a link, none if its text is not such."""
    try:
        table = datasets.parse_points(text)
    except datasets.DatasetError:
        return ()
    if table.isna().any(axis=None) or (table.abs() > 1e6).any(axis=None):
        return ()
    return tuple((float(x), float(y)) for x, y in table.to_numpy()[-MOST_STARTS:])


def _write(starts: tuple[tuple[float, float], ...]) -> None:
    text = datasets.format_points(*zip(*starts, strict=True))
    if text:
        st.query_params["starts"] = text


def drop() -> None:
    """A click on the plane drops one more ball there."""
    clicked = st.session_state["plane"]["selection"].get("drop")
    if clicked and {"x", "y"} <= clicked[0].keys():
        before = _parsed(st.query_params.get("starts", "")) or (_preset(st.session_state["f"]).start,)
        here = (float(f"{clicked[0]['x']:.4g}"), float(f"{clicked[0]['y']:.4g}"))
        _write((*before, here)[-MOST_STARTS:])
