"""Two variables: the landscape from above, paths from clicked starts, and the map of basins."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc import datasets
from calc.backend import NUMPY
from calc.basins import BasinMap, Rolls, basin_map, palette_image, png_bytes, roll
from calc.expression import Expression, parse_expression
from views.optimisation import plane_charts as charts
from views.optimisation.minima_presets import OWN, TWO
from views.optimisation.minima_words import METHODS, ending, update
from views.shared import links, rates, theme
from views.shared.charts import show
from views.shared.formula import accepts, formula
from views.shared.player import player

XY = ("x", "y")
TITLES = {slug: preset.title for slug, preset in TWO.items()} | {OWN: "My own function"}
GROUNDS = {"contours": "Contours", "basins": "Basins"}
SIZES = {
    "250": "250 × 250 starts",
    "500": "500 × 500",
    "1000": "1,000 × 1,000",
    "4096": "4,096 × 4,096 (on a GPU)",
}
MOST_STARTS = 8
PARAMETERS = {
    "f": links.choice(TITLES),
    "own": accepts(XY),
    "x-from": links.number(-1e6, 1e6),
    "x-to": links.number(-1e6, 1e6),
    "y-from": links.number(-1e6, 1e6),
    "y-to": links.number(-1e6, 1e6),
    "starts": lambda text: bool(_parsed(text)),
    "rate": links.number(1e-300, 1e300),
    "exact": links.number(1e-300, 1e300),
    "steps": links.number(1, 1000),
    "method": links.choice(METHODS),
    "ground": links.choice(GROUNDS),
    "size": links.choice(SIZES),
    "arrows": links.FLAG,
}
Window = tuple[float, float, float, float]


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


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The whole view of two variables: controls on the left, pictures on the right."""
    with left:
        setting = choose()
    balls = rolled(setting.expression, setting.starts, setting.method, setting.rate, setting.steps)
    with right:
        player(setting.steps, at=links.step())
        plane, side = st.columns([4, 3])
        with plane:
            if setting.ground == "basins":
                found = _basins(setting)
                image = _coloured(found)
            else:
                found = _minima(setting.expression, setting.window)
                image = _contours(setting.expression, setting.window)
            show(
                charts.plane(), key="plane", on_select=_drop, alt=_finding(setting, found),
                ground={"url": [image]}, minima=charts.minima(found.minima, found.values),
                **charts.paths(balls.w, setting.window),
                arrows=charts.arrows(setting.expression, setting.window) if setting.arrows else charts.NO_ARROWS,
                targets=charts.targets(setting.window), view=charts.view(setting.window),
            )  # fmt: skip
        with side:
            update(balls, XY, setting.method, setting.rate, ball=-1)
            show(
                charts.heights(), key="heights", **charts.values(balls.value),
                alt=f"The value of f by step, from {balls.value[-1, 0]:.4g} to {balls.value[-1, -1]:.4g}.",
            )  # fmt: skip
            st.markdown(_counts(found) if setting.ground == "basins" else _lowest(found))
    ending(balls.status[-1], "Last ball" if len(setting.starts) > 1 else "Ball")
    chosen = TWO.get(st.session_state["f"])
    if chosen is not None:
        st.markdown(f"**Why this function:** {chosen.why}")


def choose() -> Setting:
    """Draw the controls and give back what they say."""
    slug = links.selectbox("Function", TITLES, key="f")
    chosen = TWO.get(slug, TWO["himmelblau"])
    if slug == OWN:
        expression = formula("f(x, y) =", TWO["tilted-well"].text, variables=XY, key="own")
    else:
        expression = preset(chosen.text)
    rate = rates.choose_rate(100 * chosen.rate, chosen.rate, diverges=False)
    steps = st.slider("Steps", 1, 1000, 200, key="steps", bind="query-params")
    method = links.selectbox("Method", METHODS, key="method")
    ground = links.segmented("Show", GROUNDS, key="ground")
    size = links.selectbox("Starts on the map", SIZES, key="size") if ground == "basins" else "250"
    with st.popover("Window, exact rate, arrows", width="stretch"):
        window = _window(chosen.window)
        rates.exact_rate()
        arrows = st.toggle("Arrows of −∇f", key="arrows", bind="query-params")
    starts = _parsed(st.query_params.get("starts", "")) or (chosen.start,)
    if len(starts) > 1:
        st.button("Clear all but the last ball", on_click=_write, args=(starts[-1:],))
    return Setting(expression, window, starts, rate, steps, method, ground, int(size), arrows)


def _window(first: Window) -> Window:
    ends = []
    for name, low, high in (("x", *first[:2]), ("y", *first[2:])):
        one, two = st.columns(2)
        a = one.number_input(
            f"{name} from", -1e6, 1e6, low, format="%g", key=f"{name}-from", bind="query-params"
        )
        b = two.number_input(
            f"{name} to", -1e6, 1e6, high, format="%g", key=f"{name}-to", bind="query-params"
        )
        if a >= b:
            st.error(f"{name} has to begin below its end: {a:g} is not below {b:g}. Shown: the first window.")
            a, b = low, high
        ends += [a, b]
    return tuple(ends)


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


