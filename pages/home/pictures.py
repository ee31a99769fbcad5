"""The small live chart of each view on the home page; all are moved by one player."""

from functools import lru_cache

import altair as alt
import numpy as np

from calc.basins import roll
from calc.datasets import bundled, sentiment, xy
from calc.expression import parse_expression
from calc.likelihood import ascend, coin
from calc.logistic import fit as fit_classifier
from calc.logistic import sigmoid
from calc.losses import square_loss
from calc.regression import fit
from pages.shared.charts import FRAME, NOW, Columns, Spec, built_once, held, here, show, spec

STEPS = 60
"""How many steps every picture takes, so that one player fits them all."""


def draw(url_path: str) -> None:
    """Draw the picture of the view at `url_path`."""
    PICTURES[url_path]()


def linear_regression() -> None:
    """The course's houses, and a line that learns."""
    houses, run = _learning()
    show(
        _line(),
        key="picture-linear-regression",
        houses=houses,
        run=run,
        alt="Ten houses by bedrooms and price: a line starts at random and ends close to all of them.",
    )


@lru_cache(maxsize=1)
def _learning() -> tuple[Columns, Columns]:
    x, y = xy(bundled("course"), "bedrooms", "price")
    learnt = fit(x, y, rate=0.06, steps=STEPS, standardise=True, seed=0)
    return {"x": x, "y": y}, {"slope": learnt.slope, "intercept": learnt.intercept}


@built_once
def _line() -> Spec:
    across, up = alt.Scale(domain=[0, 12]), alt.Scale(domain=[0, 1_300_000])
    x = alt.X("x:Q", title="bedrooms", scale=across)
    y = alt.Y("y:Q", title="price", scale=up, axis=alt.Axis(format="~s"))
    names = alt.Scale(domain=["house", "line"])
    colour = alt.Color("kind:N", scale=names, legend=None)
    dots = (
        alt.Chart(alt.NamedData("houses"))
        .transform_calculate(kind="'house'")
        .mark_circle(size=70, opacity=1)
        .encode(x=x, y=y, color=colour)
    )
    line = (
        here()
        .transform_calculate(
            kind="'line'", x0="0", x1="12", y0="now.intercept", y1="12 * now.slope + now.intercept"
        )
        .mark_rule(size=4, clip=True)
        .encode(x=alt.X("x0:Q", scale=across), x2="x1:Q", y=alt.Y("y0:Q", scale=up), y2="y1:Q", color=colour)
    )
    return spec(alt.layer(dots, line, held("run")).add_params(FRAME, NOW).properties(height=300))


def minima() -> None:
    """Balls on a curve with two minima, of which one is global."""
    curve, run = _rolling()
    show(
        _wells(), key="picture-minima", curve=curve, run=run, balls={"i": range(4)},
        alt="Four balls roll down a curve with two valleys: two end in the deeper one, two in the other.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _rolling() -> tuple[Columns, Columns]:
    wells = parse_expression("x^4/4 - x^2 + 0.3x")
    x = np.linspace(-2.4, 2.4, 200)
    rolled = roll(wells, [-2.3, -0.5, 0.7, 2.2], method="gradient-descent", rate=0.06, steps=STEPS)
    run = {f"b{i}": rolled.w[i, :, 0] for i in range(4)} | {f"f{i}": rolled.value[i] for i in range(4)}
    return {"x": x, "f": wells(x)}, run


@built_once
def _wells() -> Spec:
    x = alt.X("x:Q", title="x", scale=alt.Scale(domain=[-2.5, 2.5]))
    f = alt.Y("f:Q", title="f(x)", scale=alt.Scale(domain=[-2, 4]))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["f", "ball"]), legend=None)
    curve = (
        alt.Chart(alt.NamedData("curve"))
        .transform_calculate(kind="'f'")
        .mark_line(size=4)
        .encode(x=x, y=f, color=colour)
    )
    balls = (
        alt.Chart(alt.NamedData("balls"))
        .transform_calculate(x="now['b' + datum.i]", f="now['f' + datum.i]", kind="'ball'")
        .mark_circle(size=220, opacity=1)
        .encode(x=x, y=f, color=colour)
    )
    return spec(alt.layer(curve, balls, held("run")).add_params(FRAME, NOW).properties(height=300))


def squares() -> None:
    """A ball rolls down the sum of three parabolas to the mean of their points."""
    each, total, run = _bowl()
    show(
        _parabolas(), key="picture-square-loss", each=each, sum=total, run=run,
        alt="Three parabolas and their sum: a ball rolls down the sum to the mean of the three points.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _bowl() -> tuple[Columns, Columns, Columns]:
    loss = square_loss([1, 3, 8])
    x = np.linspace(-2, 10, 61)
    rolled = loss.descend(-1.5, rate=0.02, steps=STEPS)
    each = {"point": np.repeat([0, 1, 2], 61), "x": np.tile(x, 3), "y": loss.parabolas(x).ravel()}
    return each, {"x": x, "y": loss(x)}, {"x": rolled.w[:, 0], "loss": rolled.loss}


@built_once
def _parabolas() -> Spec:
    across, up = alt.Scale(domain=[-2, 10], nice=False), alt.Scale(domain=[0, 160])
    x = alt.X("x:Q", title="x", scale=across)
    y = alt.Y("y:Q", title="sum of squares", scale=up)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["sum", "ball", "each"]), legend=None)
    each = (
        alt.Chart(alt.NamedData("each"))
        .transform_calculate(kind="'each'")
        .mark_line(size=2, opacity=0.5, clip=True)
        .encode(x=x, y=y, detail="point:N", color=colour)
    )
    total = (
        alt.Chart(alt.NamedData("sum"))
        .transform_calculate(kind="'sum'")
        .mark_line(size=4, clip=True)
        .encode(x=x, y=y, color=colour)
    )
    ball = (
        here()
        .transform_calculate(x="now.x", y="now.loss", kind="'ball'")
        .mark_circle(size=220, opacity=1)
        .encode(x=x, y=y, color=colour)
    )
    return spec(alt.layer(each, total, ball, held("run")).add_params(FRAME, NOW).properties(height=300))


