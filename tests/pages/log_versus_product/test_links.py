"""The links of `log-versus-product`, its own products in them, and what is kept of these."""

import gc
import sys

import pandas as pd
import pytest

from calc import backend
from calc.likelihood import MAX_CHARACTERS, Product
from calc.likelihood.costs import primitives
from pages.log_versus_product import controls, table
from pages.shared import table_source
from pages.shared.fields import Text
from tests.pages.app import alts as every_alt
from tests.pages.app import link, open_all, opened, problems, snapshot, words

LESSON = "log-versus-product"
LONG_ROWS = tuple(
    (f"{i + 1}-p+p^2-{i}p^3/7+sin({i + 1}p)/9+e^(-p^2)", "1/3" if i % 2 else "2") for i in range(60)
)


def notice(app) -> str:
    return " ".join(note.value for note in app.warning)


def alts(app) -> str:
    return "\n".join(every_alt(app))


def type_into(monkeypatch, rows) -> None:
    """Have the editable table hold these rows, whatever it began with: AppTest cannot type into it."""
    frame = pd.DataFrame(rows, columns=table.COLUMNS)
    monkeypatch.setattr(table_source.st, "data_editor", lambda *_, **__: frame)


TOO_MUCH = {
    "p" * 1000: "1,000 factors",
    "(" * 300 + "p" + ")" * 300: "levels",
    "^".join("p" * 300): "levels",
    "-" * 300 + "p": "levels",
    "p^(" + "*".join("1" * 200) + ")": "parts",
    "+".join("p" * 700): "parts",
    "sin " * 100 + "p": "functions",
    "(1-p" * 100: "levels",
}


@pytest.mark.parametrize("text", TOO_MUCH, ids=lambda text: text[:12])
@pytest.mark.parametrize("way", ["link", "box"])
def test_an_own_product_that_is_too_much_gets_a_sentence(text, way):
    app = opened(LESSON, f="typed", own=text) if way == "link" else opened(LESSON, f="typed")
    if way == "box":
        app.text_input(key="own").set_value(text).run()
    assert problems(app) == []
    assert TOO_MUCH[text] in words(app)
    assert link(app)["own"] == text


@pytest.mark.parametrize(
    "text", ["p " * 400, "(1-p)" * 300, "-" * 40 + "p", "((((((p))))))^2"], ids=lambda text: text[:9]
)
@pytest.mark.parametrize("look", ["terms", "digits"])
def test_a_long_product_is_drawn_and_its_link_carries_it_whole(text, look):
    app = opened(LESSON, f="typed", own=text, look=look)
    assert problems(app) == []
    assert words(app) == ""
    assert app.text_input(key="own").value == link(app)["own"] == text


def test_a_product_longer_than_its_box_is_named():
    app = opened(LESSON, f="typed", own="p " * 1000)
    assert problems(app) == []
    assert "`own`" in notice(app)
    assert controls.OWN.longest == MAX_CHARACTERS


@pytest.mark.parametrize(
    "rows", [LONG_ROWS, (("p", "1"),) * 501, (("(" * 90 + "p" + ")" * 90, "1"),), (("p", "^".join("1" * 90)),),
             (("1-p" * 60, "2"),)], ids=["parts", "rows", "brackets", "exponent", "base"],
)  # fmt: skip
def test_a_table_that_is_too_much_gets_a_sentence_there(rows, monkeypatch):
    type_into(monkeypatch, rows)
    app = opened(LESSON, f="table")
    assert problems(app) == []
    assert "cannot be used" in words(app)
    carried = link(app).get("rows")
    assert carried is None or table.read(carried) == rows
    monkeypatch.undo()
    again = opened(LESSON, f="table", rows=carried or "")
    assert problems(again) == []
    assert bool(carried) == ("cannot be used" in words(again))


@pytest.mark.parametrize("rows", [LONG_ROWS[:40], (("p", "1"), ("1-p", "2")) * 100], ids=["long", "many"])
def test_a_large_table_is_drawn_and_travels(rows):
    app = opened(LESSON, f="table", rows=table.write(rows))
    assert problems(app) == []
    assert words(app) == ""
    assert link(app)["rows"] == table.write(rows)


@pytest.mark.parametrize(
    "rows",
    [
        (("(1-p)^(2)", "-1/3"), ("e^p", "(1)^(2)")),
        (("p", "(1+1)^(3)"),),
        (("|p|", "2"),),
        (("(p", "2"), ("p~2", ""), ("", "%7E;")),
        (("p^2)^(3", "(1"),),
        (("p²", "½"),),
    ],
)
def test_rows_are_read_as_they_were_written(rows):
    assert table.read(table.write(rows)) == rows


@pytest.mark.parametrize("text", ["p^6~", "~(p)^(6)", " ( p ) ^6"])
def test_rows_of_other_links_are_understood(text):
    assert len(table.read(text)) == 1


def test_while_the_table_holds_no_product_the_last_one_is_shown_also_by_the_link(monkeypatch):
    frames = [(("p", "3"), ("1-p", "1")), (("p", "3"), ("1-p", "")), (("p", "1"), (None, None), ("1-p", "1"))]
    app = opened(LESSON, f="table")
    seen = []
    for frame in frames:
        type_into(monkeypatch, frame)
        app.run()
        monkeypatch.undo()
        for each in (app, opened(LESSON, **link(app))):
            assert problems(each) == []
            carried = link(each)
            seen.append(
                (
                    carried.get("rows"),
                    carried.get("shown-rows"),
                    "p = 0.75" in alts(each),
                    "Row 2" in words(each),
                )
            )
    assert seen[::2] == seen[1::2]
    assert seen[::2] == [
        ("(p)^(3)~(1-p)^(1)", None, True, False),
        ("(p)^(3)~(1-p)^()", "(p)^(3)~(1-p)^(1)", True, True),
        ("(p)^(1)~(1-p)^(1)", None, False, False),
    ]


