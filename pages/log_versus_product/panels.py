"""The numbers of both ascents below their charts, how each run ended, and the maximiser."""

from dataclasses import replace

import numpy as np
import streamlit as st

from calc.descent import Advice, Run, Status
from calc.descent.advice import advised, in_order, more_steps
from calc.likelihood import Ascent, Product, Side
from calc.likelihood.maximise import Peak
from calc.numbers import written, written_exp
from pages.log_versus_product import columns as data
from pages.log_versus_product.columns import Picture
from pages.log_versus_product.controls import COIN, STEPS, TIMES, Setting
from pages.shared import run
from pages.shared.layout import lead_to

MOST_THERE = 100
"""Heads or tails of the coin of the log loss."""
P = "<mi>p</mi>"
SIZE = '<mo form="prefix">|</mo><mi>f</mi><mo form="postfix">|</mo>'
SLOPES: dict[Side, str] = {
    "product": f"<msup><mrow>{SIZE}</mrow><mo>′</mo></msup>",
    "log": f"<msup><mrow><mo>(</mo><mi>log</mi>{SIZE}<mo>)</mo></mrow><mo>′</mo></msup>",
}


def update(side: Side, both: Ascent, drawn: Picture, setting: Setting) -> None:
    """The numbers of one of the two ascents."""
    ascent, rate = (both.product, both.product_rate) if side == "product" else (both.log, both.log_rate)
    # The update that lost the ball stays: nothing comes after it.
    lost = np.flatnonzero(~np.isfinite(ascent.w[:, 0]))
    count = lost[0] + 1 if lost.size else len(ascent.w)
    p = ascent.w[:count, 0]
    slope = np.where(data.at_top(p, drawn), 0.0, np.resize(-ascent.gradient[:, 0], count))
    best = drawn.found.best
    verdict: tuple[str, dict[str, run.Column]] = (
        ('the slope is <b data-name="p-direction" data-digits="3"></b>', {})
        if best is None
        else (
            'p is <b data-name="away" data-digits="3"></b> away from the maximum',
            {"away": np.abs(p - best.p)},
        )
    )
    run.numbers(
        run.Update(P, run.direction("", SLOPES[side], P), {"p": P}, sign="+", narrow=True),
        {"p": p, "p-direction": slope, "rate": rate, "size": -ascent.loss[:count]},
        [run.Big("|f|" if side == "product" else "log |f|", "size")],
        verdict=verdict,
        status=_ended(side, both, drawn, setting),
        lines=4,
        key=f"update-{side}",
    )


def _ended(side: Side, both: Ascent, drawn: Picture, setting: Setting) -> Status:
    """How a run ended, and what would help."""
    ascent, rate = (both.product, both.product_rate) if side == "product" else (both.log, both.log_rate)
    if data.at_top(ascent.w[:, 0], drawn).all():
        return Status("converged", 0, "It starts at the top, where the slope is 0, and stays there.")

    def of(ascent: Run) -> tuple[Status, float]:
        return _status(side, ascent.w[:, 0], ascent.status, setting), float(ascent.loss[-1])

    def again(advice: Advice) -> tuple[Status, float]:
        taken = {"steps": setting.steps, "times": setting.times} | {advice.control: advice.value}
        tried = data.rate(setting.product, setting.start, side, taken["times"], setting.boost)
        return of(data.run(setting.product, setting.start, side, int(taken["steps"]), tried))

    status, last = of(ascent)
    largest, start, slope = rate * max(TIMES.options) / setting.times, ascent.w[0, 0], ascent.gradient[0, 0]
    times = [
        Advice("times", value, f"Set the rate to {written(value)} times the safe one.")
        for value in sorted(TIMES.options, key=lambda value: abs(np.log(value / setting.times)))
    ]
    smaller = [advice for advice in times if advice.value < setting.times]
    larger = [advice for advice in times if advice.value > setting.times]
    steps = [advice for advice in more_steps(setting.steps, STEPS.high) if advice.value % 10 == 0]
    # On ground so flat that not even the largest rate moves the ball nothing has to be tried.
    flat = start - largest * slope == start
    tried = () if flat else in_order(status, smaller, (*steps, *larger))
    advised_one = advised(status, last, tried, again)
    # That the product fails is the lesson, not a fault of the page.
    return replace(advised_one, kind="moving") if side == "product" else advised_one


def _status(side: Side, p: np.ndarray, status: Status, setting: Setting) -> Status:
    """How a run ended; of a coin without heads or tails that it left 0 to 1, where its maximum is an end."""
    if setting.slug == COIN and len(setting.product.written) == 1:
        with np.errstate(invalid="ignore"):
            outside = np.flatnonzero((p <= 0) | (p >= 1))
        if outside.size:
            status = Status(
                "diverged",
                int(outside[0]),
                f"At step {outside[0]} the run left 0 to 1, where p is no probability. The greatest value lies at "
                "the end, where the slope is not 0: the ball has to be stopped there.",
                final=True,
            )
    return status


def finding(side: Side, both: Ascent | None, drawn: Picture) -> str:
    """What a chart shows, for those who do not see it."""
    best = drawn.found.best
    which = "The product |f|" if side == "product" else "The logarithm of |f|"
    where = f"greatest at p = {written(best.p, 6)}" if best else "without a greatest value here"
    if both is None:
        return f"{which} along p, {where}."
    ascent = both.product if side == "product" else both.log
    ends = [written(value, 6) if np.isfinite(value) else "no number" for value in ascent.w[[0, -1], 0]]
    return f"{which} along p, {where}. Its ball starts at {ends[0]} and ends at {ends[1]}."


def closed_form(best: Peak | None, product: Product, slug: str) -> list[str]:
    """The maximiser as a fraction, if it has such a form: of a coin k/n, which of another product is none."""
    if best is None or best.exact is None or best.end:
        return []
    heads, tosses = (
        sum(factor.exponent for factor in part) for part in (product.factors[:1], product.factors)
    )
    if slug == COIN and best.exact * tosses == heads:
        return [f"Exactly, $k/n$ = {heads}/{tosses} = {written(best.p, 6)}."]
    return [f"Exactly, $p = {best.latex}$."]


def maximiser(drawn: Picture, setting: Setting) -> None:
    """The common maximiser, its closed form, the sign trap, the zeros."""
    found, product = drawn.found, setting.product
    best, parts = found.best, [found.text]
    parts += closed_form(best, product, setting.slug)
    parts.append(f"The greatest |f| drawn is about {written_exp(drawn.top)}.")
    if drawn.negative:
        parts.append(
            "**The sign trap:** where f is negative it has no logarithm, so it is the logarithm of |f| that is "
            "taken. Its derivative is f′/f all the same, whatever the sign."
        )
    inside = [zero for zero in found.zeros if found.low <= zero <= found.high][:6]
    if inside and setting.slug != COIN:
        parts.append(
            f"f is 0 at p = {', '.join(map(written, inside))}: there log|f| falls to −∞, and a ball "
            "climbs only the hill on its own side."
        )
    st.markdown(" ".join(parts).replace("|f|", r"\|f\|"))
    if setting.slug == COIN:
        heads, tails = (int(factor.exponent) for factor in product.factors)
        if max(heads, tails) <= MOST_THERE:
            lead_to(
                "log-loss", "The log loss of the same coin: minus this logarithm, divided by n",
                heads=heads, tails=tails,
            )  # fmt: skip
