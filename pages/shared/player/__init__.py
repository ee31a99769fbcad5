"""The player: one run, scrubbed across every chart of the page, with no message to the server.

A chart takes part by having the parameter `charts.FRAME`; words and formulas take part through
`readout`. Both are moved in the browser: the player sets the charts' bound inputs and tells the
readouts by a DOM event. The step at which it rests is kept in the link as `step`.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.browser import component
from pages.shared.fields import step_of_link
from pages.shared.tables import show_table

HERE = Path(__file__).parent

PICTURE_STEPS = 60
"""How many steps every picture of the home page takes, so that one player fits them all."""

_player = component(HERE / "player.js", html=(HERE / "player.html").read_text("utf-8"))
_readout = component(
    HERE / "readout.js",
    html='<div class="downhill-readout" tabindex="0" role="group" aria-label="The numbers of this step"></div>',
)

_revealed = component(HERE / "revealed.js")


def player(
    steps: int, *, plays: str = "", speed: Literal[1, 5, 20, 60, 300] = 20, key: str = "player"
) -> None:
    """The bar that plays, pauses, steps and scrubs a run of `steps` steps, at first at so many a second.

    Of no steps only the button is left that copies the link. A page whose link names a step opens with it; otherwise
    the run plays once. It plays again from the first step whenever `plays` is another text, such as the start of the
    ball.
    """
    _player(data={"steps": steps, "at": step_of_link(steps), "plays": plays, "speed": speed}, key=key)


def readout(
    template: str,
    columns: Mapping[str, Sequence[float] | np.ndarray | float],
    texts: Mapping[str, str | Sequence[str]] | None = None,
    *,
    key: str,
) -> None:
    """Words and MathML with the numbers of the step shown put in.

    Args:
      template: HTML written in this repository, never a visitor's text. An element with
        `data-name="slope"` gets that column's value at the step shown, `data-name="step"` the step
        itself. `data-part="before"` and `"after"` are the two sides of an update: the step shown and
        the next one, or the last two at the end. `data-prefix` stands before the number,
        `data-brackets` puts brackets around a negative one, and `data-digits` is its number of
        significant digits; `data-none` stands for what is no finite number. A row with
        `data-from="3"` appears at step 3, where it is marked.
      columns: values by step, all of one length, or one number for all steps.
      texts: words for slots, the same at all steps or by step, which may be a visitor's: they are put in as text,
        never as HTML.
      key: unique on the page.
    """
    # Bytes in one text: JSON would write each number out, and has no infinity.
    packed = {
        name: b64encode(np.asarray(column, dtype="<f8").tobytes()).decode()
        for name, column in columns.items()
    }
    _readout(data={"template": template, "columns": packed, "texts": _by_step(texts or {})}, key=key)


def revealed(rows: pa.Table) -> DeltaGenerator:
    """A table of Markdown whose rows appear one by one: at step k the first k + 1. One on a page.

    Args:
        rows: as `tables.table_of` makes them.

    Returns:
        Its place, for another table of as many rows.
    """
    with st.container(key="revealed"):
        place = st.empty()
        with place:
            show_table(rows)
        _revealed(data={"rows": len(rows)}, key="reveals")
    return place


def _by_step(texts: Mapping[str, str | Sequence[str]]) -> dict[str, str | list[str]]:
    return {name: words if isinstance(words, str) else [*words] for name, words in texts.items()}
