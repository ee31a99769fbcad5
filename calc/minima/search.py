"""The interval cut into pieces until it is proved of each what f does there, or that nothing can be proved.

Branch and bound: pieces on which enclosures show neither a direction nor a curvature are halved. Those that
stay unresolved lie in clusters around places where something happens; each cluster is settled as one place
(`calc.minima.places`), and what cannot be settled is left unresolved.

Source: R. B. Kearfott, "Rigorous Global Search: Continuous Problems", Kluwer 1996, chapters 4 and 5.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from dataclasses import replace

from flint import arb, fmpq

from calc.expansions import Side, Unsettled, ball
from calc.expression.enclosures import Enclosure, enclosing, moving
from calc.expression.intervals import Ball, Interval, point
from calc.expression.taylor import MOST_TERMS, Undecided, taylor_series
from calc.expression.tree import Node
from calc.minima.branches import has_branches
from calc.minima.numbers import unit_of
from calc.minima.pieces import Behaviour, Piece
from calc.minima.places import Places

FIRST_PIECES = 16
"""At the start: fewer, and neighbouring turning points are seen late; more, and easy functions cost more."""
OFF_CENTRE = fmpq(2057, 5000)
"""The first cuts lie at no simple fractions of the interval, so that what happens there falls inside a piece."""
SETTLING_DEPTHS = frozenset((4, 5, 6, 8, 10, 13, 17, 22, 28, 35))
"""After how many halvings clusters are tried: often at first, where a try is cheap and spares many halvings."""
PATIENCE = 8
"""Halvings before a cluster on which f is smooth is tried: most are a turning point, and soon resolved."""
DEEPEST = 42
"""Pieces of 1e-14 of the interval: what is not settled by then is not told apart by halving."""
MOST_STEPS = 18_500
"""Steps through a tree, 10 to 25 microseconds each: a hostile function ends within half a second on a free core."""


class Search:
    """The pieces of [low, high] for a function of any form."""

    def __init__(self, root: Node, variable: str, low: fmpq, high: fmpq) -> None:
        self.enclosing = enclosing(root, (variable,))
        self.series = taylor_series(root, variable)
        self.root, self.variable, self.low, self.high = root, variable, low, high
        self.unit = unit_of(float(arb(low)), float(arb(high)))
        self.places = Places(root, variable, low, high, self.unit)
        self._branches = has_branches(root)
        self._left = MOST_STEPS

    def enclosure(self, low: fmpq, high: fmpq) -> Enclosure:
        self._left -= len(self.enclosing.steps) + 1
        return self.enclosing(moving(Interval(arb(low), arb(high))))

    def derivatives(self, low: fmpq, high: fmpq) -> tuple[Ball, Ball, Ball]:
        """Balls around f, f' and f'' over [low, high]; of 0 and of infinite radius where nothing is known."""
        try:
            found = self.series(arb(low).union(arb(high)), 3)
            self._left -= 1
            return found[0], found[1], 2 * found[2]
        except Undecided:
            wide = self.enclosure(low, high)
            return wide.value.ball, wide.first.ball, wide.second.ball

    def run(self) -> list[Piece]:
        """Pieces from low to high without gaps; of `Behaviour.UNRESOLVED` nothing is known but `values`."""
        waiting, done, depth = self._first_pieces(), list[Piece](), 0
        while waiting:
            # Without steps left a piece stays as it is.
            looked = [
                piece
                for part in waiting
                for piece in (self._pieces(part.low, part.high) if self._left > 0 else [part])
            ]
            unresolved = [piece for piece in looked if piece.what is Behaviour.UNRESOLVED]
            done += [piece for piece in looked if piece.what is not Behaviour.UNRESOLVED]
            depth += 1
            last = depth >= DEEPEST or self._left <= 0
            if last or depth in SETTLING_DEPTHS:
                settled, unresolved = self._settled(unresolved, depth)
                done += settled
            if last:
                done += unresolved
                break
            waiting = [half for piece in unresolved for half in self._halves(piece)]
        return _without_overlaps(done)

    def _first_pieces(self) -> list[Piece]:
        width = self.high - self.low
        cuts = [self._short(self.low + width * (k + OFF_CENTRE) / FIRST_PIECES) for k in range(FIRST_PIECES)]
        ends = [self.low, *cuts, self.high]
        return [Piece(low, high, Behaviour.UNRESOLVED) for low, high in itertools.pairwise(ends)]

    def _short(self, x: fmpq) -> fmpq:
        """A binary number near x: the ends of pieces are exact balls."""
        bits = 60 - math.frexp(float(arb(self.high - self.low)))[1]
        return fmpq((x * 2**bits).floor(), 2**bits) if bits > 0 else fmpq(x.floor())

    def _halves(self, piece: Piece) -> list[Piece]:
        middle = self._short((piece.low + piece.high) / 2)
        if not piece.low < middle < piece.high:
            middle = (piece.low + piece.high) / 2
        return [replace(piece, high=middle), replace(piece, low=middle)]

    def _pieces(self, low: fmpq, high: fmpq) -> list[Piece]:
        piece = self._piece(low, high)
        if piece.what is Behaviour.UNRESOLVED and self._branches:
            return self.places.on_one_branch(low, high) or [piece]
        return [piece]

    def _piece(self, low: fmpq, high: fmpq) -> Piece:
        what = self._by_balls(low, high)
        if what is not None:
            return Piece(low, high, what)
        pole = self.places.simple_pole(low, high)
        if pole is not None:
            return pole
        found = self.enclosure(low, high)
        if found.nowhere or not found.smooth:
            what = Behaviour.NOWHERE if found.nowhere else Behaviour.UNRESOLVED
            return Piece(low, high, what, None, found.value, found.smooth)
        what = _told(found.first, found.second) or self._by_taylor_form(low, high)
        return Piece(low, high, what or Behaviour.UNRESOLVED, None, found.value, found.smooth)

    def _by_balls(self, low: fmpq, high: fmpq) -> Behaviour | None:
        """The first try, by Taylor series over one ball; None if it does not tell."""
        try:
            found = self.series(arb(low).union(arb(high)), 3)
        except Undecided:
            return None
        self._left -= 1
        return _told(point(found[1]), point(found[2]))

    def _by_taylor_form(self, low: fmpq, high: fmpq) -> Behaviour | None:
        """By the Taylor polynomial around the middle: its excess shrinks with a high power of the width."""
        last = MOST_TERMS - 1
        middle, box = arb((low + high) / 2), arb(low).union(arb(high))
        try:
            centre, wide = self.series(middle, MOST_TERMS), self.series(box, MOST_TERMS)
        except Undecided:
            return None
        # Two series of ten terms take about as long as eight steps.
        self._left -= 8
        slope, curvature = last * wide[last], last * (last - 1) * wide[last]
        for k in range(last - 1, 0, -1):
            slope = k * centre[k] + (box - middle) * slope
        for k in range(last - 1, 1, -1):
            curvature = k * (k - 1) * centre[k] + (box - middle) * curvature
        return _told(point(slope), point(curvature))

    def _settled(self, unresolved: list[Piece], depth: int) -> tuple[list[Piece], list[Piece]]:
        """Places for the clusters of unresolved pieces, and what is left of the pieces."""
        clusters = _clusters(unresolved)
        settled: list[Piece] = []
        for k, cluster in enumerate(clusters):
            before = clusters[k - 1].high if k else None
            after = clusters[k + 1].low if k + 1 < len(clusters) else None
            if float(arb(cluster.high - cluster.low)) > self.unit or (cluster.smooth and depth < PATIENCE):
                continue
            try:
                settled.append(self.places.settle(cluster.low, cluster.high, before, after))
            except Unsettled:
                continue
            finally:
                self._left -= self.places.take_cost()
        return settled, _without(unresolved, settled)


