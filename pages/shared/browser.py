"""What runs in the browser: each script stands in the head of the page once, and its component only calls it.

Streamlit would send the whole script with every answer.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared import head


def component(file: Path, html: str = "") -> Any:
    """The component that a JavaScript file describes: a module whose default function draws it, its last statement.

    Args:
        html: what stands in the component before the script runs.
    """
    # A host that runs the main script as a plain one has no middleware that would fill the head.
    js = head.call(file) if head.Head.installed else file.read_text("utf-8")
    return st.components.v2.component(f"downhill_{file.stem}", html=html, js=js, isolate_styles=False)
