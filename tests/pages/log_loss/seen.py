"""What a visitor of `log-loss` sees, and does that AppTest has no word for."""

import re
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from tests.pages.app import alt, name_of, open_all, opened, snapshot

OVERLAPPING = "1_1_0~2_1.5_0~2.5_3_1~3_1_0~3.5_4_1~1.5_3_1~3_3_0~4_2_1"
LONG = b"height,weight,age,ill\n" + b"".join(
    b"%d,%d,%d,%d\n" % (i % 7, i * 3 % 11, i % 5, i % 7 + i * 3 % 11 + i % 3 > 8) for i in range(100)
)
"""A file of more rows than a link carries."""


def shown(app: AppTest) -> str:
    return "\n".join(node.value for node in app.markdown)


def notice(app: AppTest) -> str:
    """The sentence about the link."""
    return " ".join(node.value for node in app.warning)


def tables(app: AppTest) -> dict[str, list[str]]:
    """The table of numbers, by row."""
    open_all(app)
    shown = next(t.value for t in app.table if "descent on" in t.value.columns).set_index("descent on")
    return {name: [cell.replace("−", "-") for cell in row] for name, row in shown.iterrows()}


def losses(app: AppTest) -> dict[str, tuple[float, float]]:
    """First and last of both losses, as the chart of losses says them."""
    said = re.findall(
        r"(log|square) loss (?:goes )?from (\S+) to (\S+?)[,.]?(?=\s|$)", alt(app, "Mean loss by step")
    )
    return {name: (float(first), float(last)) for name, first, last in said}


def classifier(**parameters: str) -> AppTest:
    return opened("log-loss", show="classifier", **parameters)


def pictures(app: AppTest) -> list[tuple[Any, ...]]:
    """All that is seen, but for the notice about the link and AppTest's idea of a table with edits."""
    return [
        part
        for part in snapshot(app)
        if part[0] not in ("warning", "dataframe", "file_uploader")
        and not (part[0] == "bidi_component" and b"downhill_link" in part[1])
    ]


def values(app: AppTest) -> dict[str | None, Any]:
    """What the controls say."""
    return {
        name_of(node): node.value
        for node in app._tree
        if isinstance(node, Widget) and node.type != "file_uploader"
    }
