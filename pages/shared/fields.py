"""Controls, each declared once: its parameter in the link, what that may say, its widget, its line in README.

    STEPS = Whole("steps", "steps of the run", "Steps", 1, 1000, default=100)

    FIELDS = (STEPS, …)        # of the lesson: checks the link, makes README's table, is what tests enumerate
    steps = STEPS.draw()       # draws the widget, and gives its value

A field that has its default is left out of the link, also where the default depends on others: it follows them.
Drawing has three steps: `settle` finds the value (the widget's, else the visit's, else the default), `widget` the
widget that has it, `keep` notes what the widget then says. `visit.py` has what a link may say and when it is read.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, Generic, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.visit import UNSET, current_visit

T = TypeVar("T")
N = TypeVar("N", bound=float | None)

NUMBER = re.compile(r"[+-]?(?P<digits>\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
"""A number that reads in one way only: no `1_0`, no digits of other scripts, no nan."""
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)
LONGEST_NUMBER = 40
"""Characters of a number in a link: the shortest text of a float64 has 24."""


def number(text: str) -> float:
    """The finite number that a text says; ValueError if it says none."""
    found = NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    value = float(text) if found else nan
    # 1e-400 is no zero, though a float64 makes it one.
    if found is None or not isfinite(value) or (value == 0 and found["digits"].strip("0.")):
        raise ValueError(text)
    return value


def shortest(value: float) -> str:
    """The shortest text from which `number` reads the same value: `0.3`, `20`, `1e-05`."""
    # "+" would be a space in a URL.
    return repr(value).removesuffix(".0").replace("e+", "e")


class Nowhere:
    """A place that nobody sees: a control that would be drawn there only keeps its value."""


Place = DeltaGenerator | Nowhere


def drawer(label: str) -> Place:
    """A popover for the controls of a page that are seldom moved: the place to draw them in.

    While it is closed that is nowhere, since boxes for numbers are what a rerun would take longest for.
    """
    popover = st.popover(label, width="stretch", key="drawer", on_change="rerun")
    return popover if popover.open else Nowhere()


def columns(place: Place, count: int, **options: Any) -> list[Place]:
    """So many places beside each other."""
    return [place] * count if isinstance(place, Nowhere) else [*place.columns(count, **options)]


def _at(place: DeltaGenerator | None) -> Any:
    """Where to draw: at the place, or where the script is."""
    return place or st


@dataclass(frozen=True)
class Field(Generic[T]):
    """One control of a lesson, or a value that has none: what was clicked in a chart, the rows of a table.

    Attributes:
        name: its parameter in the link, and the key of its widget.
        meaning: what it is, for README.
    """

    name: str
    meaning: str

    def read(self, text: str) -> T:
        """The value that a link's text says; ValueError for any text that does not say one."""
        raise NotImplementedError

    def write(self, value: T) -> str | None:
        """The value as the link has it; None for what is too much for a link."""
        raise NotImplementedError

    def values(self) -> str:
        """For README: what a link may say."""
        raise NotImplementedError

    def extremes(self) -> tuple[T, ...]:
        """For tests: the ends of what it may be, or each of a few values."""
        raise NotImplementedError

    def settle(
        self,
        default: T,
        fits: Callable[[T], bool] = lambda value: True,
        belongs_to: Hashable = None,
        follows: bool = True,
    ) -> T:
        """The value with which to draw the field's widget, which is put into the session for it.

        Args:
            default: stands until the field is set; as long as the field has it, it follows it.
            fits: whether a value can be drawn here; one that does not fit is replaced by the default.
            belongs_to: that for which the value was set. For another one the field begins with its default, or with
                what it was when it last belonged to it.
            follows: whether a value that was set follows the default from when it equals it. Not while the default
                is that of what stands in for something else, such as a file that has yet to be chosen again.
        """
        visit = current_visit()
        now = visit.values.get(self.name, UNSET)
        # Once it is drawn, its value is what was kept.
        key = visit.widgets.get(self.name, (self.name, None))[0]
        if self.name not in visit.drawn and (said := st.session_state.get(key, UNSET)) is not UNSET:
            if said != now:
                visit.from_link.discard(self.name)
            now = said
        if now == visit.defaults.get(self.name, UNSET):
            now = UNSET
        before = visit.belonged.get(self.name, belongs_to)
        if before != belongs_to:
            visit.remembered[self.name, before] = now
            now = visit.remembered.get((self.name, belongs_to), UNSET)
        value = default if now is UNSET else cast(T, now)
        if value != default and not fits(value):
            visit.refuse(self.name)
            value = default
        visit.belonged[self.name] = belongs_to
        visit.defaults[self.name] = default if follows or now is UNSET else UNSET
        visit.values[self.name] = value
        visit.drawn.add(self.name)
        return value

    def widget(self, value: T, ends: Hashable = None) -> str:
        """The key of the field's widget: of the one that has this value, else of a new one.

        A widget that the page would set to another value may lie in a closed popover, where the browser does not
        learn of it, and sends the old value with the next message.

        Args:
            ends: of a slider, which with other ends is another widget.
        """
        visit = current_visit()
        key, its_ends = visit.widgets.get(self.name, (self.name, None))
        if its_ends != ends or st.session_state.get(key, UNSET) != value:
            key = f"{self.name} {visit.number}-{next(visit.numbers)}"
        visit.widgets[self.name] = key, ends
        return key

    def keep(self, value: T) -> T:
        """Note what the widget says, or what was read from an editable table."""
        current_visit().values[self.name] = value
        return value

    def rest(self, value: T) -> T:
        """Keep the value without a widget, which would be drawn nowhere."""
        # As one that is drawn it has been looked at.
        current_visit().from_link.discard(self.name)
        return self.keep(value)

    def draw_too(
        self,
        widget: Callable[..., object],
        label: str,
        shown: Any,
        means: Callable[[Any], T],
        ends: Hashable = None,
        **options: Any,
    ) -> None:
        """Draw a second widget that sets the field: a box beside its slider, a list of some of its values.

        Args:
            widget: as `place.number_input`, with its options.
            shown: what it shows; None where nothing is chosen.
            means: the field's value for what it says.
            ends: as those of `widget`.
        """
        key = Field[Any](f"{self.name} too", self.meaning).widget(shown, ends)

        def said() -> None:
            if (now := st.session_state[key]) is not None:
                self.put(means(now))

        widget(label, key=key, on_change=said, **options)

    def get(self, default: T, belongs_to: Hashable = None) -> T:
        """The value of a field that has no widget, or whose widget is not drawn in this run."""
        return self.settle(default, belongs_to=belongs_to)

    def said(self) -> T:
        """What the field's widget says now, for a callback, which comes before the widgets are drawn."""
        visit = current_visit()
        key = visit.widgets.get(self.name, (self.name, None))[0]
        return cast(T, st.session_state.get(key, visit.values.get(self.name)))

    def put(self, value: T) -> None:
        """Set the field from outside its widget: the one way in which a click in a chart changes a control.

        Call it in a callback, which comes before the widgets of the next run are drawn.
        """
        visit = current_visit()
        visit.values[self.name] = value
        visit.widgets.pop(self.name, None)
        visit.memory.pop(self.name, None)
        visit.from_link.discard(self.name)


