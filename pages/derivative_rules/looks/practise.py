"""A problem, an answer, and what is thought of it; after three tries the worked solution."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import pyarrow as pa
import streamlit as st

from calc.answers import Verdict, judge, read_answer
from calc.answers.problems import Rule, problem
from calc.expression import Expression, ExpressionError
from calc.workers import Unanswered
from pages.derivative_rules import controls
from pages.derivative_rules.derivation import changed, derivation, differentiated, rows
from pages.derivative_rules.presets import PRESETS
from pages.shared import formula
from pages.shared.browser import component
from pages.shared.functions import OWN, SHOWN, TYPED
from pages.shared.layout import Places
from pages.shared.memory import kept
from pages.shared.player import player, revealed
from pages.shared.turns import run_bounded
from pages.shared.visit import current_visit, visit_memory

TRIES = 3
# Out of the tab order: a keyboard has them, and who left the box for a key would have sent half an answer.
KEYS = "".join(f'<button type="button" tabindex="-1">{sign}</button>' for sign in "^√()πe")
_keys = component(
    Path(__file__).with_name("keys.js"),
    html=f'<div class="downhill-keys" role="group" aria-label="Signs for the answer">{KEYS}</div>',
)


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
    with places.picture:
        x = task.expression.variables[0]
        st.header(rf"Differentiate $\displaystyle f({x}) = {task.expression.latex()}$", anchor=False)
        left, right = st.columns(2)
    with left:
        name = rf"dy/d{x} =" if task.notation == "leibniz" else f"f′({x}) ="
        answer = controls.ANSWER.draw(label=name, belongs_to=task.name)
        _keys(key="keys")
        verdict = _judged(task, answer)
        worked = _worked(task, answer, verdict)
    table = _solution(task, _marked(verdict)) if worked else None
    if table:
        with right.container(key="worked-solution"):
            revealed(table)
    elif worked:
        right.error("The derivative of this function is too long to be written out.")
    with places.head:
        player(len(table) - 1 if table else 0, speed=1, plays=f"{task.name} {worked}")


def _chosen() -> Task:
    """The controls: the rule, how hard, which problem; or a function of one's own."""
    rule = controls.RULE.draw()
    notation = controls.NOTATION.draw(segmented=True)
    if rule == TYPED:
        own = formula.formula(OWN, SHOWN, PRESETS["product"].text, None)
        return Task(rule, f"{rule} {own.text}", own, notation)
    difficulty, seed = controls.DIFFICULTY.draw(), controls.SEED.draw(slider=False)
    return Task(rule, f"{rule} {difficulty} {seed}", _problem(rule, difficulty, seed), notation)


# For all: nothing in it is a visitor's, and drawing one that is admitted takes 10 to 40 ms.
@lru_cache(maxsize=4096)
def _problem(rule: str, difficulty: int, seed: int) -> Expression:
    return problem(cast(Rule, rule), difficulty, seed)


_read = kept(read_answer)


@kept
def _verdict(expression: Expression, text: str) -> Verdict | None:
    try:
        return run_bounded(judge, expression, text)
    except Unanswered:
        return None


def _judged(task: Task, answer: str) -> Verdict | None:
    """What is thought of the answer, in one box; None of one that is empty or no formula."""
    if not answer.strip():
        st.info("Type the derivative in any form, and press Enter.", icon=":material/keyboard:")
        return None
    try:
        read = _read(answer, task.expression.variables)
    except ExpressionError as wrong:
        st.warning(f"**No formula yet:** {wrong.message}.", icon=":material/edit:")
        if wrong.position is not None:
            st.code(wrong.pointer(), language=None)
        return None
    understood = rf"Understood: $\displaystyle {read.latex()}$. " + " ".join(
        f"{note}." for note in read.notes
    )
    verdict = _verdict(task.expression, answer)
    if verdict is None or verdict.kind == "unknown":
        st.warning(
            f"**Cannot tell.** {understood}\n\nYour answer and the derivative both have a value at too few points "
            "to compare them. Try a simpler form.",
            icon=":material/question_mark:",
        )
    elif verdict.kind == "right":
        st.success(f"**Right.** {understood}", icon=":material/check:")
    else:
        st.error(f"**Not yet.** {understood}\n\n{_told(verdict, task.notation)}", icon=":material/close:")
    return verdict


def _told(verdict: Verdict, notation: str) -> str:
    """The mistakes that give this very answer, each with the part of the function where it was made."""
    each = [
        rf"in $\displaystyle {changed(differentiated(mistake.at, notation))}$: {mistake.text}"
        for mistake in verdict.mistakes
    ]
    if not each:
        rounded = " If you rounded a number, give at least four digits, or write it exactly, as ln 2 or 1/3."
        return "This is none of the usual mistakes: go through the function again, rule by rule." + (
            rounded if "." in verdict.understood.text else ""
        )
    return f"I{each[0][1:]}" if len(each) == 1 else "Either " + "\n\nor ".join(each)


def _worked(task: Task, answer: str, verdict: Verdict | None) -> bool:
    """The buttons below the answer, and the tally; whether the worked solution is open."""
    worked = controls.WORKED.get(False, belongs_to=task.name)
    memory, right = visit_memory(), verdict is not None and verdict.kind == "right"
    tries: set[str] = memory.setdefault(f"tries {task.name}", set())
    if verdict is not None and verdict.kind == "wrong" and answer not in tries:
        tries.add(answer)
        worked = controls.WORKED.keep(worked or len(tries) == TRIES)
    # Who has seen the solution has not found it.
    seen: set[str] = memory.setdefault("seen", set())
    if worked:
        seen.add(task.name)
    found: dict[str, set[str]] = st.session_state.setdefault("_right", {})
    if right and task.name not in seen and controls.ANSWER.name not in current_visit().from_link:
        found.setdefault(task.rule, set()).add(task.name)
    with st.container(horizontal=True, key="moves"):
        if task.rule != TYPED:
            st.button("Next problem", on_click=_next, key="next", type="primary" if right else "secondary")
        shown = "Hide the worked solution" if worked else "Show the worked solution"
        st.button(shown, on_click=controls.WORKED.put, args=(not worked,), key="show")
        if found:
            tally = ", ".join(f"{controls.RULES[rule]} {len(names)}" for rule, names in found.items())
            st.markdown(f"**Right so far:** {tally}", width="content")
    return worked


def _next() -> None:
    controls.SEED.put((controls.SEED.said() + 1) % (controls.SEED.high + 1))


Marked = tuple[tuple[str, Expression], ...]


def _marked(verdict: Verdict | None) -> Marked:
    """The rules that were used wrongly, each with that on which it was used."""
    return tuple((each.at.rule, each.at.before) for each in verdict.mistakes) if verdict else ()


@kept
def _solution(task: Task, marked: Marked) -> pa.Table | None:
    lines = derivation(task.expression, task.notation)
    return rows(lines, marked=marked) if lines else None
