"""The parts of `square-loss` below its charts, and the update with its numbers put in."""

import streamlit as st

from calc.descent import Run
from calc.losses import outlier
from pages.shared.charts import Columns, show
from pages.shared.memory import kept
from pages.shared.player import readout
from pages.square_loss import charts
from pages.square_loss import columns as data
from pages.square_loss.columns import Points
from pages.square_loss.controls import Setting

UPDATE = """
<math display="block"><mtable>
<mtr><mtd><msub><mi>x</mi><mn data-name="step" data-part="after"></mn></msub><mo>=</mo>
  <msub><mi>x</mi><mn data-name="step" data-part="before"></mn></msub><mo>−</mo><mi>η</mi><mo>·</mo>
  <munder><mo>∑</mo><mi>i</mi></munder><mn>2</mn><mo>(</mo>
  <msub><mi>x</mi><mn data-name="step" data-part="before"></mn></msub><mo>−</mo>
  <msub><mi>a</mi><mi>i</mi></msub><mo>)</mo></mtd></mtr>
<mtr><mtd><mspace width="1.5em"></mspace><mo>=</mo>
  <mn data-name="x" data-part="before" data-brackets data-digits="5"></mn><mo>−</mo>
  <mn data-name="rate" data-digits="4"></mn><mo>×</mo>
  <mn data-name="slope" data-part="before" data-brackets data-digits="5"></mn>
  <mo>=</mo><mn class="new" data-name="x" data-part="after"></mn></mtd></mtr></mtable></math>
<div>Squares: loss <b data-name="square" data-digits="5"></b>, slope <b data-name="slope" data-digits="4"></b></div>
<div>Distances at the same x: loss <b data-name="absolute" data-digits="5"></b>, slope
<b data-name="left"></b> to the left, <b data-name="right"></b> to the right</div>
"""


def update(columns: Columns, rate: float) -> None:
    """The update rule with the numbers of the step shown, moved by the player."""
    readout(UPDATE, {**columns, "rate": rate}, key="update")


def status(run: Run) -> None:
    """How the ball ended, in the colour of its kind."""
    box = {"converged": st.success, "moving": st.info, "oscillating": st.warning, "diverged": st.error}
    box[run.status.kind](run.status.text)


@kept
def _derivation(points: Points) -> str:
    steps = data.losses(points)[0].steps()
    lines = [
        f"| {number} | $\\displaystyle {step.latex}$ | {step.why} |" for number, step in enumerate(steps, 1)
    ]
    return "\n".join(["| line | the minimum, step by step | why |", "|---|---|---|", *lines])


def derivation(points: Points) -> None:
    """The minimum, line by line, with the numbers of the page."""
    st.header("Why the minimum is the mean", anchor=False)
    st.markdown(_derivation(points))
    low, high = data.losses(points)[1].minimisers
    where = f"{low:.6g}" if low == high else f"any x from {low:.6g} to {high:.6g}"
    st.markdown(
        "**The distances have corners instead.** At $x$ the slope is the number of points to the left less the "
        "number to the right, and at a point itself there is none, only one for each side. It changes sign in the "
        f"middle of the points, so the sum is least at the **median**: {where}."
    )


def effect(setting: Setting) -> None:
    """What one more point does to mean and median, wherever it lies."""
    found = outlier(setting.own, setting.outlier)
    st.header("One outlier: the mean follows it, the median does not", anchor=False)
    words, chart = st.columns([2, 3], gap="medium")
    with words:
        st.markdown(
            f"One more point at **{setting.outlier:g}**, beside the {len(setting.own)} in the table:\n\n"
            "| one more point | without | with | moves by |\n|---|---|---|---|\n"
            f"| mean | {found.mean[0]:.6g} | {found.mean[1]:.6g} | **{found.mean_moves:.4g}** |\n"
            f"| median | {found.median[0]:.6g} | {found.median[1]:.6g} | **{found.median_moves:.4g}** |\n\n"
            "Its square pulls with twice its distance, so the mean moves without bound. In the sum of distances it "
            "pulls with 1, as every point does: how far out it lies makes no difference."
        )
    low, high = min(*setting.own, -100.0), max(*setting.own, 100.0)
    with chart:
        show(
            charts.moved(),
            {
                "moved": data.moved(setting.own, low, high),
                "now": {
                    "x": [setting.outlier] * 2,
                    "y": [found.mean[1], found.median[1]],
                    "kind": ["Mean", "Median"],
                },
            },
            key="moved",
            alt=f"Mean and median against the place of one more point: the mean is a straight line, the median "
            f"flat beyond the points. At {setting.outlier:g} the mean moves by {found.mean_moves:.4g}, the median "
            f"by {found.median_moves:.4g}.",
        )