@dataclass(frozen=True)
class Number(Field[N]):
    """A number from `low` to `high`, in a box or on a slider; with the default None it may be empty."""

    label: str
    low: float
    high: float
    default: N
    help: str | None = None

    def read(self, text: str) -> N:
        value = number(text)
        if not self.low <= value <= self.high:
            raise ValueError(text)
        return cast(N, value)

    def write(self, value: N) -> str:
        return shortest(cast(float, value))

    def values(self) -> str:
        return f"{shortest(self.low)} to {shortest(self.high)}"

    def extremes(self) -> tuple[N, ...]:
        return cast(tuple[N, ...], (self.low, self.high))

    def draw(
        self,
        place: Place | None = None,
        *,
        default: N | None = None,
        low: float | None = None,
        high: float | None = None,
        slider: bool = False,
        belongs_to: Hashable = None,
        follows: bool = True,
        **options: Any,
    ) -> N:
        """Draw the widget, within narrower bounds and with another default where these depend on others."""
        least, most = self.low if low is None else low, self.high if high is None else high
        start = self.default if default is None else default
        value = self.settle(start, lambda value: value is None or least <= value <= most, belongs_to, follows)
        if isinstance(place, Nowhere):
            return self.rest(value)
        options = {"key": self.widget(value, (least, most)), "help": self.help, **options}
        options = {"label": self.label, **options}
        if slider:
            moved = _at(place).slider(min_value=least, max_value=most, value=value, format="%.4g", **options)
            return self.keep(cast(N, moved))
        box = _at(place).number_input(min_value=least, max_value=most, value=value, format="%.10g", **options)
        return self.keep(cast(N, box))


