"""The URL is the state: what a page's link may say, and a sentence for whatever in it is wrong.

Widgets restore themselves from the link (`bind="query-params"`) and fall back to their default when
the link is wrong. Streamlit then cleans the URL without a word, so `check` reads it first.
"""

from collections.abc import Callable, Iterable, Mapping
from math import isfinite

import streamlit as st

Accepts = Callable[[str], bool]
"""Whether a parameter's text is one that the page takes."""


def number(low: float, high: float) -> Accepts:
    """Accept a number from `low` to `high`."""

    def accepts(text: str) -> bool:
        try:
            value = float(text)
        except ValueError:
            return False
        return isfinite(value) and low <= value <= high

    return accepts


def choice(options: Iterable[object]) -> Accepts:
    """Accept one of `options`, as text."""
    return {str(option) for option in options}.__contains__


def integer(low: int, high: int) -> Accepts:
    """Accept a whole number from `low` to `high`."""
    return lambda text: len(text) < 20 and text.lstrip("-").isdecimal() and low <= int(text) <= high


FLAG = choice(("true", "false"))

ALWAYS = {"step": integer(0, 10**6), "embed": lambda text: True, "embed_options": lambda text: True}
"""Parameters that every page takes: the player's, and Streamlit's own."""


def check(parameters: Mapping[str, Accepts], page: str) -> None:
    """Say under the title which parts of the link were not understood; once, when it is opened.

    Pages share names such as `start` and `from`, whose values Streamlit keeps when a visitor goes from page to
    page: each page begins with its own.
    """
    if st.session_state.setdefault("link-page", page) != page:
        st.session_state["link-page"] = page
        for name in parameters:
            st.session_state.pop(name, None)
    noted = f"link-{page}"
    if noted not in st.session_state:
        known = {**parameters, **ALWAYS}
        wrong = [name for name, accepts in known.items() if not _acceptable(name, accepts)]
        unknown = [name for name in st.query_params if name not in known]
        for name in wrong:
            del st.query_params[name]
        st.session_state[noted] = _sentence(wrong, len(unknown))
        if wrong:
            # Widgets take their first value from the link as it was when this run began.
            st.rerun()
    if st.session_state[noted]:
        st.warning(st.session_state[noted], icon=":material/link_off:")


def _acceptable(name: str, accepts: Accepts) -> bool:
    """Whether the link leaves the parameter out, or says it once and well."""
    values = st.query_params.get_all(name)
    return not values or (len(values) == 1 and accepts(values[0]))


def _sentence(wrong: list[str], unknown: int) -> str:
    """What was wrong, naming only our own parameters: a visitor's text is never put into Markdown."""
    parts = []
    if wrong:
        names = ", ".join(f"`{name}`" for name in wrong)
        parts.append(f"This link's {names} could not be used here, so the default stands in for it.")
    if unknown:
        things = "a parameter" if unknown == 1 else f"{unknown} parameters"
        parts.append(f"This link has {things} that the page does not know: ignored.")
    return " ".join(parts)


def selectbox(label: str, titles: Mapping[str, str], *, key: str, default: str | None = None) -> str:
    """A selectbox whose link says `key=slug`: Streamlit's own binding would put the whole title there."""
    default = default if default is not None else next(iter(titles))
    if key not in st.session_state:
        slug = st.query_params.get(key, default)
        st.session_state[key] = slug if slug in titles else default
    chosen = st.selectbox(label, titles, format_func=titles.get, key=key)
    put(key, chosen if chosen != default else None)
    return chosen


def segmented(label: str, titles: Mapping[str, str], *, key: str, labelled: bool = True) -> str:
    """The same as `selectbox`, for a few choices that one should see at once, with its label or without."""
    default = next(iter(titles))
    if key not in st.session_state:
        slug = st.query_params.get(key, default)
        st.session_state[key] = slug if slug in titles else default
    chosen = st.segmented_control(
        label, titles, format_func=titles.get, key=key, required=True,
        label_visibility="visible" if labelled else "collapsed",
    )  # fmt: skip
    put(key, chosen if chosen != default else None)
    return chosen


def put(name: str, text: str | None) -> None:
    """Write a parameter into the link, or take it out; each change is a message to the browser."""
    if text is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != text:
        st.query_params[name] = text


def step() -> int | None:
    """The step at which the link's sender had stopped the player, if any."""
    text = st.query_params.get("step", "")
    return int(text) if ALWAYS["step"](text) else None


def early(key: str) -> float | None:
    """The number of an input that is drawn further down the page: from its widget, or first from the link."""
    if key in st.session_state:
        return st.session_state[key]
    text = st.query_params.get(key, "")
    return float(text) if number(1e-300, 1e300)(text) else None
