"""The error for text that is not a function we can read."""

from __future__ import annotations

import unicodedata

SHOWN_CHARACTERS = 200
"""The longest text that is read, `Limits.characters`: the caret points into it."""


class ExpressionError(ValueError):
    """The typed text could not be read.

    Attributes:
        message: one sentence for the person who typed: what is wrong, and what to do. Of the typed text it
            holds at most one word of ASCII letters and digits or one printable ASCII sign, both in backticks,
            so that it is harmless in Markdown too.
        position: 0-based offset of the offending character in the text as typed, or None (an empty text).
        text: the text as typed.
    """

    def __init__(self, message: str, position: int | None = None, text: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.text = text

    def __reduce__(self) -> tuple[type[ExpressionError], tuple[str, int | None, str]]:
        return type(self), (self.message, self.position, self.text)

    def pointer(self) -> str:
        """Two lines for `st.code`: the typed text, and a caret under the offending character.

        Every character that would not take up exactly one place, or would turn the writing direction, is
        shown as a box; of a long text only its beginning is shown.
        """
        shown = "".join(_one_place(character) for character in self.text[:SHOWN_CHARACTERS])
        position = 0 if self.position is None else min(self.position, len(shown))
        return f"{shown}\n{' ' * position}^"


def _one_place(character: str) -> str:
    """The character itself where it is safe to show and one place wide, else a box."""
    if character in "\t\r\n":
        return " "
    odd_kind = unicodedata.category(character)[0] in "CM" or unicodedata.category(character) in ("Zl", "Zp")
    odd_direction = unicodedata.bidirectional(character) in ("R", "AL", "AN")
    wide = unicodedata.east_asian_width(character) in "WF"
    return "□" if odd_kind or odd_direction or wide else character


def name_character(character: str) -> str:
    """A character in words that cannot be mistaken or do harm: `$` (dollar sign), U+0445 (...)."""
    name = unicodedata.name(character, "a character without a name").lower()
    if character == "`":
        return "the grave accent"
    if " " < character <= "~":
        return f"`{character}` ({name})"
    return f"U+{ord(character):04X} ({name})"
