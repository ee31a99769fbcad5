"""A problem, an answer, and what is thought of it; after three tries the worked solution."""

from dataclasses import dataclass
from typing import cast

import streamlit as st

from calc.answers import Mistake, Verdict, judge, read_answer
from calc.answers.problems import Rule, problem
from calc.expression import Expression, ExpressionError
from calc.workers import Unanswered
from pages.derivative_rules import controls
from pages.derivative_rules.derivation import derivation, rows, where
from pages.derivative_rules.presets import PRESETS
from pages.shared import formula
from pages.shared.functions import OWN, SHOWN, TYPED
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player, revealed
from pages.shared.turns import run_bounded
from pages.shared.visit import visit_memory

KEYS = "^√()πe"
TRIES = 3


@dataclass(frozen=True)
class Task:
    """What is to be differentiated, and that by which its answer is remembered."""

    rule: str
    name: str
    expression: Expression
    notation: str


def draw(places: Places) -> None:
    """The whole look: the problem and the box in the picture's place, the choice of problems beside it."""
    with places.controls:
        task = _chosen()
        tally = st.container()
    with places.picture:
        answer = _asked(task)
        verdict = _judged(task, answer)
        worked = _worked(task, answer, verdict)
        lines = derivation(task.expression, task.notation) if worked else ()
        if worked and not lines:
            st.error("The derivative of this function is too long to be written out.")
        if lines:
            # Below the answer there is less room.
            with st.container(key="worked-solution"):
                revealed(rows(lines, marked=[mistake.at for mistake in verdict.mistakes] if verdict else ()))
    with places.head:
        player(max(0, len(lines) - 1), speed=1, plays=f"{task.name} {worked}")
    _tally(tally, task, verdict, worked)


def _chosen() -> Task:
    """The controls: the rule, how hard, which problem; or a function of one's own."""
    rule = controls.RULE.draw()
    notation = controls.NOTATION.draw(segmented=True)
    if rule == TYPED:
        own = formula.formula(OWN, SHOWN, PRESETS["product"].text, None)
        return Task(rule, f"{rule} {own.text}", own, notation)
    difficulty, seed = controls.DIFFICULTY.draw(), controls.SEED.draw(slider=False)
    st.button("Next problem", on_click=_next, key="next", width="stretch")
    return Task(rule, f"{rule} {difficulty} {seed}", _problem(rule, difficulty, seed), notation)


def _next() -> None:
    controls.SEED.put((controls.SEED.said() + 1) % (controls.SEED.high + 1))


@kept
def _problem(rule: str, difficulty: int, seed: int) -> Expression:
    return problem(cast(Rule, rule), difficulty, seed)


def _asked(task: Task) -> str:
    """The problem, the box for its answer, and keys for what a phone has not."""
    x = task.expression.variables[0]
    st.markdown(rf"**Differentiate** $\large \displaystyle \; f({x}) = {task.expression.latex()}$")
    name = rf"dy/d{x} =" if task.notation == "leibniz" else f"f′({x}) ="
    answer = controls.ANSWER.draw(label=name, belongs_to=task.name)
    with st.container(horizontal=True, key="keys"):
        for place, sign in enumerate(KEYS):
            # A bare sign would be read as Markdown.
            st.button(f"\\{sign}" if sign in "^()" else sign, on_click=_put, args=(sign,), key=f"key-{place}")
    return answer


def _put(sign: str) -> None:
    controls.ANSWER.put((controls.ANSWER.said() + sign)[: controls.ANSWER.longest])


_read = kept(read_answer)


@kept
def _verdict(expression: Expression, text: str) -> Verdict | None:
    try:
        return run_bounded(judge, expression, text)
    except Unanswered:
        return None


def _judged(task: Task, answer: str) -> Verdict | None:
    """What is thought of the answer, in words; None of one that is empty or no formula."""
    if not answer.strip():
        st.caption("Type the derivative in any form, and press Enter.")
        return None
    try:
        understood = _read(answer, task.expression.variables)
    except ExpressionError as wrong:
        st.error(wrong.message)
        if wrong.position is not None:
            st.code(wrong.pointer(), language=None)
        return None
    st.markdown(rf"Understood: $\displaystyle {understood.latex()}$ " + " ".join(understood.notes))
    verdict = _verdict(task.expression, answer)
    if verdict is None or verdict.kind == "unknown":
        st.info(
            "This cannot be told: there are too few points at which both can be compared. Try a simpler form."
        )
    elif verdict.kind == "right":
        st.success("**Right.**", icon=":material/check:")
    else:
        st.error(_told(verdict.mistakes, task.notation), icon=":material/close:")
    return verdict


def _told(mistakes: tuple[Mistake, ...], notation: str) -> str:
    """The mistakes that give this very answer, each with the part of the function where it was made."""
    if not mistakes:
        return "**Not the derivative**, and it looks like none of the usual mistakes. Go through it rule by rule."
    each = [rf"in $\displaystyle {where(mistake.at, notation)}$: {mistake.text}" for mistake in mistakes]
    return "**Not yet.** " + (f"I{each[0][1:]}" if len(each) == 1 else "Either " + "\n\nor ".join(each))


def _worked(task: Task, answer: str, verdict: Verdict | None) -> bool:
    """Whether the worked solution is open: after a click, or three wrong answers."""
    worked = controls.WORKED.get(False, belongs_to=task.name)
    tries: set[str] = visit_memory().setdefault(f"tries {task.name}", set())
    if verdict is not None and verdict.kind == "wrong":
        tries.add(answer)
    if not worked and len(tries) >= TRIES:
        worked = controls.WORKED.keep(True)
    if not worked:
        st.button("Show the worked solution", on_click=controls.WORKED.put, args=(True,), key="show")
    return worked


def _tally(
    place: st.delta_generator.DeltaGenerator, task: Task, verdict: Verdict | None, worked: bool
) -> None:
    """Right answers of this session by rule, those found without the solution."""
    right: dict[str, set[str]] = st.session_state.setdefault("_right", {})
    if verdict is not None and verdict.kind == "right" and not worked:
        right.setdefault(task.rule, set()).add(task.name)
    if right:
        place.markdown(
            "**Right so far:** "
            + ", ".join(f"{controls.RULES[rule]} {len(found)}" for rule, found in right.items())
        )
