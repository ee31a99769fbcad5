"""The child process: reads questions as JSON, answers in JSON, and ends when its input does.

Run as `python -m calc.symbolic.child`. It reads formulas with our own parser, never SymPy's; it may use
200 MB more than it holds after the imports, may write no file, and an alarm ends it if a question takes 5 s
and its parent has died without killing it.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from calc.child_process import bound_memory, serve
from calc.expression import WRITTEN, ExpressionError, parse_expression
from calc.symbolic.operations import NoResult, perform

EXTRA_MEMORY = 200 * 2**20
"""Bytes; both children may hold that much at once, beside what they import."""
ALARM = 5
"""Seconds; above the deadline of `pool`, which kills the child first where its parent lives."""
TOO_LARGE = "this was too much symbolic work: it took more than 200 MB and was stopped; the numbers go on"


def _answer(message: bytes) -> bytes:
    return json.dumps(_reply(json.loads(message))).encode()


def _reply(request: dict[str, Any]) -> dict[str, Any]:
    try:
        expression = parse_expression(request["text"], tuple(request["variables"]), WRITTEN)
        ends = [None if end is None else float.fromhex(end) for end in (request["low"], request["high"])]
        return perform(request["operation"], expression, request["variable"], ends[0], ends[1])
    except NoResult as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        # Memory may be in pieces now: the parent replaces this child.
        return {"error": TOO_LARGE, "stopped": True}
    except ExpressionError as error:
        return {"error": f"this formula is too large for symbolic work: {error.message}"}
    except Exception as error:
        # SymPy fails in many ways on strange formulas; none of them may end the child or reach the visitor.
        return {"error": f"SymPy found no answer ({type(error).__name__})"}


if __name__ == "__main__":
    serve(_answer, partial(bound_memory, EXTRA_MEMORY), ALARM)