@pytest.mark.parametrize(
    ("name", "text"), [("terms", "300"), ("terms", "9"), ("start", "5"), ("start", "-0.1"), ("along", "12"),
                       ("boost", "7"), ("n", "2"), ("heads", "--5"), ("steps", "1_0"), ("seed", "٣")],
)  # fmt: skip
def test_what_cannot_be_drawn_here_is_named_and_replaced(name, text):
    shown = (
        {"f": "coin"}
        if name == "heads"
        else {"f": "notes", "look": "tiny" if name in ("n", "seed") else "terms"}
    )
    app = opened(LESSON, **shown, **{name: text})
    assert problems(app) == []
    assert f"`{name}`" in notice(app)
    assert name not in link(app)


@pytest.mark.parametrize(
    ("name", "text", "after"), [("n", "1,000", "1000"), ("n", "1000000", "1000000"), ("times", "0.1", "0.1"),
                                ("boost", "3", "3"), ("terms", "3", "3"), ("start", "2.50e-1", "0.25")],
)  # fmt: skip
def test_old_links_go_on_working(name, text, after):
    app = opened(LESSON, f="notes", look="tiny" if name == "n" else "terms", **{name: text})
    assert notice(app) == ""
    assert link(app)[name] == after


@pytest.mark.parametrize("field", controls.FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "zzz",
        "nan",
        "1e400",
        "9" * 5000,
        "<img src=x onerror=alert(1)>",
        "**b**",
        "\x00",
        "\u202e",
        "~",
        ")^(",
    ],
)
def test_hostile_texts(field, text):
    for shown in ({"f": "typed", "look": "tiny"}, {"f": "table"}):
        app = opened(LESSON, **{**shown, field.name: text})
        assert problems(app) == []
        # What a table or a box can hold stays in the link, with the mistake.
        kept = (isinstance(field, Text) or field is table.ROWS) and field.name in link(app)
        assert kept or f"`{field.name}`" in notice(app)
        assert not text.startswith(("<", "**")) or text not in "".join(node.value for node in app.markdown)


def test_start_and_window_belong_to_their_product():
    app = opened(LESSON, f="typed", **{"from": "-1", "to": "3", "start": "2.5"})
    app.selectbox(key="f").set_value("coin").run()
    assert app.slider(key="start").value == 0.5
    app.selectbox(key="f").set_value("table").run()
    assert app.number_input(key="to").value == 1
    app.selectbox(key="f").set_value("typed").run()
    assert (app.number_input(key="from").value, app.slider(key="start").value) == (-1, 2.5)
    assert link(app) == {"f": "typed", "from": "-1", "to": "3", "start": "2.5"}


def test_a_product_that_cannot_be_read_opens_with_the_one_shown_until_then():
    app = opened(LESSON, f="typed", own="p (1-p)^3")
    app.text_input(key="own").set_value("p (1-").run()
    assert "p = 0.25" in alts(app)
    again = opened(LESSON, **link(app))
    assert seen(again) == seen(app)
    again.text_input(key="own").set_value("p").run()
    assert link(again) == {"f": "typed", "own": "p"}


@pytest.mark.parametrize("look", ["terms", "digits"])
def test_a_table_is_kept_in_its_session_alone(look):
    number = "8765.4321"
    app = open_all(opened(LESSON, f="table", rows=f"(p+{number})^(2)~(1-p)^(3)", times="0.5", look=look))
    assert problems(app) == []
    assert products_with(number)
    del app
    gc.collect()
    assert products_with(number) == []


def products_with(text: str) -> list[Product]:
    return [each for each in gc.get_objects() if isinstance(each, Product) and text in repr(each)]


@pytest.fixture
def no_jax(monkeypatch):
    """Importing JAX fails, as where it is not installed."""
    backend.load_jax.cache_clear()
    primitives.cache_clear()
    monkeypatch.setitem(sys.modules, "jax", None)
    yield
    backend.load_jax.cache_clear()
    primitives.cache_clear()


@pytest.mark.parametrize("look", ["terms", "digits"])
def test_without_jax_a_sentence_says_how_to_get_it_and_the_rest_is_shown(look, no_jax):
    app = open_all(opened(LESSON, f="notes", look=look, start="0.45"))
    assert problems(app) == []
    assert "`pip install jax`" in " ".join(box.value for box in app.info)
    if look == "terms":
        assert "n to the 2.00" in alts(app)
    else:
        found = next(each.value for each in app.table if each.value.columns[0] == "p")
        assert found.columns.tolist() == ["p", "f", "(log|f|)′ in truth"]


def seen(app) -> list[tuple]:
    """What the visitor sees, but for the notice about the first link, and the component that holds the link."""

    def ours(part: tuple) -> bool:
        return (
            part[0] == "empty"
            or (part[0] == "warning" and b"This link" in part[1])
            or (part[0] == "bidi_component" and b"downhill_link" in part[1])
        )

    return [part for part in snapshot(app) if not ours(part)]