@dataclass(frozen=True)
class Whole(Field[int]):
    """A whole number from `low` to `high`, on a slider or in a box."""

    label: str
    low: int
    high: int
    default: int
    help: str | None = None

    def read(self, text: str) -> int:
        value = number(text)
        if value != int(value) or not self.low <= value <= self.high:
            raise ValueError(text)
        return int(value)

    def write(self, value: int) -> str:
        return str(value)

    def values(self) -> str:
        return f"whole, {self.low} to {self.high:,}"

    def extremes(self) -> tuple[int, ...]:
        return self.low, self.high

    def draw(
        self,
        place: Place | None = None,
        *,
        default: int | None = None,
        high: int | None = None,
        slider: bool = True,
        belongs_to: Hashable = None,
        follows: bool = True,
        **options: Any,
    ) -> int:
        """Draw the widget, within narrower bounds and with another default where these depend on others."""
        most = self.high if high is None else high
        start = self.default if default is None else default
        value = self.settle(start, lambda value: self.low <= value <= most, belongs_to, follows)
        if isinstance(place, Nowhere):
            return self.rest(value)
        options = {"key": self.widget(value, most), "help": self.help, **options}
        widget = _at(place).slider if slider else _at(place).number_input
        return self.keep(int(widget(self.label, self.low, most, value, **options)))


@dataclass(frozen=True)
class Choice(Field[str]):
    """One of `options`, by their short names in the link and their titles on the page; the first is the default."""

    label: str
    options: Mapping[str, str]
    help: str | None = None

    @property
    def default(self) -> str:
        return next(iter(self.options))

    def read(self, text: str) -> str:
        if text not in self.options:
            raise ValueError(text)
        return text

    def write(self, value: str) -> str:
        return value

    def values(self) -> str:
        return ", ".join(f"`{option}`" for option in self.options)

    def extremes(self) -> tuple[str, ...]:
        return tuple(self.options)

    def draw(
        self,
        place: Place | None = None,
        *,
        options: Mapping[str, str] | None = None,
        segmented: bool = False,
        belongs_to: Hashable = None,
        **others: Any,
    ) -> str:
        """Draw a list to choose from, of some of the options, or all of them side by side."""
        titles = self.options if options is None else options
        value = self.settle(next(iter(titles)), titles.__contains__, belongs_to)
        if isinstance(place, Nowhere):
            return self.rest(value)
        others = {"key": self.widget(value), "help": self.help, "format_func": titles.get, **others}
        slugs = list(titles)
        if segmented:
            chosen = _at(place).segmented_control(self.label, slugs, default=value, required=True, **others)
        else:
            chosen = _at(place).selectbox(self.label, slugs, slugs.index(value), **others)
        return self.keep(str(chosen))


@dataclass(frozen=True)
class Section(Field[str | None]):
    """One of several parts of a page, of which at most one is unfolded; a second click folds it."""

    label: str
    options: Mapping[str, str]

    def read(self, text: str) -> str:
        if text not in self.options:
            raise ValueError(text)
        return text

    def write(self, value: str | None) -> str | None:
        return value

    def values(self) -> str:
        return ", ".join(f"`{option}`" for option in self.options)

    def extremes(self) -> tuple[str, ...]:
        return tuple(self.options)

    def draw(self) -> str | None:
        """Draw the titles side by side; None while none is unfolded."""
        value = self.settle(None, lambda value: value is None or value in self.options)
        return self.keep(
            st.segmented_control(
                self.label,
                list(self.options),
                default=value,
                key=self.widget(value),
                format_func=lambda option: self.options[option],
            )
        )


@dataclass(frozen=True)
class Scale(Field[float]):
    """One of a few numbers on a slider."""

    label: str
    options: tuple[float, ...]
    default: float
    help: str | None = None
    shown: str = "{:g}"
    """How a number is written on the slider."""

    def read(self, text: str) -> float:
        value = number(text.replace(",", "") if THOUSANDS.fullmatch(text) else text)
        if value not in self.options:
            raise ValueError(text)
        return value

    def write(self, value: float) -> str:
        return shortest(float(value))

    def values(self) -> str:
        return ", ".join(shortest(float(option)) for option in self.options)

    def extremes(self) -> tuple[float, ...]:
        return self.options

    def draw(self, place: Place | None = None, **options: Any) -> float:
        """Draw the slider."""
        value = self.settle(self.default, self.options.__contains__)
        if isinstance(place, Nowhere):
            return self.rest(value)
        options = {"key": self.widget(value), "help": self.help, "format_func": self.shown.format, **options}
        return self.keep(float(_at(place).select_slider(self.label, self.options, value, **options)))


