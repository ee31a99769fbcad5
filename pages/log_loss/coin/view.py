"""The coin: k heads of n, likelihood, log-likelihood and log loss on one axis, least and greatest at k/n."""

import numpy as np
import streamlit as st

from calc.descent import Run, Status
from calc.likelihood import coin, derivative_latex
from calc.numbers import counted, written
from pages.log_loss.coin import charts, controls
from pages.log_loss.coin import columns as data
from pages.shared.charts import Size, show
from pages.shared.layout import Places, lead_to, unfolded
from pages.shared.memory import kept
from pages.shared.player import player, readout
from pages.shared.run import Big, Update, direction, numbers

TITLES = {"likelihood": "likelihood L", "logarithm": "log-likelihood ln L", "loss": "log loss −(ln L)/n"}
ROW = """
<tr><th>{title}</th><td><b data-name="{name}" data-digits="4"></b></td>
<td><b data-name="{name}_slope" data-digits="4"></b></td></tr>
"""
TABLE = f"""
<table><tr><td></td><th>value</th><th>slope</th></tr>
{"".join(ROW.format(name=name, title=title) for name, title in TITLES.items())}</table>
"""
BIG = Big("p =", "p"), Big("log loss", "loss")
P = "<mi>p</mi>"
SLOPE = "<msup><mi>ℓ</mi><mo>′</mo></msup>"


def draw(places: Places) -> None:
    """The whole view of the coin: three curves and their slopes; below them the derivation."""
    with places.controls:
        setting = controls.choose(places.rate)
    heads, tosses = setting.heads, setting.tosses
    descent = data.descended(heads, tosses, *setting.descent) if setting.descent else None
    run, of_charts = descent[0] if descent else data.curves(heads, tosses)
    best = written(heads / tosses, 6)

    def curve(name: str, size: Size) -> None:
        show(
            charts.curve(TITLES[name], "log" if name == "loss" else "curve"), of_charts[name],
            key=f"coin-{name}", size=size,
            alt=f"The {TITLES[name]} of {counted(heads, 'head')} in {counted(tosses, 'toss', 'tosses')} against p: "
            f"{'least' if name == 'loss' else 'greatest'} at p = {best}.",
        )  # fmt: skip

    with places.head:
        player(len(run["p"]) - 1, plays=str(setting.descent))
    with places.picture:
        left, right = st.columns([4, 5])
        with left:
            curve("likelihood", "side")
            curve("logarithm", "side")
        with right:
            curve("loss", "main")
            if descent and setting.descent:
                _descent(setting.descent[0], run, heads / tosses, *descent[1:])
            else:
                bigs = "".join(each.html() for each in BIG)
                readout(f'<div class="bigs">{bigs}</div>{TABLE}', run, key="coin-readout")
    unfolded(
        f"{counted(heads, 'head')} of {counted(tosses, 'toss', 'tosses')}: why the best p is k/n = {best}",
        "coin-derivation", _why, heads, tosses,
    )  # fmt: skip


def _descent(rate: float, at: dict[str, np.ndarray], best: float, run: Run, status: Status) -> None:
    """The numbers of a step down the log loss."""
    # What comes after the step that left 0 to 1 is none.
    count = status.step + 1 if status.kind == "diverged" else len(run.w)
    columns = {name: column[:count] for name, column in (at | {"p": run.w[:, 0]}).items()}
    numbers(
        Update(P, direction("", SLOPE, P), {"p": P}),
        columns | {"p-direction": columns["loss_slope"], "rate": rate},
        [],
        verdict=(
            'p is <b data-name="away" data-digits="3"></b> away from k/n',
            {"away": np.abs(columns["p"] - best)},
        ),
        status=status,
        small=TABLE,
        key="coin-descent",
    )


def _why(heads: int, tosses: int) -> None:
    st.markdown(derivation(heads, tosses))
    lead_to(
        "log-versus-product", "The same coin in log versus product: climb its likelihood, and its logarithm",
        heads=heads, tosses=tosses,
    )  # fmt: skip


@kept
def derivation(heads: int, tosses: int) -> str:
    """The derivative set to zero, line by line, with these numbers; an end of the axis where it never is."""
    product, tails = coin(heads, tosses), tosses - heads
    best = written(heads / tosses, 6)
    logarithm = " + ".join(
        f"{count if count > 1 else ''} \\ln {of}" for count, of in ((heads, "p"), (tails, "(1-p)")) if count
    )
    lines = [
        rf"L(p) = {product.latex()}",
        rf"\ln L(p) = {logarithm}",
        rf"\frac{{d}}{{dp}} \ln L = {derivative_latex(product)}",
    ]
    if heads and tails:
        lines += [
            rf"\frac{{d}}{{dp}} \ln L = 0 \iff {heads}\,(1 - p) = {tails}\,p",
            rf"\iff {heads} = {tosses}\,p",
            rf"p = \frac{{k}}{{n}} = \frac{{{heads}}}{{{tosses}}} = {best}",
        ]
        words = "ln L is the greater the greater L is, so both are greatest at this p. The log loss is least there."
    else:
        side, sign = ("heads", "above") if heads else ("tails", "below")
        words = (
            f"Only {side}: the derivative stays {sign} zero and is never zero between 0 and 1. The likelihood is "
            f"greatest at the end p = {best}, which is k/n all the same: after {tosses} "
            f"{'toss' if tosses == 1 else 'tosses'} it calls the other side impossible."
        )
    return "\n\n".join([*(f"$\\displaystyle {line}$" for line in lines), words])
