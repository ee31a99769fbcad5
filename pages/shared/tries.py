"""Things to try: a link that sets the screen, the question that it asks, and the answer to open after the try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.fields import set_screen


@dataclass(frozen=True)
class Try:
    """One of them.

    Attributes:
        ask: the question, in Markdown.
        link: the parameters that set the screen.
        answer: in Markdown.
        below: whether what it sets lies below it; else the page scrolls up to it.
    """

    ask: str
    link: Mapping[str, str]
    answer: str
    below: bool = False


def draw_tries(tries: Sequence[Try]) -> None:
    """Draw them, folded: one click sets the screen, another one opens the answer."""
    if not tries:
        return
    section = st.expander("Things to try", on_change="rerun", key="tries", icon=":material/experiment:")
    if section.open:
        with section:
            for number, each in enumerate(tries):
                question, answer = st.columns([5, 1])
                key = f"try-{number}{'-below' if each.below else ''}"
                question.button(each.ask, on_click=set_screen, args=(each.link,), key=key, width="stretch")
                with answer.popover("Answer", key=f"answer-{number}", width="stretch"):
                    st.markdown(each.answer)
