"""What every run shows: its update with the numbers of the step, its loss in big type, and the verdict in words.

The player moves all of it in the browser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calc.descent import Status
from pages.shared.player import readout

Column = np.ndarray | float

WHERE = {
    "gradient-descent": "",
    "stochastic": "B is the mini-batch of this step.",
    "momentum": "v is the velocity: 0.9 times the last one, plus the gradient.",
    "nesterov": "d is the gradient plus 0.9 times the velocity.",
    "adam": "d is the mean gradient, divided by its typical size.",
}
"""What the symbol in each method's update stands for; the whole formula is further down the page."""


WAY = {"converged": "arriving", "moving": "on its way", "oscillating": "swinging", "diverged": "diverging"}
"""What a run is doing before its last step, by how it ends."""


@dataclass(frozen=True)
class Row:
    """The places of one coordinate's update, which the readout writes so that it holds: see `calc.numbers.update`."""

    name: str
    digits: int
    sign: int

    def slot(self, role: str, name: str, part: str = "", *, brackets: bool = False, new: bool = False) -> str:
        """A place for a number in MathML, of one height, so that a power of ten in it moves nothing."""
        more = (" data-brackets" if brackets else "") + (' class="new"' if new else "")
        return f'<mpadded height="0.85em" depth="0.3em"><mn{self._is(role, name, part)}{more}></mn></mpadded>'

    def relation(self) -> str:
        """The place for = or ≈."""
        return f"<mo{self._is('relation', 'relation')}></mo>"

    def _is(self, role: str, name: str, part: str = "") -> str:
        part = f' data-part="{part}"' if part else ""
        return (
            f' data-name="{name}"{part} data-equation="{self.name}" data-role="{role}" data-digits="{self.digits}"'
            f' data-sign="{self.sign}"'
        )


def at(symbol: str, part: str) -> str:
    """A symbol with the step, before or after the update, as its index."""
    return f'<msub>{symbol}<mn data-name="step" data-part="{part}"></mn></msub>'


def direction(method: str, gradient: str, symbol: str) -> str:
    """What the rate is multiplied with: the gradient, or what the method makes of the gradients so far."""
    letter = {"momentum": "v", "nesterov": "d", "adam": "d"}.get(method)
    return (
        at(f"<mi>{letter}</mi>", "after")
        if letter
        else f"{gradient}<mo>(</mo>{at(symbol, 'before')}<mo>)</mo>"
    )


@dataclass(frozen=True)
class Update:
    """An update as MathML: once in symbols, then each coordinate with its numbers.

    Attributes:
        symbol: of what is updated.
        direction: what the rate is multiplied with.
        coordinates: the columns of the run, each with its symbol; of each there is `<name>-direction` too.
        sign: "−" downhill, "+" uphill.
        digits: of the result; before it there are as many as make the update hold with the digits shown.
        narrow: whether each result has a row of its own, where there is no width for the whole.
    """

    symbol: str
    direction: str
    coordinates: Mapping[str, str]
    sign: str = "−"
    digits: int = 6
    narrow: bool = False

    def mathml(self) -> str:
        """A table of a row for the symbols and one for each coordinate."""
        rule = (
            f"<mtr><mtd>{at(self.symbol, 'after')}</mtd><mtd><mo>=</mo>{at(self.symbol, 'before')}"
            f"<mo>{self.sign}</mo><mi>η</mi>{self.direction}</mtd></mtr>"
        )
        rows = "".join(self._row(name, symbol) for name, symbol in self.coordinates.items())
        return f'<math display="block"><mtable>{rule}{rows}</mtable></math>'

    def _row(self, name: str, symbol: str) -> str:
        # Of a single coordinate the row above has the symbol.
        left = f"<mtd>{symbol if len(self.coordinates) > 1 else ''}</mtd>"
        result = "</mtd></mtr><mtr><mtd></mtd><mtd>" if self.narrow else ""
        row = Row(name, self.digits, 1 if self.sign == "+" else -1)
        return (
            f"<mtr>{left}<mtd><mo>=</mo>{row.slot('before', name, 'before', brackets=True)}<mo>{self.sign}</mo>"
            f"{row.slot('rate', 'rate')}<mo>×</mo>"
            f"{row.slot('direction', f'{name}-direction', 'before', brackets=True)}"
            f"{result}{row.relation()}{row.slot('after', name, 'after', new=True)}</mtd></mtr>"
        )


