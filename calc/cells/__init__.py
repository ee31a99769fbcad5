"""Cells of a notebook: code with named slots that runs here, in a process of its own, and is shown with its output.

A lesson lists its cells as data; `pages.shared.cells.show_cells` shows them, and gives them as a notebook:

>>> CELLS = (
...     Cell("libraries", "First the library.", "import numpy as np"),
...     Cell("f", "A function.", "def f(x):\\n    return {function:np}", needs=("libraries",)),
...     Cell("value", "Its value.", "f({point})", needs=("f",)),
... )
>>> from calc.expression import parse_expression
>>> values = {"function": parse_expression("x^2"), "point": 3}
>>> print(fill(CELLS[1].code, values))
def f(x):
    return x**2
>>> [cell.name for cell in needed(CELLS, ("value",))]
['libraries', 'f', 'value']
>>> outputs(CELLS, values)["value"].text
'9'

Only code of ours is run. A visitor's values go into its slots as text that is written here (`fill`): finite numbers,
lists of them, one of several names, the tree of a function. What the process says comes back as JSON.
"""

from calc.cells.cell import Cell, Choice, Value, Values, fill, filled, needed
from calc.cells.outputs import Output, Problem
from calc.cells.running import Run, outputs

__all__ = [
    "Cell",
    "Choice",
    "Output",
    "Problem",
    "Run",
    "Value",
    "Values",
    "fill",
    "filled",
    "needed",
    "outputs",
]
