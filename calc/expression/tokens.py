"""Typed text cut into tokens, each of which knows where it began."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from calc.expression.errors import ExpressionError, name_character
from calc.expression.limits import Limits
from calc.expression.names import (
    ALIASES,
    BRACKETS,
    CONSTANTS,
    FUNCTIONS,
    LOOK_ALIKES,
    ROOTS,
    SIGNS,
    SPACES,
    SUPERSCRIPTS,
    UNKNOWN_SIGNS,
    UNKNOWN_WORDS,
)

Kind: TypeAlias = Literal[
    "number", "word", "variable", "constant", "function", "sign", "open", "close", "bar", "raised", "root",
    "comma", "equals", "end",
]  # fmt: skip

DIGITS = frozenset("0123456789")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST_WORD_SHOWN = 20
"""A longer word would fill the line of the error."""


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what it means, not always what was typed; `start` and `stop` are its place in the text."""

    kind: Kind
    text: str
    start: int
    stop: int


@lru_cache(maxsize=64)
def _vocabulary(variables: tuple[str, ...]) -> Mapping[str, Token]:
    """Every word with a meaning, as a token without a place."""
    words = {name: Token("variable", name, 0, 0) for name in variables}
    words |= {name: Token("constant", name, 0, 0) for name in CONSTANTS}
    words |= {name: Token("function", name, 0, 0) for name in (*FUNCTIONS, "round")}
    words |= {alias: Token("function", name, 0, 0) for alias, name in ALIASES.items()}
    return MappingProxyType(words)


