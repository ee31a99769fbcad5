"""Cells on a page: their outputs, exceptions explained, progress, stop, the notebooks; and whose outputs are kept."""

import gc
import json
import time
import weakref

import nbformat
import pytest
from streamlit.testing.v1 import AppTest

from calc.cells import Cell, running
from pages.shared import cells as page
from pages.shared.notebook import notebook
from tests.calc.cells.test_cells import CELLS, VALUES


def script(cells, values, everyone):
    import streamlit as st

    from pages.shared.cells import show_cells

    number = st.number_input("number", value=values["point"])
    show_cells(
        cells, values | {"point": int(number)}, key="some", everyone=everyone, only=st.session_state["only"]
    )


def page_of(cells, *, everyone=False, only=()):
    app = AppTest.from_function(script, args=(cells, VALUES, everyone), default_timeout=60)
    app.session_state["only"] = only
    return app.run()


def finished(app):
    until = time.monotonic() + 60
    while not any("ran on this machine" in caption.value for caption in app.caption):
        assert not app.exception
        assert time.monotonic() < until
        time.sleep(0.05)
        app.run()
    return app


def shown(app):
    return [code.value for code in app.code]


def test_what_runs_is_what_is_shown_with_what_it_gave():
    notes = Cell("noted", "", "1 + {point}", notes="five")
    app = finished(page_of((*CELLS, notes)))
    texts = shown(app)
    assert texts[texts.index("f(3)") + 1] == "9"
    assert texts[texts.index("jax.grad(f)(3)") + 1].startswith(
        "----> jax.grad(f)(3)\nTypeError: grad requires"
    )
    assert "3 s^{2}" in app.latex[0].value
    words = [markdown.value for markdown in app.markdown]
    assert "It is a formula." in words
    assert any("```text\nfive\n```" in text and "NumPy 2" in text for text in words)
    app.number_input[0].set_value(4).run()
    texts = shown(finished(app))
    assert texts[texts.index("f(4)") + 1] == "16"


def test_what_some_need_runs_unseen():
    app = finished(page_of(CELLS, only=("value",)))
    assert shown(app) == ["f(3)", "9"]
    assert [markdown.value for markdown in app.markdown] == ["Its value."]


def test_while_they_run_one_sees_what_there_is_and_can_stop(monkeypatch):
    monkeypatch.setattr(running._shared, "_deadline", 60.0)
    monkeypatch.setattr(page, "LONG", 0.0)
    monkeypatch.setattr(page, "AT_ONCE", 0.1)
    hangs = (
        Cell("six", "Six.", "2 * 3"),
        Cell("hangs", "Hangs.", "while {point}: pass"),
        Cell("last", "Last.", "7"),
    )
    app = page_of(hangs)
    until = time.monotonic() + 60
    while shown(app)[1] != "6":
        assert time.monotonic() < until
        time.sleep(0.05)
        app.run()
    assert shown(app) == ["2 * 3", "6", "while 3: pass", "…", "7", "…"]
    assert "2 of 3 cells" in app.caption[-1].value
    next(button for button in app.button if button.label == "Stop").click().run()
    assert "Stopped: 2 of 3" in app.caption[-1].value
    # Others need not wait.
    assert shown(finished(page_of(CELLS, only=("value",)))) == ["f(3)", "9"]
    app.number_input[0].set_value(0).run()
    finished(app)
    app.number_input[0].set_value(3).run()
    assert "Stopped" in app.caption[-1].value
    monkeypatch.setattr(running._shared, "_deadline", 0.5)
    next(button for button in app.button if button.label == "Run them again").click().run()
    assert any("It was stopped" in text for text in shown(finished(app)))


def test_a_machine_without_processes_is_told(monkeypatch):
    monkeypatch.setattr(running.Run, "look", lambda run, _: setattr(run, "failed", True))
    app = page_of(CELLS)
    assert not app.exception
    assert shown(app)[1] == "It could not be run on this machine."


@pytest.mark.parametrize("everyone", [True, False])
def test_outputs_stay_with_the_sessions_that_asked_but_those_of_presets(everyone):
    app = finished(page_of(CELLS, everyone=everyone, only=("value",)))
    run = weakref.ref(app.session_state["some-run"])
    other = finished(page_of(CELLS, everyone=everyone, only=("value",)))
    assert other.session_state["some-run"] is run()
    del app, other
    gc.collect()
    assert (run() is None) is not everyone


def test_the_notebook_is_one_with_the_lesson_s_words():
    written = nbformat.reads(notebook(CELLS, "A lesson"), as_version=4)
    nbformat.validate(written)
    assert written.cells[0].source == "# A lesson\n\nThe libraries."
    called = next(cell for cell in written.cells if cell.id == "called")
    assert called.metadata["tags"] == ["raises-exception"]
    assert "matplotlib" not in json.dumps(written)
