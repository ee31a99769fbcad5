"""The control that chooses a table: a bundled one, an own CSV file, one typed in place.

What a page does in its own way it says in a `Source`. Everywhere the same: what is wrong with a table is
said below the control, the last good one stays in the pictures, and nothing typed is lost. A file stays in the
session of the visitor who chose it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, Protocol, TypeVar, cast

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from calc import datasets
from calc.datasets import Upload
from calc.datasets.decoding import MAX_BYTES
from calc.datasets.links import MAX_POINTS
from calc.datasets.records import MAX_ROWS
from calc.numbers import counted, written
from pages.shared.fields import Carried, Choice, Field, Text
from pages.shared.turns import run_in_worker
from pages.shared.visit import visit_memory

OWN_CSV, OWN_TABLE = "csv", "table"
OWN = {OWN_CSV: "My own CSV file", OWN_TABLE: "My own table"}
FILE = Text(
    "file", "name of the own file: it has to be chosen again where the link carries no rows", "File", 200
)
DECIMAL = Choice(
    "decimal",
    "the decimal mark of an own file, where its cells leave open what 1.200 is",
    "Which number is meant?",
    {"point": "the point", "comma": "the comma"},
)


def _unit(text: str) -> str:
    if not text or not datasets.is_unit(text):
        raise ValueError(text)
    return text


X_UNIT, Y_UNIT = (
    Carried(
        f"{axis}-unit", f"the unit of {axis} in an own file or table", reads=_unit, writes=lambda unit: unit or None,
        taken="a unit or a currency, such as `m²` or `€`", examples=("€", "m²", "CHF pcm"),
    )
    for axis in "xy"
)  # fmt: skip
MARKS = {"point": ".", "comma": ","}
FIELDS = (FILE, DECIMAL)
"""What a page with own tables needs besides its `Source`."""
TOO_LARGE = (
    f"A file may have {MAX_BYTES / 1e6:g} MB and {MAX_ROWS:,} rows. Of a larger one keep the columns you need, or its "
    "first rows: delete the others in a spreadsheet program and save it as CSV again."
)
FILES = 4
"""Files that a session keeps, so that Back finds them."""
_numbers = count()


class Chosen(Protocol):
    """What a page works with: it knows which of the titles it came from."""

    @property
    def slug(self) -> str: ...


Rows = TypeVar("Rows")
Table = TypeVar("Table", bound=Chosen)


@dataclass(frozen=True)
class Source(Generic[Rows, Table]):
    """A page's tables, its words about them, and how it makes of each what it works with.

    Attributes:
        data: the control: bundled tables, the first of them the default, then `OWN`.
        rows: the rows of an own table, as the link carries them.
        first: the rows that typing begins with.
        bundled: makes it of a bundled table's slug.
        linked: makes it of the rows that the link carries, where no file is chosen.
        uploaded: makes it of a file, and draws the choice of its columns.
        typed: makes it of the table as it was typed, all text.
        as_table: the rows as a table to edit.
        rows_of: the rows of what is drawn; None if they are too many for a link.
        error: what `linked`, `uploaded` and `typed` raise besides `DatasetError`; its text is for the visitor.
        help: of the place for the file.
        alt, height: of the editable table.
        ask, wrong: what is said without a file, the title of what is seen until then in the place of {}; and with a
            table of no use.
    """

    data: Choice
    rows: Carried[Rows | None]
    first: Rows
    bundled: Callable[[str], Table]
    linked: Callable[[Rows], Table]
    uploaded: Callable[[Upload], Table]
    typed: Callable[[pd.DataFrame], Table]
    as_table: Callable[[Rows], pd.DataFrame]
    rows_of: Callable[[Table], Rows | None]
    error: type[ValueError]
    help: str
    alt: str
    height: int
    ask: str
    wrong: str


def choose(source: Source[Rows, Table]) -> Table:
    """Draw the control; give back the chosen table, or a sentence and the first bundled one, which stands in for it.

    Not the last good one: a link could not say which that was.
    """
    slug = source.data.draw()
    memory = visit_memory()
    if slug != OWN_CSV:
        # A place for files that is not drawn is empty, though nobody took the file away.
        memory.pop("file is chosen", None)
    first = source.bundled(source.data.default)
    seen = source.data.options[first.slug].lower()
    try:
        if slug == OWN_TABLE:
            return _typed(source)
        if slug == OWN_CSV:
            return _of_file(source, seen) or first
        return source.bundled(slug)
    except (datasets.DatasetError, source.error) as wrong:
        st.error(source.wrong, icon=":material/table:")
        st.text(str(wrong))
        st.caption(f"Until then you see {seen}.")
        return first


def _typed(source: Source[Rows, Table]) -> Table:
    """The table that is typed in place: it begins with the rows of the last file, if they are few."""
    name, files = FILE.get("", belongs_to=OWN_TABLE), _files()
    long = cast(tuple[str, pd.DataFrame] | None, files.get((_page(), name)))
    frame = editor(
        source.rows, source.first, source.as_table, begin=visit_memory().get("rows of the file"),
        begin_long=long and long[1], belongs_to=OWN_TABLE, height=source.height, alt=source.alt,
    )  # fmt: skip
    table = source.typed(frame)
    rows = source.rows.keep(source.rows_of(table))
    if rows is None:
        name = FILE.keep(f"table of {len(frame)} rows")
        _remember(name, name, frame)
        st.caption(f"A link carries at most {MAX_POINTS} rows: of this table it carries only the name.")
    elif rows != source.first:
        FILE.keep("")
    elif name:
        st.info("This link is about a longer table, which it does not carry. Paste the rows once more.")
        st.text(f"Missing: {name}.")
    return table


def _of_file(source: Source[Rows, Table], seen: str) -> Table | None:
    """The table of the chosen file, or of the rows in the link; None while there is neither."""
    rows = source.rows.settle(None, belongs_to=OWN_CSV)
    upload = st.file_uploader("CSV file", type=["csv", "tsv", "txt"], key="csv-file", help=source.help)
    taken_away = upload is None and visit_memory().pop("file is chosen", False)
    chosen = _file(upload, taken_away)
    if taken_away or chosen is not None:
        rows = source.rows.keep(None)
        visit_memory().pop("rows of the file", None)
    if chosen is not None:
        table = source.uploaded(chosen)
        visit_memory()["rows of the file"] = source.rows.keep(source.rows_of(table))
        return table
    # It stays in the link until the file is there.
    DECIMAL.get("")
    if rows is not None:
        visit_memory()["rows of the file"] = rows
        return source.linked(rows)
    name = FILE.get("", belongs_to=OWN_CSV)
    if name:
        st.info(f"This link is about a file that you have to choose once more. Until then you see {seen}.")
        st.text(f"Upload {name} again.")
    else:
        st.info(source.ask.format(seen))
        st.caption(TOO_LARGE)
    return None


def decided(file: Upload, names: Sequence[str], other: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The numbers of a file, (n,) for each column; where the chosen columns leave the decimal mark open, ask for it.

    What is wrong with their cells, and which columns cannot be chosen, is said there.

    Args:
        other: of columns without numbers why they cannot be chosen, "" for those that can.
    """
    unclear = file.open(names)
    mark = ""
    if unclear:
        name, reading = next(iter(unclear.items()))
        now, then = (written(values[reading.row], 15) for values in (reading.values, reading.second))
        likelier, less = ("comma", "point") if reading.mark == "," else ("point", "comma")
        # A visitor's text is never put into a label, which is Markdown.
        st.text(f"The column {name} has {reading.example}: is this {now} or {then}? The file does not tell.")
        mark = MARKS[DECIMAL.draw(options={likelier: now, less: then}, segmented=True)]
    else:
        DECIMAL.get("")
    for sentence in file.refused(names):
        st.text(sentence)
    others = {name: why for name, why in (file.left_out() | dict(other or {})).items() if why}
    if others:
        with st.expander(f"{counted(len(others), 'column')} cannot be chosen: why"):
            st.text("\n".join(f"{name}: {why}." for name, why in others.items()))
            st.caption("A column of numbers has one number in each cell, or none; correct them in the file.")
    return file.numbers(mark)


