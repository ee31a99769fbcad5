"""What is said of a point, and of a whole interval: continuous? differentiable? why not?"""

from dataclasses import dataclass
from math import inf, isclose, isfinite, isnan

from calc.differentiability import Differentiability, Kind, Point
from calc.expression import Expression
from calc.numbers import counted, written
from pages.shared.function_columns import search
from pages.shared.memory import kept

TOLD = 2
"""Doubts that are told one by one."""
PLURALS = {
    "corner": "corners", "cusp": "cusps", "vertical tangent": "vertical tangents", "jump": "jumps", "hole": "holes",
    "pole": "poles", "oscillation": "oscillations",
}  # fmt: skip


def fillable(point: Point) -> bool:
    """Whether f has a limit at the point, but no value."""
    return (
        point.kind in ("hole", "oscillation")
        and isnan(point.value)
        and isfinite(point.left_limit)
        and isclose(point.left_limit, point.right_limit, rel_tol=1e-12, abs_tol=1e-300)
    )


@dataclass(frozen=True)
class Verdict:
    """What is the case at a point, with the reasons in words.

    Attributes:
        value: f there, or the limit that stands in for it; nan for none.
        left, right: the one-sided slopes, measured from the value.
    """

    continuous: bool
    differentiable: bool
    value: float
    left: float
    right: float
    why_continuous: str
    why_differentiable: str

    @property
    def slopes(self) -> tuple[float, ...]:
        """Those that there are: two, at an end of the domain one."""
        return tuple(slope for slope in (self.left, self.right) if not isnan(slope))

    @property
    def text(self) -> str:
        """Both, as one says it."""
        return f"Continuous? {self.why_continuous}. Differentiable? {self.why_differentiable}."


def judge(point: Point, fill: bool = False) -> Verdict:
    """The verdict at a point; with `fill` as if its limit were its value, where it has one."""
    filled = fill and fillable(point)
    value, left, right = (
        (point.left_limit, point.left_filled, point.right_filled)
        if filled
        else (point.value, point.left, point.right)
    )
    continuous, why = (True, f"Yes, with the value {written(value)} put in") if filled else _continuity(point)
    if isnan(value):
        return Verdict(False, False, value, left, right, why, "No: there is no value to measure a slope from")
    differentiable, slopes = _slopes(left, right, None if filled and not point.filled_known else point.kind)
    return Verdict(continuous, differentiable, value, left, right, why, slopes)


def apart(*numbers: float, digits: int = 4) -> list[str]:
    """Numbers with so many digits, or more, that different ones are written differently."""
    different = len({*numbers})
    texts = [written(number, digits) for number in numbers]
    return texts if len({*texts}) == different or digits > 14 else apart(*numbers, digits=digits + 1)


def _continuity(point: Point) -> tuple[bool, str]:
    limits = {"left": point.left_limit, "right": point.right_limit}
    known = {"here": point.value, **limits}
    known = {place: to for place, to in known.items() if not isnan(to)}
    said = dict(zip(known, apart(*known.values()), strict=True))
    sides = [f"{said[side]} from the {side}" for side in limits if side in said]
    goes = f"it goes to {' and to '.join(sides)}" if sides else "nothing lies beside it"
    missing = isnan(point.value)
    match point.kind:
        case None:
            return not missing, "No: the function has no value here" if missing else "Yes"
        case "pole":
            return False, f"No: {goes}"
        case "jump":
            here = "has no value here" if missing else f"is {said['here']} here"
            return False, f"No: the function {here}, and {goes}"
        case "hole" | "oscillation" if sides:
            goes = f"it goes to {written(point.left_limit)}" if fillable(point) else goes
            return False, f"No: the function has no value here, though {goes}"
        case "oscillation":
            return False, "No: the function has no value here, and swings beside it for ever, without a limit"
    return True, "Yes"


def _slopes(left: float, right: float, kind: Kind | None) -> tuple[bool, str]:
    """Whether there is one finite slope, and what the two do."""
    known = {side: to for side, to in (("left", left), ("right", right)) if not isnan(to)}
    if not known:
        swings = kind == "oscillation"
        why = (
            "No: the slopes swing for ever and have no limit"
            if swings
            else "It is not settled what the slopes do"
        )
        return False, why
    if len(known) < 2:
        ((side, to),) = known.items()
        one = f"from the {side}, the only side there is, the slopes go to {written(to, 6)}"
        return (True, f"Yes: {one}") if isfinite(to) else (False, f"No: {one}")
    if isfinite(left) and isclose(left, right, rel_tol=1e-12, abs_tol=1e-12):
        return True, f"Yes: the slopes from both sides go to {written(left, 6)}"
    if left == right and kind == "vertical tangent":
        both = f"No: the slopes from both sides go to {written(left)}"
        return False, f"{both}. It is locally straight, but a vertical line has no slope"
    cusp = ", a cusp" if {left, right} == {inf, -inf} else ""
    return (
        False,
        f"No: the slopes from the left go to {written(left, 6)}, from the right to {written(right, 6)}{cusp}",
    )


def height(point: Point, verdict: Verdict, other: float) -> float:
    """Where the point stands: on its value, else between the limits or on one; `other` where there is none."""
    limits = point.left_limit, point.right_limit
    return next(filter(isfinite, (verdict.value, sum(limits) / 2, *limits)), other)


@kept
def interval(expression: Expression, low: float, high: float, fill: bool = False) -> str:
    """`over_the_interval` of what the search finds."""
    return over_the_interval(search(expression, low, high)[1], fill)


def over_the_interval(found: Differentiability | None, fill: bool = False) -> str:
    """Whether f is continuous and differentiable on all of an interval, and what is proved of that."""
    if found is None:
        return "**Nothing is settled** on this interval: the search took too long. Try a shorter or a simpler function."
    judged = [(point, judge(point, fill)) for point in found.points]
    breaks = [point for point, verdict in judged if not verdict.continuous]
    rough = [point for point, verdict in judged if not verdict.differentiable]
    parts = []
    if breaks or found.gaps:
        parts.append(f"not continuous at {_by_kind(breaks)}" if breaks else "not continuous")
    else:
        parts.append("continuous" if found.proved else "whether it is continuous is not settled")
    if rough:
        parts.append(f"not differentiable at {_by_kind(rough)}")
    elif not found.gaps:
        parts.append(
            "differentiable everywhere" if found.proved else "whether it is differentiable is not settled"
        )
    if found.gaps:
        parts.append("without values on a part of it")
    low, high = apart(found.low, found.high)
    on = f"**On [{low}, {high}]**: {'; '.join(parts)}."
    return f"{on} {_proof(found)}"


def _by_kind(points: list[Point]) -> str:
    kinds = [point.kind for point in points if point.kind is not None]
    return ", ".join(counted(kinds.count(kind), kind, PLURALS[kind]) for kind in dict.fromkeys(kinds))


def _proof(found: Differentiability) -> str:
    """What is proved, or what is not."""
    if found.proved:
        return "Proved for every point, not only for those that are drawn."
    doubts = list(dict.fromkeys(map(str, found.unproved)))
    more = f"So it is at {counted(len(doubts) - TOLD, 'more place')}." if len(doubts) > TOLD else ""
    return " ".join(["Not proved:", *doubts[:TOLD], more]).strip()