def _clusters(unresolved: list[Piece]) -> list[Piece]:
    """Unresolved pieces next to one another, as one stretch."""
    found: list[Piece] = []
    for piece in sorted(unresolved, key=lambda each: each.low):
        # Resolved specks between unresolved pieces belong to the same place.
        if found and piece.low - found[-1].high <= piece.high - piece.low:
            smooth = found[-1].smooth and piece.smooth
            found[-1] = replace(found[-1], high=piece.high, smooth=smooth)
        else:
            found.append(piece)
    return found


def _told(first: Interval, second: Interval) -> Behaviour | None:
    """What bounds of f' and f'' tell."""
    if first.sign or first.is_zero:
        return Behaviour(first.sign)
    if second.sign:
        return Behaviour.CONVEX if second.sign > 0 else Behaviour.CONCAVE
    return None


def _along(side: Side) -> Behaviour:
    return Behaviour.SMOOTH if side.direction is None else Behaviour(side.direction)


def _without(pieces: list[Piece], covers: list[Piece]) -> list[Piece]:
    """What is left of pieces outside others, which are in order."""
    ends = [cover.high for cover in covers]
    left = []
    for piece in pieces:
        low = piece.low
        for cover in covers[bisect_right(ends, low) :]:
            if cover.low >= piece.high:
                break
            if low < cover.low:
                left.append(replace(piece, low=low, high=cover.low))
            low = max(low, cover.high)
        if low < piece.high:
            left.append(replace(piece, low=low))
    return left


def _without_overlaps(done: list[Piece]) -> list[Piece]:
    """Places keep what they cover; where two overlap, the second keeps what is beyond the first."""
    kept: list[Piece] = []
    for piece in sorted((p for p in done if p.what is Behaviour.PLACE), key=lambda p: p.low):
        assert piece.place is not None
        if kept and piece.low < kept[-1].high:
            edge = kept[-1].high
            if edge >= piece.high:
                continue
            if ball(piece.place.x) < arb(edge):
                # The same point again, or none: beyond the edge what holds on its right side.
                side = piece.place.right
                what = Behaviour.NOWHERE if side is None else _along(side)
                piece = Piece(edge, piece.high, what)
            else:
                piece = Piece(edge, piece.high, piece.what, piece.place)
        kept.append(piece)
    rest = _without([p for p in done if p.what is not Behaviour.PLACE], kept)
    return sorted(kept + rest, key=lambda p: (p.low, p.high))
