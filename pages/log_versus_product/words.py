"""The two updates of `log-versus-product` with their numbers, and how the two runs ended."""

import re

import numpy as np
import streamlit as st

from calc.descent import Run
from calc.likelihood import Ascent
from pages.log_versus_product.columns import Picture
from pages.log_versus_product.controls import COIN, Setting
from pages.shared.player import readout

UPDATE = """
<math display="block"><mtable><mtr><mtd>
  <msub><mi>p</mi><mn data-name="step" data-part="after"></mn></msub><mo>=</mo>
  <msub><mi>p</mi><mn data-name="step" data-part="before"></mn></msub><mo>+</mo><mi>η</mi><mo>·</mo>{slope}
  <mo>(</mo><msub><mi>p</mi><mn data-name="step" data-part="before"></mn></msub><mo>)</mo></mtd></mtr>
<mtr><mtd><mo>=</mo><mn data-name="p" data-part="before" data-brackets data-digits="5"></mn><mo>+</mo>
  <mn data-name="rate" data-digits="3"></mn><mo>×</mo>
  <mn data-name="slope" data-part="before" data-brackets data-digits="5"></mn></mtd></mtr>
<mtr><mtd><mo>=</mo><mn class="new" data-name="p" data-part="after"></mn></mtd></mtr></mtable></math>"""
SIZE = '<mo form="prefix">|</mo><mi>f</mi><mo form="postfix">|</mo>'
SLOPES = {
    "product": f"<msup><mrow>{SIZE}</mrow><mo>′</mo></msup>",
    "log": f"<msup><mrow><mo>(</mo><mi>log</mi>{SIZE}<mo>)</mo></mrow><mo>′</mo></msup>",
}
RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
ENDED = {"converged": st.success, "moving": st.info, "oscillating": st.warning, "diverged": st.error}


def raised(text: str) -> str:
    """Powers of ten as a person writes them."""
    text = re.sub(r"10\^([-−]?\d+)", lambda found: "10" + found[1].translate(RAISED), text)
    return re.sub(r"(?<![\w.])-(?=\d)", "−", text)


def updates(both: Ascent, setting: Setting) -> None:
    """Both updates beside each other, moved by the player, and what came of each run."""
    sides = {
        "product": ("On the product", both.product, both.product_rate),
        "log": ("On the logarithm", both.log, both.log_rate),
    }
    for column, (name, (title, run, rate)) in zip(st.columns(2), sides.items(), strict=True):
        with column:
            readout(UPDATE.format(slope=SLOPES[name]), _columns(run, rate), key=f"update-{name}")
            text = _left(run, setting) or run.status.text
            said = raised(f"**{title}:** {text[0].lower()}{text[1:]}")
            if name == "product":
                # That it fails is the lesson, not a fault of the page.
                st.info(said)
            else:
                ENDED["diverged" if _left(run, setting) else run.status.kind](said)


def _columns(run: Run, rate: float) -> dict[str, np.ndarray | float]:
    p, slope = run.w[:, 0], -run.gradient[:, 0]
    lost = np.flatnonzero(~np.isfinite(p))
    if lost.size:
        # The update that lost the ball stays: nothing comes after it.
        p, slope = p[: lost[0] + 1], slope[: lost[0] + 1]
    return {
        "p": p,
        "slope": np.resize(slope, len(p)),
        "rate": rate,
    }


def _left(run: Run, setting: Setting) -> str:
    """For a coin without heads or tails: that the run left 0 to 1, where its maximum is an end."""
    if setting.slug != COIN or len(setting.product.written) != 1:
        return ""
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero((run.w[:, 0] <= 0) | (run.w[:, 0] >= 1))
    if not outside.size:
        return ""
    return (
        f"At step {outside[0]} the run left 0 to 1, where p is no probability. The greatest value lies at the "
        "end, where the slope is not 0: ascent has to be stopped there."
    )


def finding(both: Ascent | None, drawn: Picture, which: str) -> str:
    """What a chart shows, for those who do not see it."""
    best = drawn.found.best
    where = f"greatest at p = {best.p:.6g}" if best else "without a greatest value here"
    if both is None:
        return f"{which} along p, {where}."
    run = both.product if which == "The product |f|" else both.log
    ends = [f"{value:.6g}" if np.isfinite(value) else "no number" for value in run.w[[0, -1], 0]]
    return f"{which} along p, {where}. Its ball starts at {ends[0]} and ends at {ends[1]}."


def maximiser(drawn: Picture, setting: Setting) -> None:
    """The common maximiser, its closed form, the sign trap, the zeros."""
    found, product = drawn.found, setting.product
    best, parts = found.best, [found.text]
    if best is not None and setting.slug == COIN and not best.end:
        heads, tosses = product.exponents[0], product.exponents.sum()
        parts.append(f"In closed form $k/n$ = {heads:.0f}/{tosses:.0f} = {best.p:.6g}.")
    elif best is not None and best.latex and not best.end:
        parts.append(f"In closed form $p = {best.latex}$.")
    parts.append(f"The greatest |f| drawn is about 10^{drawn.top / np.log(10):.0f}.")
    if (np.asarray(drawn.curve["sign"]) == "f negative").any():
        parts.append(
            "**The sign trap:** where f is negative it has no logarithm, so it is the logarithm of |f| that is "
            "taken. Its derivative is f′/f all the same, whatever the sign."
        )
    inside = [zero for zero in found.zeros if found.low <= zero <= found.high][:6]
    if inside and setting.slug != COIN:
        parts.append(
            f"f is 0 at p = {', '.join(f'{zero:.4g}' for zero in inside)}: there log|f| falls to −∞, and a ball "
            "climbs only the hill on its own side."
        )
    st.markdown(raised(" ".join(parts)).replace("|f|", r"\|f\|"))
