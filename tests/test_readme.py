"""README says what is so."""

import re
from urllib.parse import parse_qsl

import pytest

from pages.shared.menu import PATH
from tests.pages.app import link, opened, problems
from tests.readme import README, written


def test_the_tables_are_those_of_the_lessons():
    """If this fails: `python -m tests.readme`."""
    text = README.read_text("utf-8")
    assert written(text) == text


def test_there_is_a_picture_of_each_lesson():
    pictures = re.findall(r'<img src="(docs/[^"]*)"', README.read_text("utf-8"))
    assert pictures == [f"docs/{path}.png" for path in PATH]
    assert all((README.parent / picture).exists() for picture in pictures)


def ready_links() -> list[str]:
    """The links of the table *Ready links*."""
    table = README.read_text("utf-8").partition("**Ready links**")[2].partition("\n## ")[0]
    return re.findall(r"\| `/([^`]*)` \|", table)


def test_there_is_a_ready_link_for_each_lesson():
    assert sorted(link.partition("?")[0] for link in ready_links()) == sorted(PATH)


@pytest.mark.parametrize("ready", ready_links())
def test_a_ready_link_restores_its_screen(ready):
    path, _, query = ready.partition("?")
    app = opened(path, drawer=False, **dict(parse_qsl(query)))
    assert not problems(app)
    assert not app.warning
    assert link(app).items() >= {name: text for name, text in parse_qsl(query) if name != "step"}.items()