@dataclass(frozen=True)
class Flag(Field[bool]):
    """A switch."""

    label: str
    default: bool = False
    help: str | None = None

    def read(self, text: str) -> bool:
        if text.lower() not in ("true", "false"):
            raise ValueError(text)
        return text.lower() == "true"

    def write(self, value: bool) -> str:
        return "true" if value else "false"

    def values(self) -> str:
        return "`true`, `false`"

    def extremes(self) -> tuple[bool, ...]:
        return True, False

    def draw(self, place: Place | None = None) -> bool:
        """Draw the switch."""
        value = self.settle(self.default)
        if isinstance(place, Nowhere):
            return self.rest(value)
        return self.keep(bool(_at(place).toggle(self.label, value, key=self.widget(value), help=self.help)))


@dataclass(frozen=True)
class Text(Field[str]):
    """A line of text; what is wrong with it is said where it is read."""

    label: str
    longest: int
    default: str = ""
    help: str | None = None

    def read(self, text: str) -> str:
        # Nothing else can be told from what was typed: what a box takes, its link takes too.
        if len(text) > self.longest or any(sign < " " and sign != "\t" for sign in text):
            raise ValueError(text)
        return text

    def write(self, value: str) -> str:
        return value

    def values(self) -> str:
        return f"up to {self.longest} characters"

    def extremes(self) -> tuple[str, ...]:
        return "1/0", "x" * self.longest

    def draw(
        self,
        place: DeltaGenerator | None = None,
        *,
        default: str | None = None,
        belongs_to: Hashable = None,
        **options: Any,
    ) -> str:
        """Draw the box; its default may depend on others."""
        start = self.default if default is None else default
        value = self.settle(start, belongs_to=belongs_to)
        options = {"label": self.label, "key": self.widget(value), "help": self.help, **options}
        return self.keep(str(_at(place).text_input(value=value, max_chars=self.longest, **options) or ""))


@dataclass(frozen=True)
class Column(Text):
    """One of the columns of a visitor's file."""

    def choose(
        self,
        names: Sequence[str],
        place: DeltaGenerator | None = None,
        *,
        first: int = 0,
        belongs_to: Hashable = None,
    ) -> str:
        """Draw the list of the columns' names, which begins with the one in place `first`."""
        # The link names that one too: it may carry the rows without their file.
        value = self.settle("", names.__contains__, belongs_to)
        name = value or names[min(first, len(names) - 1)]
        key = self.widget(name, tuple(names))
        return self.keep(str(_at(place).selectbox(self.label, names, names.index(name), key=key)))


@dataclass(frozen=True)
class Carried(Field[T]):
    """A value without a widget of its own: rows of a table, what was clicked in a chart.

    Attributes:
        reads: makes the value of a link's text; raises ValueError.
        writes: the reverse; None for what is too much for a link.
        taken: for README, what a link may say.
        examples: for tests.
    """

    reads: Callable[[str], T]
    writes: Callable[[T], str | None]
    taken: str
    examples: tuple[T, ...]

    def read(self, text: str) -> T:
        return self.reads(text)

    def write(self, value: T) -> str | None:
        return self.writes(value)

    def values(self) -> str:
        return self.taken

    def extremes(self) -> tuple[T, ...]:
        return self.examples


STEP = Whole(
    "step", "the step at which the player rests; without it the run plays once", "Step", 0, 10**6, default=-1
)
"""The player's own parameter, on every page: the browser keeps it."""


def step_of_link(steps: int) -> int | None:
    """The step of a run of `steps` steps at which the link's sender had stopped the player, if any."""
    visit, at = current_visit(), STEP.get(-1)
    if at > steps:
        visit.refuse(STEP.name)
    return at if 0 <= at <= steps else None


def set_screen(link: Mapping[str, str]) -> None:
    """Set the fields as a link to this page does, the others to their defaults; what was typed stays in its box.

    Call it in a callback, as `Field.put`.
    """
    visit = current_visit()
    for each in visit.fields:
        if each.name in link:
            each.put(each.read(link[each.name]))
            # Whatever it was, or is by default, for another problem.
            visit.belonged.pop(each.name, None)
            visit.defaults.pop(each.name, None)
        elif not isinstance(each, Text | Carried):
            visit.values.pop(each.name, None)
            visit.widgets.pop(each.name, None)
            visit.belonged.pop(each.name, None)
