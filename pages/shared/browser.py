"""What runs in the browser: each script stands in the head of the page once, and its component only calls it.

Streamlit would send the whole script with every answer.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared import head


def component(*files: Path, html: str = "") -> Callable[..., Any]:
    """The component that JavaScript files describe: modules whose default function, their last statement, draws it.

    It is called with what the function gets as `data`, and with what else Streamlit's components take.

    Args:
        html: what stands in the component before the scripts run.
    """
    # A host that runs the main script as a plain one has no middleware that would fill the head.
    here = "" if head.Head.installed else "".join(map(head.bundled, files))
    mount = st.components.v2.component(
        f"downhill_{files[0].stem}", html=html, js=here + head.call(*files), isolate_styles=False
    )

    def draw(data: Any = None, **options: Any) -> Any:
        # As bytes: Streamlit would look for tables in each value, and write all of it a second time for its hash.
        return mount(data=json.dumps(data).encode(), **options)

    return draw
