"""What one and two variables share: controls, words, and the numbers of a ball."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from calc.basins import Trajectories, trajectories
from calc.descent import METHODS as ALL_METHODS
from calc.descent import Status
from calc.descent.advice import advised_rate_or_steps
from calc.expression import Expression
from calc.numbers import written
from pages.local_and_global_minima.presets import ONE, TWO, Preset
from pages.shared import functions, run
from pages.shared.fields import Choice, Whole
from pages.shared.functions import TYPED, titles
from pages.shared.memory import kept
from pages.shared.turns import run_in_worker

METHODS = {name: method.title for name, method in ALL_METHODS.items() if name != "stochastic"}
"""A typed function has no rows to draw mini-batches from."""

VARIABLES = Choice(
    "variables", "how many variables the function has", "Variables", {"1": "f(x)", "2": "f(x, y)"}
)
F = Choice(
    "f", "a preset, those from `himmelblau` on of two variables, or `own`", "Function", titles(ONE | TWO)
)
STEPS = Whole("steps", "steps of the run; of one variable up to 300", "Steps", 1, 1000, default=60)
METHOD = Choice("method", "how the balls roll", "Method", METHODS)


@dataclass(frozen=True)
class Chosen:
    """A function to look at.

    Attributes:
        preset: what it begins with.
        key: for what its window, its balls and its rate are set.
        why: for which reason it is a preset; empty for one that was typed.
    """

    expression: Expression
    preset: Preset
    key: tuple[int, str]
    why: str


def choose_function(presets: Mapping[str, Preset], first: Preset, variables: tuple[str, ...]) -> Chosen:
    """Draw the choice, the box for one's own, and what was understood.

    Args:
        first: what an own function starts as.
    """
    slug, preset, expression = functions.choose_function(F, presets, first, variables)
    return Chosen(expression, preset, (len(variables), slug), "" if slug == TYPED else preset.why)


FOUND = 1e-9
"""A ball is at the lowest minimum when f is nearer to it than this part of it, or of where the ball started."""
GRADIENT = {
    1: "<msup><mi>f</mi><mo>′</mo></msup>",
    2: "<mo>∇</mo><mi>f</mi>",
}
SYMBOLS = {1: "<mi>x</mi>", 2: "<mi>w</mi>"}
SAID = {1: "f′ is the slope.", 2: "∇f is (∂f/∂x, ∂f/∂y), the slopes along x and y."}
WHERE = {1: "", 2: "w is (x, y). "}


@kept
def rolled_again(
    expression: Expression, start: tuple[float, ...], method: str, rate: float, steps: int
) -> tuple[Status, float]:
    """How a ball's run ends, and the value there."""
    run = run_in_worker(trajectories, expression, [start], method=method, rate=rate, steps=steps)
    return run.status[0], float(run.value[0, -1])


def ended(
    expression: Expression, balls: Trajectories, ball: int, method: str, rate: float, most: int
) -> Status:
    """How a ball's run ended, and what would help; at most so many steps can be taken."""
    w, end = balls.w[ball], (balls.status[ball], float(balls.value[ball, -1]))
    again = partial(rolled_again, expression, tuple(w[0].tolist()), method)
    return advised_rate_or_steps(end, again, rate=rate, steps=len(w) - 1, most=most)


BEYOND = "A triangle at the edge points to a ball that has left the picture. "
FATES = {
    "converged": "comes to rest", "moving": "is still on its way", "oscillating": "swings to and fro",
    "diverged": "diverges",
}  # fmt: skip


def fate(status: Status, steps: int, who: str) -> str:
    """What becomes of a ball, in a sentence."""
    return f"The {who} {FATES[status.kind]}{f' after {steps} steps' * (status.kind == 'moving')}."


def numbers(
    balls: Trajectories,
    ball: int,
    method: str,
    rate: float,
    status: Status,
    least: float | None,
    lowest: str,
    who: str = "",
) -> None:
    """One ball's update, value and verdict at the step shown.

    Args:
        status: how it ended.
        least: the value of the lowest minimum; None where there is none.
        lowest: what that one is called.
        who: which ball it is.
    """
    w, value = balls.w[ball], balls.value[ball]
    d = w.shape[1]
    names = ("x", "y")[:d]
    if least is not None and status.kind == "converged":
        above = value[-1] - least
        near = FOUND * run.scale(value, least)
        # A ball that left the picture may come to rest below its lowest minimum.
        if above >= -near:
            at = f"at {lowest}" if above <= near else f"{written(above, 3)} above {lowest}"
            status = replace(status, text=f"{status.text} It is {at}.")
    plain = method == "gradient-descent"
    run.numbers(
        run.Update(
            SYMBOLS[d], run.direction(method, GRADIENT[d], SYMBOLS[d]), {name: f"<mi>{name}</mi>" for name in names},
            narrow=True,
        ),
        {"value": value, **run.coordinates(names, w, rate, balls.gradient[ball] if plain else None)},
        [run.Big(f"f({', '.join(names)})", "value", digits=6)],
        verdict=_verdict(value, least, lowest),
        status=status,
        who=who,
        lines=5,
        small=f'<div style="min-height: 2.7rem">{WHERE[d]}{SAID[d] if plain else run.WHERE[method]}</div>',
    )  # fmt: skip


def _verdict(value: np.ndarray, least: float | None, lowest: str) -> tuple[str, dict[str, run.Column]]:
    """How far above the lowest minimum f is; where the ball gets below it, or there is none, what f has gained."""
    if least is not None and not (value < least - FOUND * run.scale(value, least)).any():
        return run.above(value, least, lowest)
    with np.errstate(all="ignore"):
        change = value - value[0]
    return 'f has changed by <b data-name="change" data-digits="3"></b> since the start', {"change": change}