def coordinates(
    names: Sequence[str], w: np.ndarray, rate: float, gradient: np.ndarray | None = None
) -> dict[str, Column]:
    """The columns of an `Update` downhill.

    Args:
        w: the iterates, (k+1, d).
        gradient: what the rate was multiplied with, (k or k+1, d); None for what the steps tell of that.
    """
    with np.errstate(all="ignore"):
        direction = -np.diff(w, axis=0) / rate if gradient is None else gradient[: len(w) - 1]
    at_each = {name: w[:, place] for place, name in enumerate(names)}
    return (
        at_each
        | {f"{name}-direction": direction[:, place] for place, name in enumerate(names)}
        | {"rate": rate}
    )


@dataclass(frozen=True)
class Big:
    """A number of the step in big type, after its name (HTML of ours)."""

    name: str
    column: str
    digits: int = 4
    prefix: str = ""
    suffix: str = ""

    def html(self) -> str:
        """The name and the place for the number."""
        return (
            f'<span class="pair">{self.name} <span class="big" data-name="{self.column}" '
            f'data-digits="{self.digits}" data-prefix="{self.prefix}"></span>{self.suffix}</span>'
        )


def numbers(
    update: Update,
    columns: Mapping[str, Column],
    big: Sequence[Big],
    *,
    verdict: tuple[str, Mapping[str, Column]],
    status: Status,
    who: str = "",
    small: str = "",
    texts: Mapping[str, str] | None = None,
    lines: int = 2,
    key: str = "update",
) -> None:
    """Draw the numbers of the step shown.

    Args:
        columns: by step: the coordinates, their directions, the rate, what `big` and `small` name.
        verdict: what is said of a step before the last, and its columns: see `times_the_least`.
        status: how the run ended, said at its last step.
        who: whose run it is, where there are several.
        small: more words, HTML of ours with places for numbers.
        texts: see `readout`.
        lines: of the verdict, for which there is always room.
    """
    said, more = verdict
    ending = f"{who}: {status.text[0].lower()}{status.text[1:]}" if who else status.text
    html = (
        f'{update.mathml()}<div class="bigs">{"".join(each.html() for each in big)}</div>'
        f'<div class="small">{small}</div>'
        f'<div class="verdict" data-kind="{status.kind}" style="--lines: {lines}">'
        f'<span class="during">Step <span data-name="step"></span>, {WAY[status.kind]}: {said}.</span>'
        '<span class="end" data-name="ending"></span></div>'
    )
    readout(html, {**columns, **more}, {**(texts or {}), "ending": ending}, key=key)


def times_the_least(loss: np.ndarray, least: float, name: str) -> tuple[str, dict[str, Column]]:
    """How far above its least value a loss is at each step: as a multiple, or where that is 0 or less by how much."""
    if least > 0:
        with np.errstate(all="ignore"):
            times = loss / least
        return f'<b data-name="times" data-digits="3"></b> times the least possible {name}', {"times": times}
    return above(loss, least, f"the least possible {name}")


ROUNDING = 1e-12
"""A loss nearer to its least value than this part of it, or of where it started, is there."""


def scale(loss: np.ndarray, least: float) -> float:
    """The size that a difference of losses is small beside: that of the least, or of where the run started."""
    return max(abs(least), abs(float(loss[0])) if np.isfinite(loss[0]) else 0.0)


def above(loss: np.ndarray, least: float, what: str) -> tuple[str, dict[str, Column]]:
    """By how much a loss is above its least value at each step, which is called `what`."""
    with np.errstate(all="ignore"):
        over = loss - least
    over = np.where(np.abs(over) <= ROUNDING * scale(loss, least), 0.0, over)
    return f'<b data-name="above" data-digits="3"></b> above {what}', {"above": over}
