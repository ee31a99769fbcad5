"""The parts of the classifier below its charts, and the update with its numbers put in."""

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from calc.descent import Status
from calc.descent.advice import advised_rate_or_steps, ending
from calc.logistic import Classifier, LogisticFit, Loss, PointLoss, point_loss
from calc.numbers import share, written
from pages.log_loss.classifier import charts
from pages.log_loss.classifier import columns as data
from pages.log_loss.classifier.controls import STEPS, Setting
from pages.log_loss.classifier.table import Table
from pages.shared import run
from pages.shared.charts import show
from pages.shared.layout import unfolded
from pages.shared.memory import kept
from pages.shared.player import readout
from pages.shared.tables import show_table, table_of

WEIGHTS = '<mi mathvariant="bold">w</mi>'
COORDINATES = {
    "w1": "<msub><mi>w</mi><mn>1</mn></msub>",
    "w2": "<msub><mi>w</mi><mn>2</mn></msub>",
    "b": "<mi>b</mi>",
}


def ended(setting: Setting, fit: LogisticFit) -> Status:
    """How the run ended, and what would help."""
    return advised_rate_or_steps(
        ending(fit),
        lambda rate, steps: ending(data.fitted(setting.table, setting.loss, rate, steps, setting.wrong)),
        rate=fit.rate, steps=setting.steps, most=STEPS.high, safe=fit.safe_below,
    )  # fmt: skip


OTHER: dict[Loss, Loss] = {"log": "square", "square": "log"}


def update(setting: Setting, fits: data.Fits, status: Status) -> None:
    """The update of both weights and the intercept, and how good the classifiers of both losses are by now."""
    fit, other = fits[setting.loss], OTHER[setting.loss]
    right, others = (100 * each.accuracy() for each in (fit, fits[other]))
    columns: dict[str, run.Column] = {"loss": fit.loss, "right": right, "others": others, "rate": fit.rate}
    coordinates = {
        name: sign for name, sign in COORDINATES.items() if name != "w2" or len(setting.table.names) == 2
    }
    for place, name in enumerate(coordinates):
        columns |= {name: fit.run.w[:, place], f"{name}-direction": fit.run.gradient[:, place]}
    run.numbers(
        run.Update(WEIGHTS, run.direction("", "<mo>∇</mo><mi>L</mi>", WEIGHTS), coordinates, digits=4),
        columns,
        [
            run.Big("loss", "loss", 3),
            run.Big("right", "right", 2, suffix="%"),
            run.Big(f"by {other} loss", "others", 2, suffix="%"),
        ],
        verdict=_verdict(setting, fit),
        status=status,
        lines=4,
    )


def _verdict(setting: Setting, fit: LogisticFit) -> tuple[str, dict[str, run.Column]]:
    """How far the log loss is above its least; of the square loss none is known, so how many points are right."""
    least = data.exact(setting.table) if setting.loss == "log" else None
    if least is None:
        count = len(setting.table.y)
        said = f'<b data-name="count"></b> of {count:,} points are on their side of the boundary'
        return said, {"count": np.round(count * fit.accuracy())}
    if least.classifier is None:
        return run.above(fit.loss, least.loss, f"{written(least.loss)}, which no weights reach")
    return run.times_the_least(fit.loss, least.loss, "log loss")


def _each(classifier: Classifier, table: Table) -> PointLoss:
    """Each point's loss; that of weights that overflowed is as large as a float can be."""
    with np.errstate(all="ignore"):
        return point_loss(np.clip(np.nan_to_num(classifier.score(table.x)), -1e300, 1e300), table.y)


def _written(at: Classifier, loss: float) -> list[str]:
    """Both weights, or the only one, the intercept and the loss."""
    none = ["–"] * (2 - len(at.weights))
    return [
        *(written(weight, 5) for weight in at.weights),
        *none,
        *(written(value, 5) for value in (at.intercept, loss)),
    ]


def in_numbers(table: Table, fits: data.Fits) -> None:
    """Both descents beside the exact answer, in the units of the data."""
    rows = {}
    for name, fit in fits.items():
        at = fit.classifier
        log = float(_each(at, table).log.mean())
        numbers = _written(at, log)
        rows[f"the {name} loss"] = [*numbers, share(fit.accuracy()[-1])]
    found = data.exact(table)
    if found is not None and found.classifier is not None:
        best = found.classifier
        right = np.mean((best.score(table.x) > 0) == (table.y == 1))
        numbers = _written(best, found.loss)
        rows["least log loss, exactly (Newton)"] = [*numbers, share(float(right))]
    elif found is not None:
        rows["least log loss: there is none"] = ["–", "–", "–", f"towards {written(found.loss)}", "–"]
    names = ["descent on", "w₁", "w₂", "b", "mean log loss", "on their side"]
    show_table([dict(zip(names, (name, *row), strict=True)) for name, row in rows.items()])


ANSWER = """
<div>good {good}, bad {bad}: praise with p = <b data-name="p" data-digits="3"></b></div>
<div class="steady">loss <b data-name="praise" data-digits="3"></b> if it is,
<b data-name="complaint" data-digits="3"></b> if not</div>
"""


