"""What floating point makes of a product and its logarithm: at the start, along p, and by JAX."""

from decimal import Decimal

import numpy as np
import streamlit as st

from calc.likelihood import OUTCOMES, Precision, Product, automatic_derivative
from calc.likelihood.arithmetic import TYPES
from calc.likelihood.precision import Quantity
from calc.numbers import share, written
from pages.log_versus_product import charts
from pages.log_versus_product import columns as data
from pages.log_versus_product.controls import NOTES, Setting
from pages.log_versus_product.looks.tables import jax_is_here, table, true_number
from pages.shared.charts import show
from pages.shared.memory import kept

QUANTITIES: dict[Quantity, str] = {"f": "f", "f'": "f′", "log|f|": "log|f|", "(log|f|)'": "(log|f|)′"}
SLOPES: tuple[Quantity, Quantity] = ("f'", "(log|f|)'")


def draw(setting: Setting) -> None:
    """The four quantities at the start in each type and in truth; along p on demand."""
    found = data.at_one(setting.product, setting.start)
    st.markdown(
        f"**At p = {written(setting.start, 6)}**, with every operation rounded to the type of number:"
    )
    _at_one(found)
    limits = {name: np.finfo(dtype) for name, dtype in TYPES.items()}
    ends = {name: written(float(limit.max), 2 if name != "float16" else 5) for name, limit in limits.items()}
    # Half the least number there is rounds to 0.
    zeros = {name: written(Decimal(float(limit.smallest_subnormal)) / 2, 2) for name, limit in limits.items()}
    st.caption(
        f"No float64 is larger than {ends['float64']}, no float32 than {ends['float32']}, no float16 than "
        f"{ends['float16']}; and what is smaller than {zeros['float64']}, {zeros['float32']} or {zeros['float16']} "
        "becomes 0. The logarithm "
        "of a number that large or small is an ordinary number, and so is its derivative."
    )
    _automatic(setting)
    box = st.expander(
        "Along p: what happens where, and how many digits are left", on_change="rerun", key="along-p"
    )
    if box.open:
        with box:
            _along(setting)


def _at_one(found: Precision) -> None:
    truth = found.true_values[0]
    true = dict(
        zip(QUANTITIES, (truth.value, truth.derivative, truth.log_abs, truth.log_derivative), strict=True)
    )
    rows = []
    for name, title in QUANTITIES.items():
        cells = [written(float(found.results[name, each].values[0])) for each in charts.TYPES_SHORT]
        kinds = [found.results[name, each].outcomes[0] for each in charts.TYPES_SHORT]
        said = [
            cell if kind in ("fine", "nan") else f"{cell} ({kind})"
            for cell, kind in zip(cells, kinds, strict=True)
        ]
        rows.append((title, *said, true_number(true[name])))
    table(("quantity", *charts.TYPES_SHORT, "truth"), rows)


def _automatic(setting: Setting) -> None:
    """What JAX's automatic derivative says, at the notes' four points or at the start."""
    box = st.expander("And automatic differentiation, by JAX in float64?", on_change="rerun", key="automatic")
    if not box.open:
        return
    at = (0.2, 0.5, 2.0, 5.0) if setting.slug == NOTES else (setting.start,)
    true = [true_number(data.at_one(setting.product, p).true_values[0].log_derivative) for p in at]
    values = [(written(p, 6), written(float(setting.product(p)))) for p in at]
    with box:
        if not jax_is_here("what it makes of the derivatives"):
            table(
                ("p", "f", "(log|f|)′ in truth"),
                [(*row, last) for row, last in zip(values, true, strict=True)],
            )
            return
        slopes = [map(written, both) for both in by_jax(setting.product, at)]
        table(
            ("p", "f", "f′ by JAX", "(log|f|)′ by JAX", "(log|f|)′ in truth"),
            [(*row, *both, last) for row, both, last in zip(values, slopes, true, strict=True)],
        )
        st.caption(
            "Automatic differentiation follows the program: where f itself is ∞ or 0, so is what it is made of."
        )


@kept
def by_jax(product: Product, at: tuple[float, ...]) -> list[tuple[float, float]]:
    """f′ and (log|f|)′ at each p."""
    with st.spinner("JAX differentiates …"):
        return [(automatic_derivative(product, p), automatic_derivative(product, p, "log")) for p in at]


def _along(setting: Setting) -> None:
    found = measured(setting.product, setting.low, setting.high)
    kinds = {kind for reading in found.results.values() for kind in reading.outcomes}
    lost = np.mean([kind != "fine" for kind in found.results["f", "float64"].outcomes])
    kept = np.mean([kind == "fine" for kind in found.results["log|f|", "float64"].outcomes])
    show(
        charts.happened(), {"cells": data.cells(found)}, key="happened",
        alt=f"In float64 f is lost at {share(float(lost))} of the places along p; log|f| is right at "
        f"{share(float(kept))} of them.",
    )  # fmt: skip
    st.caption("; ".join(f"**{kind}**: {OUTCOMES[kind]}" for kind in OUTCOMES if kind in kinds) + ".")
    for column, name in zip(st.columns(2), SLOPES, strict=True):
        title = f"right digits of {QUANTITIES[name]}"
        best = np.nanmax(np.nan_to_num(found.results[name, "float64"].digits))
        with column:
            show(
                charts.digits(title), {"digits": data.digits(found, name)}, key=f"digits-{name}",
                alt=f"The {title} along p by type: in float64 at most {best:.0f}.",
            )  # fmt: skip


@kept
def measured(product: Product, low: float, high: float) -> Precision:
    with st.spinner("Computing with 50 digits and more …"):
        return data.along(product, low, high)
