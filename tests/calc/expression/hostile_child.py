"""Reads every hostile text in a process of its own and reports, as JSON, what happened.

An audit hook sees whatever Python does beyond arithmetic: imports, compiling, running, opening files and
sockets, starting programs.
"""

import json
import resource
import sys
import time

import numpy as np

from calc.expression import Expression, ExpressionError, parse_expression
from tests.calc.expression.samples import HOSTILE

WATCHED = (
    "open",
    "exec",
    "compile",
    "import",
    "os.",
    "subprocess.",
    "socket.",
    "ctypes.",
    "marshal.",
    "pickle.",
)
seen: list[str] = []


def read(text: str) -> str:
    """One of the two outcomes that are allowed; any other exception ends the process."""
    try:
        expression = parse_expression(text)
    except ExpressionError as error:
        told = error
    else:
        return use(expression)
    told.message.encode("ascii")
    told.pointer().encode()
    assert len(told.message) < 200
    assert len(told.pointer()) < 450
    return told.message


def use(expression: Expression) -> str:
    expression.latex().encode("ascii")
    expression(np.linspace(-3.0, 3.0, 7))
    expression.jet(np.linspace(-3.0, 3.0, 7))
    expression.interval(-1.0, 1.0)
    return f"read as {expression.text}"


def main() -> None:
    for text in ("x^2 + sin x", "cosh(x)^x", "max(x,1)tan|x|", "sinn", "х", "sqrt(asinh(atan(x)))"):
        read(text)
    watching = True

    def hook(event: str, _: tuple[object, ...]) -> None:
        if watching and event.startswith(WATCHED):
            seen.append(event)

    sys.addaudithook(hook)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    results = []
    for text in HOSTILE:
        began = time.perf_counter()
        outcome = read(text)
        results.append((outcome, time.perf_counter() - began))
    watching = False
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"results": results, "megabytes": megabytes, "events": seen}))


if __name__ == "__main__":
    main()