def _drop() -> None:
    """A click on the plane drops one more ball there."""
    clicked = st.session_state["plane"]["selection"].get("drop")
    if clicked and {"x", "y"} <= clicked[0].keys():
        chosen = TWO.get(st.session_state["f"], TWO["himmelblau"])
        before = _parsed(st.query_params.get("starts", "")) or (chosen.start,)
        here = (float(f"{clicked[0]['x']:.4g}"), float(f"{clicked[0]['y']:.4g}"))
        _write((*before, here)[-MOST_STARTS:])


@lru_cache(maxsize=256)
def preset(text: str) -> Expression:
    return parse_expression(text, XY)


@lru_cache(maxsize=256)
def rolled(
    expression: Expression, starts: tuple[tuple[float, float], ...], method: str, rate: float, steps: int
) -> Rolls:
    return roll(expression, starts, method=method, rate=rate, steps=steps)


ONE_MAP_AT_A_TIME = Lock()
"""A map takes both cores; two at once would only be slower."""


@lru_cache(maxsize=128)
def _minima(expression: Expression, window: Window) -> BasinMap:
    """The minima in the window, from a coarse map of starts."""
    span = max(window[1] - window[0], window[3] - window[2])
    return basin_map(expression, window, (40, 40), method="adam", rate=span / 200, steps=60, backend=NUMPY)


def _basins(setting: Setting) -> BasinMap:
    """The map of basins, with its progress; any control that is moved meanwhile stops it."""
    key = (setting.expression, setting.window, setting.size, setting.method, setting.rate, setting.steps)
    with ONE_MAP_AT_A_TIME:
        if key in _maps:
            return _maps[key]
        bar = st.progress(0.0, f"{setting.size**2:,} balls, {setting.steps} steps each …")
        expression, window, size, method, rate, steps = key
        found = basin_map(
            expression, window, (size, size), method=method, rate=rate, steps=steps,
            progress=lambda done: bar.progress(min(done, 1.0)) is not None,
        )  # fmt: skip
        bar.empty()
        _maps[key] = found
        while sum(kept.reached.size for kept in _maps.values()) > MOST_PIXELS:
            _maps.pop(next(iter(_maps)))
        return found


MOST_PIXELS = 20_000_000
_maps: dict[tuple[object, ...], BasinMap] = {}
"""Maps for everyone; the oldest go when together they grow too large."""


@lru_cache(maxsize=64)
def _contours(
    expression: Expression, window: Window, width: int = 240, height: int = 180, levels: int = 14
) -> str:
    """f as filled contours: each colour covers an equal part of the window."""
    x, y = np.linspace(*window[:2], width), np.linspace(*window[2:], height)
    values = expression(*np.meshgrid(x, y[::-1]))
    finite = values[np.isfinite(values)]
    if not finite.size:
        return _uri(np.zeros((height, width), np.uint8), theme.sequential(1))
    edges = np.quantile(finite, np.linspace(0, 1, levels + 1)[1:-1])
    image = np.searchsorted(edges, np.nan_to_num(values, nan=np.inf)).astype(np.uint8)
    return _uri(image, theme.sequential(levels))


def _coloured(found: BasinMap) -> str:
    """The map as a picture in the theme's colours: a colour a minimum, darker where it takes more steps."""
    colours = theme.categorical()
    image, palette = palette_image(
        found, colours[3:7] + colours[:1], diverged=colours[1], undecided=colours[2], left=colours[7],
        shade=theme.background(),
    )  # fmt: skip
    return _uri(image, palette)


def _uri(image: np.ndarray, palette: np.ndarray) -> str:
    return "data:image/png;base64," + b64encode(png_bytes(image, np.asarray(palette, np.uint8))).decode()


def _lowest(found: BasinMap) -> str:
    """The minima in words, the lowest first."""
    if not len(found.minima):
        return "No minimum in this window."
    lines = [
        f"({x:.5g}, {y:.5g}): f = {value:.6g}"
        for (x, y), value in zip(found.minima, found.values, strict=True)
    ]
    more = [f"… and {len(lines) - 4} more"] if len(lines) > 4 else []
    head = f"**{len(lines)} {'minimum' if len(lines) == 1 else 'minima'}**, the lowest first:"
    return "  \n".join([head, *lines[:4], *more])


def _counts(found: BasinMap) -> str:
    """What becomes of all starts."""
    total = found.reached.size
    ties = np.isclose(found.values, found.values.min()) if len(found.values) else np.zeros(0, bool)
    parts = [
        f"**{found.counts[: len(ties)][ties].sum() / total:.1%}** of {total:,} starts reach a global minimum"
    ]
    others = {"diverge": found.diverged, "are undecided": found.undecided, "leave the domain": found.left}
    parts += [f"{count:,} {what}" for what, count in others.items() if count]
    return "; ".join(parts) + f". {found.device}."


def _finding(setting: Setting, found: BasinMap) -> str:
    places = ", ".join(f"({x:.3g}, {y:.3g})" for x, y in found.minima[:4]) or "none"
    ground = _counts(found).replace("*", "") if setting.ground == "basins" else "Contours of f."
    seen = f"The plane from above with {len(found.minima)} minima: {places}."
    return f"{seen} {ground} Paths of {len(setting.starts)} balls."
