"""README says what is so."""

from tests.readme import README, written


def test_the_tables_are_those_of_the_lessons():
    """If this fails: `python -m tests.readme`."""
    text = README.read_text("utf-8")
    assert written(text) == text