def _file(upload: UploadedFile | None, taken_away: bool) -> Upload | None:
    """The table of the file that is chosen, or was chosen on this page earlier in the session; read once."""
    name, files = FILE.get("", belongs_to=OWN_CSV), _files()
    if taken_away:
        files.pop((_page(), name), None)
        FILE.keep("")
    if upload is None:
        return cast(Upload, files[_page(), name][1]) if (_page(), name) in files else None
    visit_memory()["file is chosen"] = True
    name = FILE.keep("".join(filter(str.isprintable, upload.name))[: FILE.longest] or "file")
    if files.get((_page(), name), ("",))[0] != upload.file_id:
        _remember(name, upload.file_id, run_in_worker(datasets.read_upload, upload.getvalue()))
    return cast(Upload, files[_page(), name][1])


def _files() -> dict[tuple[str, str], tuple[str, Upload | pd.DataFrame]]:
    """The session's tables that no link carries, each with what tells it from another of the same name."""
    return cast(
        dict[tuple[str, str], tuple[str, Upload | pd.DataFrame]], st.session_state.setdefault("_files", {})
    )


def _page() -> str:
    return str(st.session_state["_page"])


def _remember(name: str, identity: str, table: Upload | pd.DataFrame) -> None:
    """Keep a table of this page, as the last of a few."""
    files = _files()
    files.pop((_page(), name), None)
    files[_page(), name] = identity, table
    while len(files) > FILES:
        del files[next(iter(files))]


def editor(
    field: Field[Rows | None],
    first: Rows,
    as_table: Callable[[Rows], pd.DataFrame],
    *,
    begin: Rows | None = None,
    begin_long: pd.DataFrame | None = None,
    belongs_to: str | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Draw an editable table of the field's rows, and give back what stands in it, as text.

    A column of numbers would make others of what is typed before the page sees it.

    Args:
        first: the field's default.
        begin: the rows that it begins with, if nothing has been typed yet.
        begin_long: the same as a table, if they are more than a link carries.
        options: those of `st.data_editor`.
    """
    rows = field.settle(first, belongs_to=belongs_to)
    memory = visit_memory()
    number, begun, now = memory.get(field.name, (None, None, None))
    if number is None:
        if begin is not None and rows == first:
            rows = field.keep(begin)
        number = next(_numbers)
        begun = datasets.as_text(as_table(cast(Rows, rows)) if begin_long is None else begin_long)
    elif f"{field.name}-{number}" not in st.session_state:
        # Streamlit forgets the edits of a table that was not drawn: what was typed is the new beginning.
        begun = now.reset_index(drop=True)
    options.setdefault(
        "column_config", {name: st.column_config.TextColumn(alignment="right") for name in begun.columns}
    )
    table = st.data_editor(
        begun, num_rows="dynamic", hide_index=True, key=f"{field.name}-{number}", **options
    )
    memory[field.name] = number, begun, table
    return cast(pd.DataFrame, table)
