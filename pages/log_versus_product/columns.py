"""The columns that the charts of `log-versus-product` draw, kept by the product and its window."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from calc.descent import Run
from calc.likelihood import (
    Ascent,
    Hill,
    LikelihoodError,
    Maximisation,
    Precision,
    Product,
    Side,
    Underflow,
    climb,
    course_product,
    find_hill,
    maximise,
    precision,
    random_probabilities,
    slope_of_abs,
    underflow,
)
from pages.shared.charts import Columns, table
from pages.shared.memory import kept
from pages.shared.turns import run_in_worker

GRID = 401
ALONG = 41
STEPS = 200
ROUNDING = 1e-12
NOTES_PRODUCT = course_product()


@dataclass(frozen=True, eq=False)
class Picture:
    """f along a window of p: the curve, its top, and the ends of the axes.

    Attributes:
        curve: p, share, log, sign, piece.
        negative: whether f is that anywhere.
        top: log|f| at the greatest value drawn; 0 where f is nowhere defined.
        found: where |f| is greatest.
        view: x0, x1, l0, l1, top: p where it is greatest.
    """

    curve: pa.Table
    negative: bool
    top: float
    found: Maximisation
    view: dict[str, float]


@kept
def picture(product: Product, low: float, high: float) -> Picture:
    """f on a grid, with more points where the maximum is narrow.

    Raises:
        LikelihoodError: as `maximise`.
    """
    found = maximise(product, low, high)
    even = np.linspace(low, high, GRID)
    p = np.unique(np.concatenate([even, *(_around(product, peak.p) for peak in found.peaks[:10])]))
    p = p[(p >= low) & (p <= high)]
    log, sign = product.log_abs(p), product.sign(p)
    there = np.isfinite(log)
    top = float(log[there].max()) if there.any() else 0.0
    floor = float(np.quantile(log[there], 0.03)) if there.any() else -1.0
    reach = max(top - floor, 1e-3 * max(1.0, abs(top)))
    turns = (np.diff(sign, prepend=sign[0]) != 0) | (np.diff(there, prepend=there[0]) != 0)
    negative = sign[there] < 0
    curve: Columns = {
        "p": p[there],
        "share": np.exp(log[there] - top),
        "log": log[there],
        "sign": np.where(negative, "f < 0", "f > 0"),
        "piece": np.cumsum(turns)[there],
    }
    view = {"x0": low, "x1": high, "l0": top - 1.02 * reach, "l1": top + 0.12 * reach}
    view["top"] = found.best.p if found.best else low
    return Picture(table(curve), bool(negative.any()), top, found, view)


def _around(product: Product, p: float) -> np.ndarray:
    """Points within eight widths of a peak: log|f| is nearly a parabola there."""
    h = 1e-6 * max(1.0, abs(p))
    bend = float(product.log_derivative(p - h) - product.log_derivative(p + h)) / (2 * h)
    return p + np.linspace(-8, 8, 161) / np.sqrt(bend) if 0 < bend < np.inf else np.empty(0)


@kept
def hill(product: Product, start: float) -> Hill:
    """What lies around the start, whatever the rate and the steps."""
    return run_in_worker(find_hill, product, start)


@kept
def climbed(product: Product, start: float, steps: int, times: float, boost: int) -> Ascent:
    """Both ascents, at `times` the safe rate; on f the rate is multiplied by 10^boost too.

    Raises:
        LikelihoodError: for a start where log|f| has no slope.
    """
    on_f, on_log = (rate(product, start, side, times, boost) for side in ("product", "log"))
    one = run(product, start, "product", steps, on_f)
    return Ascent(one, run(product, start, "log", steps, on_log), on_f, on_log)


def rate(product: Product, start: float, side: Side, times: float, boost: int) -> float:
    """The learning rate of one of the two ascents."""
    return hill(product, start).safe_rate * times * (10.0**boost if side == "product" else 1.0)


@kept
def run(product: Product, start: float, side: Side, steps: int, rate: float) -> Run:
    """One of the two ascents.

    Raises:
        LikelihoodError: for a start where log|f| has no slope.
    """
    return run_in_worker(climb, product, start, side, hill=hill(product, start), steps=steps, rate=rate)


@kept
def balls(product: Product, both: Ascent | None, drawn: Picture, start: float) -> pa.Table:
    """Where the two balls are by step, and the slopes of both curves at the logarithm's.

    One without a place stays where it was last, within the window; beyond it there is no tangent.
    """
    if both is None:
        a = b = np.full(2, start)
        slope = np.full(2, np.nan)
    else:
        a, b = (_held(run.w[:, 0], drawn.view) for run in (both.product, both.log))
        slope = np.where(b == both.log.w[:, 0], -both.log.gradient[:, 0], np.nan)
    with np.errstate(all="ignore"):
        slope = np.where(
            at_top(b, drawn) | (np.abs(slope) <= ROUNDING * np.fmax.reduce(np.abs(slope))), 0.0, slope
        )
        logs_a, logs_b = product.log_abs(a), product.log_abs(b)
        # That of |f|, which may be beyond every float, as a power of ten: |f|′ = |f| (log|f|)′.
        power = (logs_b + np.log(np.abs(slope))) / np.log(10)
        exponent = np.where(np.isfinite(power), np.floor(power), 0.0)
        in_float64 = slope_of_abs(product, b)
        shares = [
            np.exp(np.minimum(np.nan_to_num(logs, nan=-1e300) - drawn.top, 0.0)) for logs in (logs_a, logs_b)
        ]
        return table(
            {
                "a": a, "share": shares[0], "b": b, "b_share": shares[1],
                "b_log": np.maximum(np.nan_to_num(logs_b, nan=-1e300, neginf=-1e300), drawn.view["l0"]),
                "slope": slope, "share_slope": slope * shares[1],
                "digits": np.nan_to_num(np.sign(slope) * 10 ** (power - exponent)), "exponent": exponent,
                "lost": np.where(np.isfinite(in_float64), np.where((in_float64 == 0) & (slope != 0), 0.0, np.nan), 1.0),
            }
        )  # fmt: skip


def at_top(p: np.ndarray, drawn: Picture) -> np.ndarray:
    """Where a ball is at the maximum but for rounding, which leaves 1e-15 of a slope that is zero; not at an end."""
    best = drawn.found.best
    if best is None or best.end:
        return np.zeros(len(p), dtype=bool)
    return np.abs(p - best.p) <= ROUNDING * max(1.0, abs(best.p))


@dataclass(frozen=True, eq=False)
class Rates:
    """The learning rates that take a ball to the top in one step, from each place on the way there.

    Attributes:
        p: the places, from the start on.
        on_f, on_log: the rates as powers of ten, (n,) each.
    """

    p: np.ndarray
    on_f: np.ndarray
    on_log: np.ndarray

    def spread(self, powers: np.ndarray) -> float:
        """By which power of ten the greatest is the least's multiple."""
        return float(powers.max() - powers.min())