def likelihood() -> None:
    """A coin's likelihood and its logarithm, each with a ball that climbs it."""
    curves, run = _tossing()
    show(
        _hills(), key="picture-log-versus-product", curves=curves, run=run, balls={"kind": ["product", "logarithm"]},
        alt="Two hills over p with their tops at 0.7: the ball on the product stays on flat ground, the one on its "
        "logarithm arrives.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _tossing() -> tuple[Columns, Columns]:
    tossed, p = coin(70, 100), np.linspace(0.1, 0.98, 200)
    both = ascend(tossed, 0.2, steps=STEPS)
    top, low = float(tossed.log_abs(0.7)), float(tossed.log_abs(0.1))

    def heights(at: np.ndarray) -> dict[str, np.ndarray]:
        log = tossed.log_abs(at)
        return {"product": np.exp(log - top), "logarithm": (log - low) / (top - low)}

    a, b = both.product.w[:, 0], both.log.w[:, 0]
    run = {"p_product": a, "h_product": heights(a)["product"], "p_log": b, "h_log": heights(b)["logarithm"]}
    drawn = heights(p)
    curves = {
        "p": np.tile(p, 2), "h": np.r_[drawn["product"], drawn["logarithm"]], "kind": np.repeat(list(drawn), len(p))
    }  # fmt: skip
    return curves, run


@built_once
def _hills() -> Spec:
    x = alt.X("p:Q", title="p", scale=alt.Scale(domain=[0.1, 1.0], nice=False))
    y = alt.Y("h:Q", title="scaled to see", scale=alt.Scale(domain=[-0.05, 1.1]), axis=alt.Axis(labels=False))
    names = alt.Scale(domain=["product", "logarithm"])
    curve = (
        alt.Chart(alt.NamedData("curves"))
        .mark_line(size=4, clip=True)
        .encode(x=x, y=y, color=alt.Color("kind:N", scale=names, legend=alt.Legend(title=None, orient="top")))
    )
    balls = (
        alt.Chart(alt.NamedData("balls"))
        .transform_calculate(
            p="datum.kind == 'product' ? now.p_product : now.p_log",
            h="datum.kind == 'product' ? now.h_product : now.h_log",
        )
        .mark_circle(size=260, opacity=1)
        .encode(x=x, y=y, color=alt.Color("kind:N", scale=names))
    )
    return spec(alt.layer(curve, balls, held("run")).add_params(FRAME, NOW).properties(height=270))


def sentences() -> None:
    """Sentences move along the sigmoid to their sides while a classifier learns."""
    dots, run = _classifying()
    z = np.linspace(-5, 5, 101)
    show(
        _sigmoid(), key="picture-log-loss", curve={"z": z, "p": sigmoid(z)}, dots=dots, run=run,
        alt="Points of two classes slide along the sigmoid: one class towards probability 1, the other towards 0.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _classifying() -> tuple[Columns, Columns]:
    table = sentiment()
    words = table[["good", "bad"]].to_numpy(dtype=float)
    learnt = fit_classifier(words, table["positive"], rate=1.0, steps=STEPS)
    rows = table.groupby(["good", "bad", "positive"]).size().reset_index(name="count")
    dots = {"x": rows["good"], "y": rows["bad"], "label": rows["positive"], "count": rows["count"]}
    w = learnt.weights
    return dots, {"w1": w[:, 0], "w2": w[:, 1], "b": learnt.intercept}


@built_once
def _sigmoid() -> Spec:
    x = alt.X("z:Q", title="score", scale=alt.Scale(domain=[-5, 5]))
    y = alt.Y("p:Q", title="probability", scale=alt.Scale(domain=[-0.04, 1.04], nice=False))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["1", "0", "curve"]), legend=None)
    curve = (
        alt.Chart(alt.NamedData("curve"))
        .transform_calculate(kind="'curve'")
        .mark_line(size=3)
        .encode(x=x, y=y, color=colour)
    )
    points = alt.Chart(alt.NamedData("dots")).transform_calculate(
        z="now.w1 * datum.x + now.w2 * datum.y + now.b", p="1 / (1 + exp(-datum.z))", kind="'' + datum.label"
    )
    gaps = points.mark_rule(size=2, opacity=0.5, clip=True).encode(x=x, y=y, y2="label:Q", color=colour)
    size = alt.ExprRef("60 + 30 * datum.count")
    dots = points.mark_circle(opacity=0.9, size=size, clip=True).encode(x=x, y=y, color=colour)
    chart = alt.layer(curve, gaps, dots, held("run"))
    return spec(chart.add_params(FRAME, NOW).properties(height=300))


PICTURES = {
    "linear-regression": linear_regression,
    "local-and-global-minima": minima,
    "log-versus-product": likelihood,
    "square-loss": squares,
    "log-loss": sentences,
}
