"""The lesson's live picture for the home page: points move along the sigmoid to their sides."""

from functools import lru_cache

import pyarrow as pa

from calc.logistic import fit
from pages.log_loss.classifier import charts, columns
from pages.log_loss.classifier.table import bundled
from pages.shared.charts import show
from pages.shared.player import PICTURE_STEPS


def draw() -> None:
    """Sentences move along the sigmoid to their sides while a classifier learns."""
    show(
        charts.sigmoid("score", "probability"), _classifying(), key="picture-log-loss", size="card",
        alt="Points of two classes slide along the sigmoid: one class towards probability 1, the other towards 0.",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _classifying() -> dict[str, pa.Table]:
    table = bundled("sentences")
    run = columns.run(table, {"log": fit(table.x, table.y, rate=1.0, steps=PICTURE_STEPS)}, "log")
    return {
        "curve": columns.curves()["sigmoid"], "points": columns.points(table), "said": columns.said(None, table),
        "run": run["score"], "view": run["reach"],
    }  # fmt: skip