@kept
def rates(product: Product, start: float) -> Rates | None:
    """(top - p) / slope at each p from the start to the top; None where no top is found, or the start is it."""
    try:
        top = hill(product, start).top
    except LikelihoodError:
        return None
    if top is None or abs(top - start) < 1e-6 * max(1.0, abs(top)):
        return None
    p = np.linspace(start, top, 101)[:-1]
    with np.errstate(all="ignore"):
        on_log = np.log10((top - p) / product.log_derivative(p))
        on_f = on_log - product.log_abs(p) / np.log(10)
    there = np.isfinite(on_log) & np.isfinite(on_f)
    return Rates(p[there], on_f[there], on_log[there]) if there.any() else None


def _held(w: np.ndarray, view: dict[str, float]) -> np.ndarray:
    """The places of a run, those that are no number replaced by the last that was one."""
    good = np.isfinite(w)
    last = np.maximum.accumulate(np.where(good, np.arange(len(w)), 0))
    return np.asarray(np.clip(w[last], view["x0"], view["x1"]))


@kept
def at_one(product: Product, p: float) -> Precision:
    """The quantities at one p in every type, and the truth."""
    return precision(product, [p])


def along(product: Product, low: float, high: float) -> Precision:
    """The same along p, at the middles of equal stretches; about half a second."""
    edges = np.linspace(low, high, ALONG + 1)
    return precision(product, (edges[1:] + edges[:-1]) / 2)


