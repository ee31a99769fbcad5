"""A visitor's visit of one page: it begins with what the link says, and its screen is the link.

The URL is the state. While the visit lasts the session's own copy counts, since the browser's link may lag behind; at
the end of each run the link is written anew.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from random import getrandbits
from typing import TYPE_CHECKING, Any, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

if TYPE_CHECKING:
    from pages.shared.fields import Field

Fields = Sequence["Field[Any]"]
Query = dict[str, str]

UNSET = object()

TRACKING = re.compile(
    r"utm_\w+|hsa_\w+|(fb|g|d|tt|tw|y|irc)clid|msclkid|li_fat_id|[gw]braid|gad_source|mc_[ce]id|mkt_tok|srsltid"
    r"|igshid|si|_g[al]|_hs\w+|ref|ref_src|source|lang|embed(_options)?"
)
"""What mail programs, social networks and Streamlit itself add to a link."""

PLAYER_S = "step"
"""The parameter that the browser keeps by itself: the step at which the player rests."""

LAST_LINKS = 50
"""So many links of a visit may still be on their way to or from the browser."""


@dataclass
class Visit:
    """What a visitor's session knows of the page that it is on, from when it is opened until it is left.

    Attributes:
        numbers: of its widgets.
        number: its own among all visits, also those of another server.
        values: of each field, what it was last.
        defaults: the same it would have been without the visitor.
        belonged: that for which each field was set.
        remembered: what a field was for something else.
        memory: what a page wants to remember besides its fields: the table that is edited, the last good text.
        widgets: of each field that was drawn, the key of its widget, and the ends of that.
        drawn: the fields that this run has drawn, or asked for.
        from_link: the fields whose value is the link's.
        refused: the parameters of the link that could not be used.
        idle: those for which the page has no part; None until the first run has found out.
        unknown: how many parameters the link has that nobody knows.
        said: the sentence about them.
        query: the link.
        known: the links of this visit: that with which it began, and those that were written since.
        alts: of each chart that this run has drawn, by its key, what it shows.
    """

    page: str
    fields: Fields
    notes: DeltaGenerator
    numbers: Iterator[int] = field(default_factory=count)
    number: int = field(default_factory=lambda: getrandbits(48))
    values: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    belonged: dict[str, Hashable] = field(default_factory=dict)
    remembered: dict[tuple[str, Hashable], Any] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    widgets: dict[str, tuple[str, Hashable]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    from_link: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    idle: list[str] | None = None
    unknown: int = 0
    said: str = ""
    query: Query = field(default_factory=dict)
    known: list[Query] = field(default_factory=list)
    alts: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str) -> None:
        """Note that a field cannot have the link's value, if it is the link's."""
        if name in self.from_link and name not in self.refused:
            self.refused.append(name)
        self.from_link.discard(name)


_current: ContextVar[Visit] = ContextVar("the visit of the session that this thread serves")


def current_visit() -> Visit:
    """The visit of the session whose script runs."""
    # A page asks 40 times, and each look into the session takes as long as drawing a word. Callbacks come before
    # the script, and may have a new thread.
    return _current.get(None) or cast(Visit, st.session_state["_visit"])


def visit_memory() -> dict[str, Any]:
    """What a page wants to remember besides its fields while this visit lasts."""
    return current_visit().memory


def open_visit(page: str, fields: Fields, notes: DeltaGenerator) -> None:
    """Begin the visit of a page, or go on with it: before any of its fields is drawn.

    Args:
        page: its path in the URL.
        fields: all that a link of this page may set.
        notes: the place for a sentence about the link.
    """
    link = {name: st.query_params.get_all(name) for name in st.query_params}
    names = {each.name for each in fields} - {PLAYER_S}
    query = {name: "\n".join(link[name]) for name in names & link.keys()}
    visit: Visit | None = st.session_state.get("_visit")
    # The address without a query is what a click on the page's own entry in the menu leaves.
    if visit is None or visit.page != page or (query and query not in visit.known):
        visit = st.session_state["_visit"] = Visit(page, fields, notes)
        _take(visit, link)
        visit.known.append(query)
    _current.set(visit)
    visit.drawn, visit.alts = set(), {}
    # A place of one element: this run may find more to say.
    visit.notes = notes.empty() if visit.said else notes
    if visit.said:
        visit.notes.warning(visit.said, icon=":material/link_off:")


def _take(visit: Visit, link: Mapping[str, Sequence[str]]) -> None:
    """Give the fields the values that the link says, and note what it should not have said."""
    fields = {each.name: each for each in visit.fields}
    for name, texts in link.items():
        if name not in fields:
            visit.unknown += not TRACKING.fullmatch(name)
            continue
        try:
            (text,) = texts
            visit.values[name] = fields[name].read(text)
            visit.from_link.add(name)
        except ValueError:
            visit.refused.append(name)


def close_visit() -> Visit:
    """End a run: say what was wrong with the link, and write the link that restores this screen."""
    visit = current_visit()
    if visit.idle is None:
        visit.idle = sorted(visit.from_link - visit.drawn)
        # What is drawn has been looked at: from now on it is what the page makes of it.
        visit.from_link -= visit.widgets.keys() | {PLAYER_S}
    # A column of a file shows only with the file whether it is there.
    said = _sentence(visit.refused, visit.idle, visit.unknown)
    if said != visit.said:
        visit.said = said
        visit.notes.warning(said, icon=":material/link_off:")
    visit.query = {}
    for each in visit.fields:
        is_set = each.name in visit.drawn and visit.values[each.name] != visit.defaults[each.name]
        text = each.write(visit.values[each.name]) if is_set and each.name != PLAYER_S else None
        if text is not None:
            visit.query[each.name] = text
    visit.known = [visit.known[0], *visit.known[1:][-LAST_LINKS:], visit.query]
    return visit


def _sentence(refused: Sequence[str], idle: Sequence[str], unknown: int) -> str:
    """What was wrong, naming only our own parameters: a visitor's text is never put into Markdown."""
    parts = []
    if refused:
        names = ", ".join(f"`{name}`" for name in refused)
        parts.append(f"This link's {names} could not be used here, so the default stands in for it.")
    if idle:
        names = ", ".join(f"`{name}`" for name in idle)
        parts.append(f"This link's {names} has no part in what it shows: ignored.")
    if unknown:
        things = "a parameter" if unknown == 1 else f"{unknown} parameters"
        parts.append(f"This link has {things} that the page does not know: ignored.")
    return " ".join(parts)
