"""What a visitor of `linear-regression` sees, and does that AppTest has no word for."""

import io
import re
import runpy
from contextlib import redirect_stdout

import numpy as np
import pyarrow as pa

from calc import datasets
from tests.numbers import read
from tests.pages.app import ROOT, alt, alt_of, controls, name_of, open_all, snapshot

TITLES = {slug: table.title for slug, table in datasets.BUNDLED.items()}
COURSE = np.loadtxt(ROOT / "data" / "course.csv", delimiter=",", skiprows=1, unpack=True)


def numbers(app):
    """The table of numbers, by run."""
    table = next(t.value for t in open_all(app).table if "how it ended" in t.value.columns).set_index("run")
    return table.map(lambda cell: cell.replace(r"\$", "$"))


def picture(app) -> str:
    """What the chart of the houses says to those who do not see it."""
    return alt(app, "houses and a line")


def cell(text: str) -> float:
    """A number of the table of numbers: $1,234 and C$−5 as well."""
    return float(read(text))


def every_step(app):
    """The run as the page lists it: step, slope, intercept, loss and the two derivatives."""
    return open_all(app).dataframe[-1].value


def programme(app) -> str:
    """The code to take home."""
    return next(block.value for block in open_all(app).code if "as on Downhill's page" in block.value)


def printed(source: str, folder) -> tuple[float, float]:
    (folder / "run.py").write_text(source, "utf-8")
    with redirect_stdout(io.StringIO()) as out:
        runpy.run_path(str(folder / "run.py"))
    slope, intercept = re.fullmatch(r"slope (\S+), intercept (\S+)\s*", out.getvalue()).groups()
    return float(slope), float(intercept)


def plain_descent(x, y, rate, steps, start, standardise):
    """Gradient descent as the notes tell it, on all rows: slope, intercept and loss by step."""
    mean_x, s_x, mean_y, s_y = (x.mean(), x.std(), y.mean(), y.std()) if standardise else (0, 1, 0, 1)
    u, v = (x - mean_x) / s_x, (y - mean_y) / s_y
    m, c = start[0] * s_x / s_y, (start[0] * mean_x + start[1] - mean_y) / s_y
    lines = []
    for k in range(steps + 1):
        slope = m * s_y / s_x
        lines.append((slope, mean_y + s_y * c - slope * mean_x))
        if k < steps:
            residual = v - m * u - c
            m, c = m + rate * 2 * np.mean(residual * u), c + rate * 2 * np.mean(residual)
    slope, intercept = np.array(lines).T
    loss = np.array([np.mean((y - a * x - b) ** 2) for a, b in lines])
    return slope, intercept, loss


def datasets_of(app) -> dict[tuple[str, str], dict[str, np.ndarray]]:
    """Every dataset of every chart, by the beginning of the chart's words and its own name."""
    return {
        (alt_of(app, chart)[:20], data.name): pa.ipc.open_stream(data.data.data)
        .read_pandas()
        .to_dict("series")
        for chart in app.get("vega_lite_chart")
        for data in chart.proto.datasets
    }


def pictures(app) -> list[tuple]:
    """The charts with their data, the readouts, the tables, the words."""
    kinds = (
        "vega_lite_chart",
        "bidi_component",
        "table",
        "markdown",
        "caption",
        "text",
        "success",
        "info",
        "error",
    )
    return [part for part in snapshot(app) if part[0] in kinds and b"downhill_link" not in part[1]]


def values(app) -> dict:
    """What the controls say, but those that only a file has."""
    only = ("csv-file", "x", "y")
    return {
        name_of(node): node.value
        for node in controls(app)
        if node.type != "button" and name_of(node) not in only
    }


def csv_of(**columns) -> bytes:
    """A file of these columns."""
    rows = zip(*columns.values(), strict=True)
    return "\n".join([",".join(columns), *(",".join(map(repr, row)) for row in rows)]).encode()
