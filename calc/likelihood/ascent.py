r"""Gradient ascent on |f| and on log|f| from the same start: one finds the top, the other does not move.

.. math:: p_{k+1} = p_k + \eta \, |f|'(p_k) \qquad p_{k+1} = p_k + \eta \, (\log|f|)'(p_k)

Both are run as descents on the negative, by the loop of all other pages.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np

from calc.descent import Run, Status, descend
from calc.descent.method import Array, Method
from calc.descent.status import UP
from calc.likelihood.maximise import bracket_peak
from calc.likelihood.precision import compute
from calc.likelihood.product import LikelihoodError, Product
from calc.likelihood.true_values import true_values
from calc.numbers import counted, written

Side: TypeAlias = Literal["product", "log"]

MIN_MOVE = 1e-6
"""Less than a pixel of p: the run is shown as one that stands still."""
SEARCH_RADII = (1000.0, 30.0, 1.0, 0.03)
"""The widest first: f may have too many zeros there, then a narrower one is tried."""


@dataclass(frozen=True, eq=False)
class Ascent:
    """Both runs, (k+1, 1) each, from the same start; `loss` is -|f| and -log|f|.

    Attributes:
        product, log: the runs.
        product_rate, log_rate: their learning rates.
    """

    product: Run
    log: Run
    product_rate: float
    log_rate: float


@dataclass(frozen=True)
class Hill:
    """What lies around a start.

    Attributes:
        low, high: the neighbouring zeros or poles of f (or inf), between which it lies.
        top: the one next to it between them, if one was found.
        safe_rate: one over the greatest curvature of log|f| between the start and the top, with which gradient ascent
            cannot overshoot where log|f| is concave.
    """

    low: float
    high: float
    top: float | None
    safe_rate: float


def ascend(
    product: Product,
    start: float,
    *,
    hill: Hill | None = None,
    steps: int = 200,
    rate: float | None = None,
    product_rate: float | None = None,
    method: str | Method = "gradient-descent",
) -> Ascent:
    """Climb |f| and log|f| from the same start.

    Args:
        start: p_0, where f is neither zero nor undefined.
        hill: that of the start, where it is known: to find it takes longer than to climb it.
        steps: of each run.
        rate: the learning rate on log|f|; None takes the hill's safe one.
        product_rate: that on |f|; None takes the same.
        method: a name from `calc.descent.METHODS`.

    Raises:
        LikelihoodError: for a start where log|f| or its derivative does not exist.
        ValueError: as `calc.descent.descend`.

    >>> from calc.likelihood.product import coin
    >>> both = ascend(coin(700, 1000), 0.5)
    >>> float(both.log.w[-1, 0].round(6)), float(both.product.w[-1, 0])
    (0.7, 0.5)
    """
    hill = find_hill(product, start) if hill is None else hill
    log_rate = hill.safe_rate if rate is None else float(rate)
    product_rate = log_rate if product_rate is None else float(product_rate)
    on_product = climb(product, start, "product", hill=hill, steps=steps, rate=product_rate, method=method)
    on_log = climb(product, start, "log", hill=hill, steps=steps, rate=log_rate, method=method)
    return Ascent(on_product, on_log, product_rate, log_rate)


def climb(
    product: Product,
    start: float,
    side: Side,
    *,
    hill: Hill,
    steps: int,
    rate: float,
    method: str | Method = "gradient-descent",
) -> Run:
    """One of the two runs of `ascend`.

    Args:
        start, steps, rate, method: as there.
        side: "product" for that on |f|, "log" for that on log|f|.
        hill: that of the start.

    Raises:
        ValueError: as `calc.descent.descend`.

    >>> from calc.likelihood.product import coin
    >>> tossed = coin(7, 10)
    >>> float(climb(tossed, 0.5, "log", hill=find_hill(tossed, 0.5), steps=60, rate=0.02).w[-1, 0].round(6))
    0.7
    """
    if side == "log":
        gradient, loss = product.log_derivative, product.log_abs
    else:
        gradient, loss = partial(slope_of_abs, product), lambda p: np.abs(product(p))
    run = descend(
        _memoised(lambda w: -gradient(w)),
        [start],
        method=method,
        rate=rate,
        steps=steps,
        loss=lambda w: -loss(w[:, 0]),
        words=UP,
    )
    run = replace(run, status=_status_between_zeros(product, run, hill))
    return run if side == "log" else replace(run, status=_product_status(product, start, run))


def _memoised(gradient: Callable[[Array], Array]) -> Callable[[Array, int], Array]:
    """The gradient for `descend`, not computed again while the run stands still: on flat ground, or at the top."""
    last: dict[bytes, Array] = {}

    def memoised(w: Array, k: int) -> Array:
        at = w.tobytes()
        if at not in last:
            last.clear()
            last[at] = gradient(w)
        return last[at]

    return memoised


def slope_of_abs(product: Product, p: Array) -> Array:
    """|f|' = sign(f) f' by the product rule, in float64."""
    return np.asarray(product.sign(p) * compute(product, p, "f'", "float64"))


def find_hill(product: Product, start: float) -> Hill:
    """The zeros or poles of f next to the start, and the top between them, looked for some 1000 away.

    Where f has too many zeros for that, it is looked at more closely.

    Raises:
        LikelihoodError: for a start where log|f| or its derivative does not exist.
    """
    slope = float(product.log_derivative(start))
    if not (abs(start) <= 1e90 and math.isfinite(slope)):
        raise LikelihoodError("At this start f is zero or undefined, so its logarithm has no slope: move it.")
    low, high, top = -math.inf, math.inf, None
    for reach in SEARCH_RADII:
        with suppress(LikelihoodError):
            low, high, top = _around(product, start, reach)
            break
    return Hill(low, high, top, _safe_rate(product, start, top))


def _around(product: Product, start: float, reach: float) -> tuple[float, float, float | None]:
    """The hill of the start, looked for in an interval that neighbouring starts share: so they see the same."""
    width = reach * 2.0 ** math.floor(math.log2(max(1.0, abs(start))))
    middle = round(4 * start / width) * width / 4
    return bracket_peak(product, start, middle - width, middle + width)


def _safe_rate(product: Product, start: float, top: float | None) -> float:
    """One over the greatest curvature of log|f| from the start to the top."""
    ends = np.linspace(start, start if top is None else top, 65)
    curvatures = np.zeros(ends.size)
    with np.errstate(all="ignore"):
        for factor in product.factors:
            jet = factor.base.jet(ends)
            curvatures += float(factor.exponent) * (jet.second / jet.value - (jet.first / jet.value) ** 2)
    # Where all of the way is one place, as at an end, there may be none.
    steepest = float(np.nanmax(np.abs(curvatures), initial=0.0))
    return 1 / steepest if 0 < steepest < math.inf else 0.01


def _product_status(product: Product, start: float, run: Run) -> Status:
    """What the run on the product means: a gradient that underflowed is no summit."""
    gradient, loss = float(run.gradient[0, 0]), float(run.loss[0])
    unmoved = run.status.kind == "moving" and abs(float(run.w[-1, 0]) - start) < MIN_MOVE
    if math.isfinite(gradient) and math.isfinite(loss) and gradient != 0 and not unmoved:
        return run.status
    true = true_values(product, start)
    count = len(run.w) - 1
    if gradient == 0 and true.derivative != 0:
        text = (
            f"Not moved: the slope at the start is about {_power_of_ten(true.derivative)}, too small for a "
            "float64, which makes it 0. Ascent sees flat ground. Climb the logarithm instead."
        )
        return Status("moving", count, text, final=True)
    if unmoved:
        text = (
            f"Hardly moved: the slope is about {_power_of_ten(true.derivative)}, so {count} steps come to "
            "nothing, and no one rate suits both here and near the top. Climb the logarithm instead."
        )
        return Status("moving", count, text, final=True)
    if math.isfinite(gradient) and math.isfinite(loss):
        return run.status
    text = (
        f"Diverged at the start: f is about {_power_of_ten(true.value)} there, too large for a float64, and its "
        "derivative is not a number. Climb the logarithm instead."
    )
    return replace(run.status, text=text, final=True)


def _power_of_ten(value: Any) -> str:
    """An mpmath number of any size as "−1.28·10⁴⁹⁷"."""
    return written(Decimal(value.context.nstr(value, 20)), 3)


def _status_between_zeros(product: Product, run: Run, hill: Hill) -> Status:
    """The status, or that the run jumped over a zero or a pole of f, or that its top is known to lie ahead."""
    low, high, top = hill.low, hill.high, hill.top
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero(~((run.w[:, 0] > low) & (run.w[:, 0] < high)))
    if not outside.size:
        if run.status.final and top is not None and run.status.kind == "moving":
            steps = counted(len(run.w) - 1, "step")
            text = f"Still climbing after {steps}, as steeply as ever: the top, at p = {written(top)}, is still ahead."
            return Status("moving", len(run.w) - 1, text)
        return run.status
    at = int(outside[0])
    edge = low if run.w[at, 0] <= low else high
    if not math.isfinite(edge):
        return run.status
    what = "pole" if _is_pole(product, edge) else "zero"
    met = "landed on" if run.w[at, 0] == edge else "jumped over"
    return Status(
        "diverged",
        at,
        f"Diverged: at step {at} the run {met} a {what} of f, to p = {written(run.w[at, 0])}, where the "
        "formula goes on but means something else.",
    )


def _is_pole(product: Product, at: float) -> bool:
    """Whether f grows without bound there: beside it log|f| is higher than a little further away."""
    near, far = (
        at + 1e-9 * max(1.0, abs(at)) * np.array([-1, 1]),
        at + 1e-6 * max(1.0, abs(at)) * np.array([-1, 1]),
    )
    with np.errstate(all="ignore"):
        return bool((product.log_abs(near) > product.log_abs(far)).any())
