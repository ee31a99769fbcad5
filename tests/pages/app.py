"""A page in Streamlit's AppTest, opened by its link and moved as the browser would move it."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element, Widget, WidgetList
from streamlit.util import calc_hash

from pages.shared import cells
from pages.shared.menu import HOME, LESSONS, Lesson
from pages.shared.visit import Fields

# Each AppTest would look for components in every installed package: nine tenths of its time, and there are none.
manifest_scanner.scan_component_manifests = lambda *_: []
# One screen is compared with another, each with all that its cells give.
cells.AT_ONCE = 60.0

ROOT = Path(__file__).resolve().parents[2]
ALL_LESSONS = (HOME, *LESSONS)
each_lesson = pytest.mark.parametrize("lesson", ALL_LESSONS, ids=lambda lesson: lesson.url_path or "home")


def name_of(widget: Any) -> str | None:
    """The field's name, without what tells one of its widgets from the next."""
    return widget.key and widget.key.partition(" ")[0]


def _by_name(self: WidgetList, key: str) -> Any:
    """`app.slider(key="rate")`, whichever of the field's widgets is drawn now."""
    for widget in self._list:
        if name_of(widget) == key:
            return widget
    raise KeyError(key)


WidgetList.__call__ = _by_name


def lesson_at(url_path: str) -> Lesson:
    return next(lesson for lesson in ALL_LESSONS if lesson.url_path == url_path)


def opened(
    lesson: Lesson | str = "linear-regression", *, drawer: bool = True, **parameters: str | list[str]
) -> AppTest:
    """The page as a visitor with this link sees it first; with its drawer open, so that every control can be moved."""
    lesson = lesson_at(lesson) if isinstance(lesson, str) else lesson
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    # As `switch_page` does, which would have to draw the home page first.
    app._page_hash = calc_hash(lesson.url_path)
    if drawer:
        app.session_state["drawer"] = True
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def link(app: AppTest) -> dict[str, str]:
    """The link that the copy button gives now: its parameters."""
    return dict(app.session_state["_visit"].query)


def snapshot(app: AppTest) -> list[tuple[Any, ...]]:
    """All that a visitor sees: the value of each control, each table, text, chart with its data, readout.

    Apart from the notice about the link that was opened, and from what nobody sees.
    """
    seen: list[tuple[Any, ...]] = []
    for node in app._tree:
        if isinstance(node, Widget):
            seen.append((node.type, name_of(node), node.value))
        elif node.type == "dataframe":
            seen.append((node.type, node.value.to_csv()))
        elif isinstance(node, Element) and node.type not in ("empty", "html"):
            proto = type(node.proto)()
            proto.CopyFrom(node.proto)
            if "id" in proto.DESCRIPTOR.fields_by_name:
                proto.ClearField("id")
            text = proto.SerializeToString(deterministic=True)
            if node.type == "vega_lite_chart":
                seen.append((node.type, alt_of(app, node).encode()))
            if b"downhill_link" not in text and not (node.type == "warning" and b"This link" in text):
                seen.append((node.type, text))
    return seen


def fields_of(lesson: Lesson) -> Fields:
    """All that a link of the lesson may set."""
    return () if lesson is HOME else import_module(f"pages.{lesson.folder}.controls").FIELDS


def choose(app: AppTest, widget: Any, option: str) -> AppTest:
    """Choose an option by the words on the page.

    AppTest wants the value behind the words, which it cannot know where `format_func` made them.
    """
    states = app._tree.get_widget_states()
    mine = next(state for state in states.widgets if state.id == widget.id)
    if mine.HasField("string_array_value"):
        mine.string_array_value.data[:] = [option]
    else:
        mine.string_value = option
    return app._run(states)


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def open_all(app: AppTest) -> AppTest:
    """Open every expander that says whether it is open."""
    for expander in app.get("expander"):
        if expander.key:
            app.session_state[expander.key] = True
    return app.run()


def controls(app: AppTest) -> list[Widget]:
    """The widgets that a visitor can move."""
    return [node for node in app._tree if isinstance(node, Widget) and not node.disabled]


def widget(app: AppTest, name: str) -> Any:
    """The control of this name, if a visitor can move it."""
    return next(widget for widget in controls(app) if name_of(widget) == name)


def value(app: AppTest, name: str) -> Any:
    """What the control of this name says, also one that cannot be moved now."""
    return next(node.value for node in app._tree if isinstance(node, Widget) and name_of(node) == name)


def upload(app: AppTest, name: str, raw: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, raw, "text/csv")).run()


