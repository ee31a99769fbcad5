"""The controls of two variables: they give the function on its window, the starts and how the balls roll."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.backend import GPU_WORK, NUMPY
from calc.backend import choose as choose_backend
from calc.basins import Window
from calc.datasets import format_rows, parse_rows
from calc.expression import Expression
from calc.numbers import rounded
from pages.local_and_global_minima.common import METHOD, STEPS, choose_function
from pages.local_and_global_minima.presets import TWO, Preset
from pages.local_and_global_minima.two.maps import Wanted
from pages.shared.fields import Carried, Choice, Flag, Nowhere, Number, Place, columns, drawer
from pages.shared.functions import FAR, ends
from pages.shared.moving import SEEN, moved_to
from pages.shared.rates import EXACT, choose_rate
from pages.shared.visit import Fields

Starts = tuple[tuple[float, float], ...]

XY = ("x", "y")
FIRST = TWO["tilted-well"]
"""What an own function starts as."""
MOST_STARTS = 8
CLICK = 0.005
"""Of an axis: a start that is moved by less stays."""


def _starts(text: str) -> Starts:
    """The balls of a link such as 1_1~2_-2; ValueError if it does not hold such."""
    starts = parse_rows(text, 2)
    if len(starts) > MOST_STARTS or any(end is None or abs(end) > FAR for ball in starts for end in ball):
        raise ValueError(text)
    return cast(Starts, starts)


STARTS: Carried[Starts] = Carried(
    "starts",
    "two variables: where the balls start",
    reads=_starts,
    writes=format_rows,
    taken=f"up to {MOST_STARTS} balls: `1_1~2_-2`",
    examples=(((-FAR, FAR),), ((0.0, 0.0),) * MOST_STARTS),
)
ENDS = tuple(
    Number(
        f"{axis}-{end}", f"two variables: where the window's {axis} {says}", f"{axis} {end}", -FAR, FAR, 0.0
    )
    for axis in XY
    for end, says in (("from", "begins"), ("to", "ends"))
)
GROUND = Choice(
    "ground", "two variables: the ground of the plane", "Show", {"contours": "Contours", "basins": "Basins"}
)
SIZE = Choice(
    "size",
    "two variables: starts on each side of the map; 4096 on a GPU",
    "Starts on the map",
    {
        "250": "250 × 250 starts",
        "500": "500 × 500",
        "1000": "1,000 × 1,000",
        "4096": "4,096 × 4,096 (on a GPU)",
    },
)
DROP = tuple(
    Number(
        f"drop-{axis}", f"two variables: the {axis} of a ball to drop", f"a ball at {axis} =", -FAR, FAR, 0.0
    )
    for axis in XY
)
ARROWS = Flag("arrows", "two variables: arrows downhill", "Arrows of −∇f")
FIELDS: Fields = (*ENDS, STARTS, *DROP, GROUND, SIZE, ARROWS)


@dataclass(frozen=True)
class Setting:
    """What decides the picture.

    Attributes:
        size: the starts on each side of the map of basins; None for contours.
        why: for which reason the function is a preset; empty for one that was typed.
    """

    expression: Expression
    window: Window
    starts: Starts
    rate: float
    steps: int
    method: str
    size: int | None
    arrows: bool
    why: str

    @property
    def map(self) -> Wanted | None:
        """The map of basins that is asked for, if one is."""
        if self.size is None:
            return None
        return Wanted(self.expression, self.window, self.size, self.method, self.rate, self.steps)


def choose(slider: DeltaGenerator, settings: DeltaGenerator, function: DeltaGenerator) -> Setting:
    """Draw the controls, each group in its place, and give back what they say."""
    with function:
        chosen = choose_function(TWO, FIRST, XY)
    preset, key = chosen.preset, chosen.key
    starts = STARTS.get((cast(tuple[float, float], preset.start),), belongs_to=key)
    with settings:
        steps = STEPS.draw(default=200, belongs_to="2")
        method = METHOD.draw()
        ground = GROUND.draw(segmented=True, label_visibility="collapsed")
        box = drawer("Balls, window, map, exact rate")
    _drop_by_keyboard(box, starts, key)
    boxes = zip(ENDS, columns(box, 4), preset.window, strict=True)
    typed = [end.draw(place, default=first, belongs_to=key) for end, place, first in boxes]
    one, two = columns(box, 2)
    size = SIZE.draw(one)
    exact = EXACT.draw(two, belongs_to=key, placeholder="none")
    arrows = ARROWS.draw(box)
    with slider:
        rate = choose_rate(100 * preset.rate, preset.rate, exact, belongs_to=key)
    with function:
        window = _window(typed, preset)
        mapped = _possible(int(size)) if ground == "basins" else None
    return Setting(chosen.expression, window, starts, rate, steps, method, mapped, arrows, chosen.why)


def _drop_by_keyboard(box: Place, starts: Starts, key: Hashable) -> None:
    """What a click on the plane does, for those who do not point."""
    *places, last = columns(box, 3, vertical_alignment="bottom")
    for field, place, default in zip(DROP, places, starts[-1], strict=True):
        field.draw(place, default=default, belongs_to=key)
    if not isinstance(last, Nowhere):
        last.button("Drop a ball there", on_click=_drop_typed, args=(starts,), width="stretch")


def clear(starts: Starts) -> None:
    """Draw the button that leaves only the last ball."""
    st.button(
        "Clear all but the last ball", on_click=STARTS.put, args=(starts[-1:],),
        disabled=len(starts) < 2, width="stretch",
    )  # fmt: skip


def _possible(size: int) -> int:
    """The starts on each side of the map, fewer where they would need a GPU that is not there."""
    if size > 1000 and choose_backend(work=GPU_WORK) == NUMPY:
        st.warning(
            "A map of 4,096 × 4,096 starts needs a GPU, and this server has none: 1,000 × 1,000 are shown."
        )
        return 1000
    return size


def _window(typed: list[float], preset: Preset) -> Window:
    """The window that was typed, or the preset's own with a sentence."""
    x_from, x_to, y_from, y_to = typed
    first = preset.window
    return *ends("x", x_from, x_to, (first[0], first[1])), *ends("y", y_from, y_to, (first[2], first[3]))


def move(starts: Starts, window: Window) -> None:
    """On the plane a start was moved, or a place clicked for one more ball.

    Args:
        starts: those of the balls on it.
    """
    if (done := moved_to("move-plane")) is None:
        return
    spans = window[1] - window[0], window[3] - window[2]
    place = rounded(done[1], spans[0] / SEEN), rounded(done[2], spans[1] / SEEN)
    # The last ball comes first.
    number = len(starts) - 1 - done[0]
    if done[0] < 0:
        _one_more(starts, *place)
    elif any(abs(a - b) > CLICK * span for a, b, span in zip(place, starts[number], spans, strict=True)):
        STARTS.put((*starts[:number], place, *starts[number + 1 :]))


def _drop_typed(starts: Starts) -> None:
    x, y = (field.said() for field in DROP)
    _one_more(starts, x, y)


def _one_more(starts: Starts, x: float, y: float) -> None:
    STARTS.put((*starts, (x, y))[-MOST_STARTS:])