def cells(found: Precision) -> Columns:
    """What happened, as one rectangle for each p, quantity and type."""
    half = (found.p[1] - found.p[0]) / 2
    rows = [f"{quantity.replace(chr(39), '′')}  {name}" for quantity, name in found.results]
    kinds = [kind for reading in found.results.values() for kind in reading.outcomes]
    return {
        "p": np.tile(found.p - half, len(rows)),
        "p2": np.tile(found.p + half, len(rows)),
        "row": np.repeat(rows, len(found.p)),
        "kind": kinds,
    }


def digits(found: Precision, quantity: str) -> Columns:
    """The digits that are right, by p and type."""
    readings = {name: reading for (what, name), reading in found.results.items() if what == quantity}
    return {
        "p": np.tile(found.p, len(readings)),
        "digits": np.concatenate([reading.digits for reading in readings.values()]),
        "type": np.repeat(list(readings), len(found.p)),
    }


@kept
def vanished(n: int, low: float, high: float, seed: int) -> tuple[Underflow, Underflow]:
    """All n factors; and those up to a little after float64 has reached 0, looked at closely.

    Raises:
        LikelihoodError: as `random_probabilities` and `underflow`.
    """
    p = random_probabilities(n, low, high, seed)
    found = underflow(p)
    zero = found.types["float64"].zero_at
    return found, underflow(p[: min(n, max(20, int(1.25 * (zero or n))))])


def running(close: Underflow) -> dict[str, Columns]:
    """The product so far as a power of ten, by type, and where each type becomes 0."""
    n: list[int] = []
    power: list[float] = []
    kind: list[str] = []
    ends: dict[str, list[Any]] = {name: [] for name in ("n", "power", "type", "text", "side", "dx", "dy")}
    for name, run in close.types.items():
        there = run.product > 0
        with np.errstate(divide="ignore"):
            logs = np.log10(run.product[there].astype(float))
        n, power, kind = (
            [*n, *close.steps[there]],
            [*power, *logs],
            [*kind, *[name] * int(there.sum())],
        )
        if run.zero_at is not None and there.any():
            beside = {"float16": ("left", 12, -6), "float32": ("left", 14, -6), "float64": ("right", -14, 8)}
            values = (run.zero_at, logs[-1], name, f"0 from factor {run.zero_at:,} on", *beside[name])
            for column, value in zip(ends.values(), values, strict=True):
                column.append(value)
    true = np.isfinite(close.log10)
    lines = {
        "n": np.r_[n, close.steps[true]],
        "power": np.r_[power, close.log10[true]],
        "type": [*kind, *["truth"] * int(true.sum())],
    }
    low = min(-1.0, float(lines["power"].min()))
    return {"running": lines, "ends": ends, "view": {"n": [int(close.steps[-1])], "low": [1.05 * low]}}


def sums(found: Underflow) -> Columns:
    """The sums of logs by type and the true one, as far as they are numbers."""
    every = {"truth": found.log_sum} | {
        name: run.log_sum.astype(float) for name, run in reversed(found.types.items())
    }
    there = {name: np.isfinite(values) for name, values in every.items()}
    return {
        "n": np.concatenate([found.steps[there[name]] for name in every]),
        "sum": np.concatenate([values[there[name]] for name, values in every.items()]),
        "type": np.concatenate([np.repeat(name, int(there[name].sum())) for name in every]),
    }