def answer(fit: LogisticFit, said: tuple[int, ...]) -> None:
    """What the classifier of each step makes of the visitor's own sentence."""
    with np.errstate(all="ignore"):
        score = np.nan_to_num(fit.weights @ np.array(said) + fit.intercept)
    praise, complaint = (point_loss(score, label) for label in (1, 0))
    columns = {
        "p": praise.probability,
        "praise": getattr(praise, fit.kind),
        "complaint": getattr(complaint, fit.kind),
    }
    readout(ANSWER.format(good=said[0], bad=said[1]), columns, key="answer")


@kept
def ceiling(table: Table) -> tuple[pa.Table, int]:
    """The sentences by their two counts, and how many of all could be right at most."""
    places, at = np.unique(table.x.astype(int), axis=0, return_inverse=True)
    praise, complaints = (np.bincount(at.ravel(), table.y == label).astype(int) for label in (1, 0))
    most = np.maximum(praise, complaints)
    names = "“good”", "“bad”", "praise", "complaints", "right at most"
    rows = np.column_stack([places, praise, complaints, most]).astype(str).tolist()
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return table_of(found), int(most.sum())


def why_no_more(table: Table) -> None:
    """Why no classifier of the two counts does better."""
    rows, most = ceiling(table)
    count = len(table.y)
    st.markdown(
        "All that the classifier is told of a sentence is how often it has the two words. Sentences with the same two "
        "counts are one point to it, and it gives them all the same answer, so at each point the rarer kind is wrong: "
        "“Not good at all” counts like “A good, honest book”. "
        f"Added up, **{most} of {count}** can be right, {share(most / count)}, whatever the weights, the rate or the "
        "loss. To do better it needs another feature: whether a “not” stands before."
    )
    show_table(rows)


def why() -> None:
    """Both gradients of one point: what a confident wrong answer gets."""
    words, chart = st.columns([4, 5], gap="medium")
    words.markdown(
        "A point with label 1 should have a large score z. That is its margin: how far it lies on the right side "
        "(of a point with label 0 it is −z). The derivative of its loss by z says how hard it pulls.\n\n"
        "The log loss pulls a confident wrong answer with almost 1, the square loss with almost 0: with it, the worse "
        "the mistake, the less is done about it. Try both with **Start confidently wrong**."
    )
    with chart:
        show(
            charts.gradients(), {"gradients": data.curves()["gradients"]}, key="gradients",
            alt="Derivatives of both losses by z for label 1: far on the wrong side that of the log loss is −1, "
            "that of the square loss 0.",
        )  # fmt: skip
    st.markdown(NEVER_ENDS)


NEVER_ENDS = (
    "**Why it never ends** where a line has all points on their sides, as in the sentences without “not good”: "
    "doubling the weights leaves the line where it is but doubles every margin, and each point's loss "
    "$\\ln(1 + e^{-m})$ falls. There is no best weight: the sigmoid only grows steeper. With points of both classes "
    "mixed, as in the 74 sentences, too large weights are punished by those on the wrong side."
)


def more(table: Table, fits: data.Fits, loss: Loss) -> None:
    """On demand: what stands behind the picture, all numbers, where the gradient comes from."""
    unfolded("Why the log loss: a confident wrong answer is corrected", "why", why)
    if table.sentences and ceiling(table)[1] < len(table.y):
        unfolded("Why it never gets more than 70% right", "ceiling", why_no_more, table)
    unfolded("In numbers: both losses, the exact answer, every row", "every-row", _numbers, table, fits, loss)
    unfolded("Where the update comes from", "log-derivation", _derivation)


def _derivation() -> None:
    st.markdown(DERIVATION)


def _numbers(table: Table, fits: data.Fits, loss: Loss) -> None:
    in_numbers(table, fits)
    at = _each(fits[loss].classifier, table)
    shown = {"sentence": table.sentences} if table.sentences else {}
    columns = {
        **shown,
        **dict(zip(table.names, table.x.T, strict=True)),
        "label": table.y.astype(int),
        f"probability of {table.labels[0]}": at.probability,
        "log loss": at.log,
        "square loss": at.square,
    }
    st.dataframe(pd.DataFrame(columns).sort_values("log loss", ascending=False), hide_index=True, height=320)


DERIVATION = r"""
The model is $p = \sigma(z) = \frac{1}{1 + e^{-z}}$ with $z = w_1 x_1 + w_2 x_2 + b$. The probability of all labels
is a product of many numbers below 1, so one takes its logarithm; per point, with the sign turned:

$$
\ell = -\,y \ln p - (1 - y) \ln(1 - p)
$$

The sigmoid's derivative is $\sigma'(z) = p\,(1 - p)$, so by the chain rule

$$
\frac{d\ell}{dz} = \left(-\frac{y}{p} + \frac{1 - y}{1 - p}\right) p\,(1 - p)
$$

$$
\frac{d\ell}{dz} = \frac{\partial \ell}{\partial b} = p - y
$$

$$
\frac{\partial \ell}{\partial w_j} = (p - y)\,x_j
$$

The $p\,(1 - p)$ cancels. In the square loss $(p - y)^2$ it stays: $\frac{d}{dz}(p - y)^2 = 2\,(p - y)\,p\,(1 - p)$,
which is almost 0 wherever the model is sure, right or wrong.
"""
