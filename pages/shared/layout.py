"""The frame around every page: navigation, heading, the places for controls and charts, the link."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ParamSpec

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import head
from pages.shared.browser import component
from pages.shared.fields import STEP, Choice
from pages.shared.menu import HOME, LESSONS, Lesson
from pages.shared.tries import draw_tries
from pages.shared.visit import Fields, close_visit, open_visit

P = ParamSpec("P")
HERE = Path(__file__).parent

_link = component(HERE / "link.js", HERE / "mended.js", HERE / "moving.js")


def as_page(lesson: Lesson) -> st.Page:
    """The lesson as Streamlit's page object; a fresh one for each rerun, as Streamlit wants it."""
    return copy(_page(lesson))


@cache
def _page(lesson: Lesson) -> st.Page:
    """The same, whose file was looked up on the disk."""
    return st.Page(
        lesson.file,
        title=lesson.title,
        url_path=lesson.url_path or None,
        icon=lesson.icon,
        default=lesson is HOME,
    )


def navigation() -> st.Page:
    """Draw the menu at the top and give back the page that the visitor asked for."""
    menu: dict[str, list[st.Page]] = {"": [as_page(HOME)]}
    for lesson in LESSONS:
        menu.setdefault(lesson.section, []).append(as_page(lesson))
    if not head.Head.installed:
        # A host that runs the main script as a plain one has no middleware.
        st.html(head.STYLE)
    page = st.navigation(menu, position="top")
    st.session_state["_page"] = page.url_path
    return page


def heading(title: str, lead: str, fields: Fields = ()) -> None:
    """Begin a page: its heading, the one sentence that says what it teaches, what its link says.

    Args:
        fields: all that the page's link may set.
    """
    st.title(title, anchor=False)
    st.markdown(lead)
    open_visit(st.session_state["_page"], (*fields, STEP), st.container())


@dataclass(frozen=True)
class Places:
    """Where a lesson puts what: a page reads in the order in which a phone shows it, and is filled in any order.

    Attributes:
        head: below the title, for the player.
        picture: for charts, and for numbers that the player moves.
        rate: for the one control that is moved while one watches.
        controls: for all others.
    """

    head: DeltaGenerator
    picture: DeltaGenerator
    rate: DeltaGenerator
    controls: DeltaGenerator


def lesson(title: str, lead: str, fields: Fields) -> Places:
    """Begin a lesson as `heading` does, and give back its places.

    What is drawn after it comes below them, and below the things to try.
    """
    with st.container(key="lesson"):
        head = st.container(key="head")
        with head:
            heading(title, lead, fields)
        keys = ("picture", "rate-here", "controls")
        places = Places(head, *(st.container(key=key) for key in keys))
    draw_tries(_lesson(st.session_state["_page"]).tries)
    return places


@cache
def _lesson(path: str) -> Lesson:
    return next(each for each in (HOME, *LESSONS) if each.url_path == path)


def lead_to(path: str, label: str, **link: str | int) -> None:
    """A link to another lesson, with what its own link says."""
    st.page_link(as_page(_lesson(path)), label=label, query_params={name: str(link[name]) for name in link})


def unfolded(title: str, key: str, draw: Callable[P, None], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Something below the first screen that is drawn only once it is unfolded."""
    expander = st.expander(title, on_change="rerun", key=key)
    if expander.open:
        with expander:
            draw(*args, **kwargs)


def quarters(
    place: DeltaGenerator, above: Sequence[float], below: Sequence[float]
) -> tuple[DeltaGenerator, ...]:
    """Four places, two beside each other above two others, of these widths."""
    return *place.columns(above), *place.columns(below)


def looks(
    field: Choice, views: Mapping[str, Callable[[], None]], place: DeltaGenerator | None = None
) -> None:
    """Draw the choice between several views of a lesson, there or here, and the one that is chosen."""
    views[field.draw(place, segmented=True)]()


def finish() -> None:
    """What every page ends with: nothing to see, and so below everything that is."""
    # Without a key: each keyed component is looked at again by every widget of the page.
    visit = close_visit()
    data = {"page": visit.page, "visit": visit.number, "query": visit.query, "alts": visit.alts}
    _link(data=data, height=0)
