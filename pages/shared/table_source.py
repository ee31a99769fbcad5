"""The control that chooses a table: a bundled one, an own CSV file, one typed in place.

What a page does in its own way it says in a `Source`. Everywhere the same: what is wrong with a table is
said below the control, the last good one stays in the pictures, and nothing typed is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import pandas as pd
import streamlit as st

from calc import datasets
from pages.shared import links

OWN_CSV, OWN_TABLE = "csv", "table"
OWN = {OWN_CSV: "My own CSV file", OWN_TABLE: "My own table"}


class Chosen(Protocol):
    """What a page works with: it knows which of the titles it came from."""

    @property
    def slug(self) -> str: ...


Table = TypeVar("Table", bound=Chosen)


@dataclass(frozen=True)
class Source(Generic[Table]):
    """A page's tables, its words about them, and how it makes of each what it works with.

    Attributes:
        label, titles: of the control, by slug: bundled tables, the first of them the default, then `OWN`.
        key: what this page keeps in the session begins with it.
        carried: the link's parameters that an own table has and a bundled one has not.
        bundled: makes it of a bundled table's slug.
        linked: makes it of the link, where no file is chosen yet; None if the link carries no rows.
        uploaded: makes it of a file's table, and draws the choice of its columns.
        typed: makes it of the table as it was typed.
        first: the table that typing begins with, given the one in the pictures.
        error: what these four raise besides `DatasetError`; its text is a sentence for the visitor.
        help: of the place for the file.
        alt, height: of the editable table.
        ask, wrong, until: what is said without a file, with a table of no use, and of what is seen until
            then, whose title takes the place of {}.
    """

    label: str
    titles: Mapping[str, str]
    key: str
    carried: tuple[str, ...]
    bundled: Callable[[str], Table]
    linked: Callable[[], Table | None]
    uploaded: Callable[[pd.DataFrame], Table]
    typed: Callable[[pd.DataFrame], Table]
    first: Callable[[Table], pd.DataFrame]
    error: type[ValueError]
    help: str
    alt: str
    height: int
    ask: str
    wrong: str
    until: str


def choose(source: Source[Table]) -> Table:
    """Draw the control; give back the chosen table, or the last good one and a sentence."""
    slug = links.selectbox(source.label, source.titles, key="data")
    last = st.session_state.get(f"{source.key}-last", source.bundled(next(iter(source.titles))))
    seen = source.titles[last.slug].lower()
    try:
        table = _own(source, slug, last) if slug in OWN else source.bundled(slug)
    except (datasets.DatasetError, source.error) as wrong:
        st.error(source.wrong, icon=":material/table:")
        st.text(str(wrong))
        st.caption(source.until.format(seen))
        return last
    if table is None:
        st.info(source.ask.format(seen))
        return last
    if slug not in OWN:
        for name in source.carried:
            links.put(name, None)
    # A visitor's table is kept for this session only; bundled ones are shared by all.
    st.session_state[f"{source.key}-last"] = table
    return table


def _own(source: Source[Table], slug: str, last: Table) -> Table | None:
    """The visitor's own table; None while no file is chosen and the link carries none."""
    if slug == OWN_TABLE:
        return source.typed(
            editor(source.key, lambda: source.first(last), height=source.height, alt=source.alt)
        )
    file = st.file_uploader(
        "CSV file", type=["csv", "tsv", "txt"], key=f"{source.key}-file", help=source.help
    )
    return source.linked() if file is None else source.uploaded(_read(file.getvalue()))


@st.cache_resource(max_entries=16, show_spinner="Reading the table …")
def _read(raw: bytes) -> pd.DataFrame:
    """The file's table, which nobody changes; `cache_data` would need a running server at import."""
    return datasets.read_table(raw)


def editor(key: str, first: Callable[[], pd.DataFrame], **options: Any) -> pd.DataFrame:
    """An editable table that begins with `first()`; `options` are those of `st.data_editor`."""
    begun, now, edits = f"{key}-begun", f"{key}-now", f"{key}-edits"
    if edits not in st.session_state:
        # Streamlit forgets the edits of a table that was not drawn: what was typed is the new beginning.
        before = st.session_state.get(now)
        st.session_state[begun] = first() if before is None else before.reset_index(drop=True)
    table = st.data_editor(st.session_state[begun], num_rows="dynamic", hide_index=True, key=edits, **options)
    st.session_state[now] = table
    return table


def column(title: str, parameter: str, names: list[str], default: int, *, key: str) -> str:
    """The control for one of a file's columns: it begins with the link's, if the file has it."""
    asked = st.query_params.get(parameter)
    return st.selectbox(title, names, names.index(asked) if asked in names else default, key=key)
