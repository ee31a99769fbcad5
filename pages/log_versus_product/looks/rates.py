"""One rate fits all: which learning rate takes the ball to the top in one step, on f and on its logarithm."""

import numpy as np
import streamlit as st

from calc.numbers import written, written_exp
from pages.log_versus_product import charts
from pages.log_versus_product import columns as data
from pages.log_versus_product.controls import Setting
from pages.shared.charts import show


def draw(setting: Setting) -> None:
    """The rates on the way from the start to the top, and how much they differ."""
    found = data.rates(setting.product, setting.start)
    if found is None:
        st.markdown("From this start there is no way to a top: move the start.")
        return
    on_f, on_log = (written_exp(found.spread(powers) * np.log(10)) for powers in (found.on_f, found.on_log))
    said = (
        f"On the way from p = {written(setting.start, 6)} to the top, the rate that would get there in one step "
        f"changes by a factor of {on_f} on |f|, and by a factor of {on_log} on log |f|."
    )
    on_f_too, on_log_too = (found.spread(powers) < 1 for powers in (found.on_f, found.on_log))
    so = "So one rate is right for the whole way on the logarithm. " if on_log_too else ""
    so += (
        "With so few factors one rate does for the product too. With more of them it does not: try."
        if on_f_too
        else "On the product a rate that moves the ball at the start throws it far beyond the top, and one that is "
        "right near the top does not move it at the start."
    )
    st.markdown(f"{said} {so}".replace("|f|", r"\|f\|"))
    columns = {
        "p": np.tile(found.p, 2),
        "power": np.r_[found.on_f - found.on_f[0], found.on_log - found.on_log[0]],
        "of": np.repeat(["on |f|", "on log |f|"], len(found.p)),
    }
    show(charts.rates(), {"rates": columns}, key="rates", alt=said)