def edit(app: AppTest, **edits: Any) -> AppTest:
    """Change the table that is typed in place."""
    key = next(key for key in app.session_state if key.startswith(("points-", "rows-")))
    app.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    return app.run()


def extremes(widget: Any) -> Iterator[Any]:
    """What the widget is to be set to: each option, or both ends; None where it may be empty."""
    match widget.type:
        case "selectbox" | "select_slider" | "radio" | "multiselect" | "button_group" | "menu_button":
            options = list(widget.options)
            # Of a long scale the ends and some between.
            yield from options if len(options) <= 12 else options[:: len(options) // 10] + options[-1:]
        case "slider" | "number_input":
            yield from (widget.min, widget.max)
            if widget.type == "number_input" and widget.value is None:
                yield 0.5 * (min(widget.max, 2.0) + max(widget.min, 0.0))
        case "checkbox" | "toggle":
            yield from (True, False)
        case "text_input" | "text_area":
            yield from ("", "1/0", "<b>x</b>" * 50, "\u202e√²x", "9" * 400)
        case "button":
            yield "click"
        case "file_uploader":
            yield from ((name, raw, "text/csv") for name, raw in BAD_FILES.items())
        case "download_button":
            return
        case other:
            raise NotImplementedError(f"These tests do not know how to move a {other}: teach them.")


def set_to(app: AppTest, widget: Any, value: Any) -> AppTest:
    """Move one control, and rerun."""
    if widget.type in ("selectbox", "select_slider", "radio", "button_group"):
        return choose(app, widget, value)
    if widget.type == "button":
        return widget.click().run()
    return widget.set_value(value).run()


def problems(app: AppTest) -> list[str]:
    """The exceptions that the page shows, and error boxes with a trace in them."""
    boxes = [box.value for box in app.error if re.search(r"Traceback|Error\b.*:", box.value)]
    return [str(shown.message or shown.value) for shown in app.exception] + boxes


def alt_of(app: AppTest, chart: Any) -> str:
    """What a chart says to those who do not see it: charts.show puts it in the end of the page."""
    name: str = chart.proto.alt
    return app.session_state["_visit"].alts.get(name, name)  # type: ignore[no-any-return]


def alts(app: AppTest) -> list[str]:
    """What every chart says to those who do not see it."""
    return [alt_of(app, chart) for chart in app.get("vega_lite_chart")]


def alt(app: AppTest, words: str) -> str:
    """What the chart that speaks of `words` says."""
    return next(alt for alt in alts(app) if words in alt)


def charts(app: AppTest) -> dict[str, dict[str, dict[str, list[Any]]]]:
    """The datasets of each chart, by its alt text."""
    return {
        alt_of(app, node): {
            each.name: pa.ipc.open_stream(each.data.data).read_all().to_pydict()
            for each in node.proto.datasets
        }
        for node in app.get("vega_lite_chart")
    }


def chart(app: AppTest, said: str) -> dict[str, dict[str, list[Any]]]:
    """The datasets of the chart of which this is said."""
    return next(data for alt, data in charts(app).items() if said in alt)


def readout_data(app: AppTest, number: int = 0) -> dict[str, Any]:
    """What the browser gets for the numbers of the step: template, columns, texts."""
    protos = [each.proto for each in app.get("bidi_component")]
    data = [json.loads(each.bytes) for each in protos if each.component_name == "downhill_readout"]
    return data[number]


def readout(app: AppTest, number: int = 0) -> dict[str, np.ndarray]:
    """The columns behind the numbers of the step."""
    columns = readout_data(app, number)["columns"]
    return {name: np.frombuffer(b64decode(text), "<f8") for name, text in columns.items()}


def ending(app: AppTest, number: int = 0) -> str:
    """What is said of the run at its last step."""
    return readout_data(app, number)["texts"]["ending"]


def words(app: AppTest) -> str:
    """All warnings, errors and plain texts of the page."""
    return "\n".join(node.value for kind in ("warning", "error", "text") for node in app.get(kind))


BAD_FILES = {
    "empty.csv": b"",
    "picture.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
    "names.csv": b"bedrooms,price\n",
    "one.csv": b"bedrooms,price\n3,100000\n",
    "constant.csv": b"bedrooms,price\n3,100000\n3,120000\n3,90000\n",
    "text.csv": b"street,town\nElm,Oslo\nOak,Bergen\n",
    "huge.csv": b"bedrooms,price\n1,1e308\n2,-1e308\n3,1e308\n",
    "infinite.csv": b"bedrooms,price\n1,inf\n2,nan\n",
    "zip.csv": b"PK\x03\x04" + bytes(range(256)),
}
"""Files that no line can be fitted to."""