class Tokenizer:
    """Cuts one text into tokens; a character outside the tables of `names` is an error."""

    def __init__(self, text: str, variables: tuple[str, ...], limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.variables = variables
        self.at = 0
        self.words = _vocabulary(variables)

    def error(self, message: str, position: int | None) -> ExpressionError:
        return ExpressionError(message, position, self.text)

    def tokens(self) -> list[Token]:
        """All tokens, with "end" as the last; words are still unresolved."""
        found: list[Token] = []
        while self.at < len(self.text):
            if self.text[self.at] in SPACES:
                self.at += 1
                continue
            start = self.at
            kind, meaning = self._next(self.text[start])
            found.append(Token(kind, meaning, start, self.at))
        return [*found, Token("end", "", len(self.text), len(self.text))]

    def _next(self, character: str) -> tuple[Kind, str]:
        """The kind and meaning of the token that starts here; moves past it."""
        if character in DIGITS or (character == "." and self._peek(1) in DIGITS):
            return "number", self._number()
        if character in LETTERS:
            return "word", self._word()
        if character in SUPERSCRIPTS:
            return "raised", self._raised()
        self.at += 1
        if character in SIGNS:
            meaning = SIGNS[character]
            return ("constant" if meaning in CONSTANTS else "sign"), meaning
        if character == "*" and self._peek(0) == "*":
            self.at += 1
            return "sign", "^"
        if character in "+-*/^":
            return "sign", character
        if character in BRACKETS:
            return "open", character
        if character in BRACKETS.values():
            return "close", character
        if character in ROOTS:
            return "root", character
        if character in "|,=":
            single: dict[str, Kind] = {"|": "bar", ",": "comma", "=": "equals"}
            return single[character], character
        raise self._unknown_character(character, self.at - 1)

    def _peek(self, ahead: int) -> str:
        """The character so far ahead, or a space after the end."""
        return self.text[self.at + ahead] if self.at + ahead < len(self.text) else " "

    def _run(self, of: frozenset[str]) -> str:
        start = self.at
        while self._peek(0) in of:
            self.at += 1
        return self.text[start : self.at]

    def _number(self) -> str:
        start = self.at
        digits = self._run(DIGITS)
        if self._peek(0) == ".":
            self.at += 1
            digits += self._run(DIGITS)
            if self._peek(0) == "." and (self._peek(1) in DIGITS or self._peek(1) == "."):
                raise self.error("a number has one decimal point: this is the second", self.at)
        if len(digits.strip("0")) > self.limits.digits:
            raise self.error(f"numbers of up to {self.limits.digits} digits are read", start)
        sign = 1 if self._peek(1) in "+-" else 0
        if self._peek(0) in "eE" and self._peek(1 + sign) in DIGITS:
            self.at += 1 + sign
            if len(self._run(DIGITS).lstrip("0")) > 3:
                raise self.error("this number is too large or too small to be read", start)
        return shortest(self.text[start : self.at])

    def _word(self) -> str:
        """Letters, and digits after them where the whole is a known name, as in log10 or x1."""
        start = self.at
        letters = self._run(LETTERS)
        stop = self.at
        whole = letters + self._run(DIGITS)
        if whole not in self.words and whole.lower() not in self.words:
            self.at = stop
        return self.text[start : self.at]

    def _raised(self) -> str:
        start = self.at
        digits = self._run(frozenset(SUPERSCRIPTS))
        plain = "".join(SUPERSCRIPTS[digit] for digit in digits)
        if not plain.removeprefix("-").isdecimal() or "-" in plain[1:]:
            raise self.error("this raised exponent is not a whole number: write x^(...)", start)
        if len(plain) > self.limits.digits:
            raise self.error(f"numbers of up to {self.limits.digits} digits are read", start)
        return ("-" if plain[0] == "-" else "") + shortest(plain.lstrip("-"))

    def _unknown_character(self, character: str, position: int) -> ExpressionError:
        if character in UNKNOWN_SIGNS:
            return self.error(UNKNOWN_SIGNS[character], position)
        if character == ".":
            return self.error("a point stands only inside a number, as in 0.5", position)
        plain = LOOK_ALIKES.get(character) or unicodedata.normalize("NFKC", character)
        if len(plain) == 1 and " " < plain <= "~" and plain != character:
            named = name_character(character)
            looks = "the grave accent" if plain == "`" else f"`{plain}`"
            return self.error(f"this is {named}; it only looks like {looks}: type it anew", position)
        named = name_character(character)
        return self.error(f"{named} has no meaning in a formula: remove it", position)

    def resolve(self, token: Token) -> list[Token]:
        """A word as the variables, constants and functions that it is made of: `xsinx` is x, sin, x."""
        pieces = self._pieces(token.text)
        if pieces is None and token.text.lower() != token.text:
            pieces = self._pieces(token.text.lower())
        if pieces is None:
            raise self._unknown_word(token)
        resolved = []
        start = token.start
        for piece in pieces:
            known = self.words[piece]
            resolved.append(Token(known.kind, known.text, start, start + len(piece)))
            start += len(piece)
        return resolved

    def _pieces(self, word: str) -> list[str] | None:
        """The word split into known names, longest first, or None.

        A function is never split off before `e`: `sine` is a mistyped sin, not sin(e).
        """
        if word in self.words:
            return [word]
        if word.lower() in UNKNOWN_WORDS:
            return None
        splits: dict[int, list[str] | None] = {len(word): []}
        for start in range(len(word) - 1, -1, -1):
            splits[start] = None
            for stop in range(min(len(word), start + 10), start, -1):
                rest, piece = splits[stop], word[start:stop]
                if rest is None or piece not in self.words:
                    continue
                if self.words[piece].kind == "function" and rest and rest[0] == "e":
                    continue
                splits[start] = [piece, *rest]
                break
        return splits[0]

    def _unknown_word(self, token: Token) -> ExpressionError:
        word = token.text
        if word.lower() in UNKNOWN_WORDS:
            return self.error(UNKNOWN_WORDS[word.lower()], token.start)
        if len(word) > LONGEST_WORD_SHOWN:
            return self.error(f"I don't know the word `{word[:LONGEST_WORD_SHOWN]}`...", token.start)
        near = difflib.get_close_matches(word.lower(), sorted(self.words), n=1, cutoff=0.6)
        if len(word) > 1 and near:
            return self.error(f"I don't know `{word}` (did you mean {near[0]}?)", token.start)
        if len(word) == 1:
            names = " and ".join(f"`{name}`" for name in self.variables)
            page = f"this page's variable is {names}"
            if len(self.variables) > 1:
                page = f"this page's variables are {names}"
            return self.error(f"I don't know `{word}`: {page}", token.start)
        return self.error(f"I don't know `{word}`: functions such as sin, sqrt and ln are known", token.start)


def shortest(number: str) -> str:
    """One form for all ways of writing a decimal number without a sign: 1.5 for 1.50, 1000 for 1e3."""
    _, digits, exponent = Decimal(number).as_tuple()
    assert isinstance(exponent, int)
    plain = "".join(str(digit) for digit in digits).lstrip("0")
    stripped = plain.rstrip("0")
    exponent += len(plain) - len(stripped)
    if not stripped:
        return "0"
    if exponent >= 0 and len(stripped) + exponent <= 16:
        return stripped + "0" * exponent
    if -16 <= exponent < 0:
        padded = stripped.rjust(1 - exponent, "0")
        return f"{padded[:exponent]}.{padded[exponent:]}"
    return f"{stripped}e{exponent}"
