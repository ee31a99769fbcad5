"""The learning rate on a log scale, with the cliff of the problem at hand marked below the slider."""

from collections.abc import Hashable
from dataclasses import dataclass
from math import ceil, floor, log, log10
from typing import Any

import streamlit as st

from calc.descent.quadratic import Quadratic, Zone
from calc.numbers import written
from pages.shared.fields import Field, Number, number, shortest
from pages.shared.memory import kept

ROUND = (10, 11, 12, 13, 15, 16, 18, 20, 22, 25, 28, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90)
"""Two-digit numbers that divide a decade nearly evenly on a log scale, the round ones among them."""


@kept
def rate_options(limit: float) -> tuple[float, ...]:
    """Rates from a thousandth of `limit` to ten times it, and its two neighbours of four digits."""
    decades = range(floor(log10(limit)) - 4, ceil(log10(limit)) + 2)
    grid = {float(f"{mantissa}e{decade - 1}") for decade in decades for mantissa in ROUND}
    unit = 10.0 ** (floor(log10(limit)) - 3)
    just_below, just_above = (float(f"{edge(limit / unit) * unit:.4g}") for edge in (floor, ceil))
    inside = {rate for rate in grid if limit / 1000 <= rate <= 10 * limit}
    return tuple(sorted(inside | {just_below, just_above}))


def nearest(limit: float, good: float) -> float:
    """The mark nearest to `good`."""
    return min(rate_options(limit), key=lambda rate: abs(log10(rate / good)))


@kept
def _labels(marks: tuple[float, ...]) -> dict[float, str]:
    """What the slider writes at each mark: Streamlit asks for each twice at each rerun."""
    return {mark: shortest(mark) for mark in marks}


@dataclass(frozen=True)
class Rate(Field[float]):
    """The learning rate on a slider whose marks depend on the problem; any other rate of a link is one more mark."""

    def read(self, text: str) -> float:
        value = number(text)
        if not LEAST <= value <= MOST:
            raise ValueError(text)
        return value

    def write(self, value: float) -> str:
        return shortest(value)

    def values(self) -> str:
        return f"{shortest(LEAST)} to {shortest(MOST)}"

    def extremes(self) -> tuple[float, ...]:
        return LEAST, MOST

    def draw(
        self,
        limit: float,
        good: float,
        exact: float | None,
        belongs_to: Hashable = None,
        follows: bool = True,
    ) -> tuple[float, tuple[float, ...]]:
        """Draw the slider; give back the rate, and the marks.

        While there is an `exact` rate it shows that one; once it is moved it counts again.
        """
        own = self.settle(nearest(limit, good), belongs_to=belongs_to, follows=follows)
        value = own if exact is None else exact
        marks = tuple(sorted({*rate_options(limit), value}))
        options: dict[str, Any] = {"format_func": _labels(marks).get}
        if exact is None:
            rate = st.select_slider("Learning rate η", marks, value, key=self.widget(value, marks), **options)
            return self.keep(float(rate)), marks

        def moved(rate: float) -> float:
            EXACT.put(None)
            return rate

        self.rest(own)
        self.draw_too(
            st.select_slider, "Learning rate η", value, moved, marks, options=marks, value=value, **options
        )
        return value, marks


LEAST, MOST = 1e-300, 1e300
RATE = Rate("rate", "learning rate, on the slider")
EXACT: Number[float | None] = Number(
    "exact",
    "learning rate, exactly; the slider shows it until it is moved",
    "Exact rate (until the slider is moved)",
    LEAST,
    MOST,
    None,
)


def choose_rate(
    limit: float,
    good: float,
    exact: float | None,
    known: Quadratic | None = None,
    words: str = "",
    belongs_to: Hashable = None,
    follows: bool = True,
) -> float:
    """Draw slider and strip, and give back the rate that counts.

    Args:
        limit: the rate above which the method diverges here. Where there is none (no `known`), it only says
            what is large, and no zone is marked.
        good: the rate with which the slider begins.
        known: what the method does on the loss at each rate, where that is known.
        exact: what `EXACT` says: it counts until the slider is moved.
        words: (HTML of ours) what stands where the zones would, of a method that has none.
        belongs_to: the problem for which the rate was chosen.
        follows: false while that problem only stands in for another one: see `Field.settle`.
    """
    rate, marks = RATE.draw(limit, good, exact, belongs_to, follows)
    known = known and _the_same(known)
    if known or words:
        # One element, where a chart and its words would be three.
        said = _strip(rate, limit, known, marks[0], marks[-1]) if known else f"<small>{words}</small>"
        st.html(f'<div class="rate-said">{said}</div>')
    return rate


@kept
def _the_same(known: Quadratic) -> Quadratic:
    """An equal one that may have been asked before: what it computes of itself it keeps."""
    return known


@kept
def _bands(known: Quadratic, low: float, high: float) -> list[tuple[Zone, float, float]]:
    return known.bands(low, high)


def _strip(rate: float, limit: float, known: Quadratic, low: float, high: float) -> str:
    """The zones from the least to the largest mark, the rate and the limit among them, and both in words."""
    zone, shown = known.zone(rate), min(max(rate, low), high)

    def part(at: float) -> float:
        return 100 * log(at / low) / log(high / low)

    bands = "".join(
        f'<i class="{kind}" style="left: {part(left):.2f}%; width: {part(right) - part(left):.2f}%"></i>'
        for kind, left, right in _bands(known, low, high)
    )
    marks = "".join(
        f'<i class="{name}" style="left: {part(at):.2f}%"></i>'
        for name, at in (("limit", limit), ("rate", shown))
    )
    alt = f"The rate {written(rate)} is {zone}; above {written(limit)} descent diverges on these data."
    beyond = "" if shown == rate else " (beyond this scale)"
    return (
        f'<div class="strip" role="img" aria-label="{alt}">{bands}{marks}</div>'
        f"<b>{written(rate)}{beyond}: {zone}.</b> Diverges above <b>{written(limit)}</b>."
    )
