"""Descent: five methods, one loop, one result.

>>> from functools import partial
>>> run = descend(lambda w, k: 2 * w, [1.0], method="gradient-descent", rate=0.25, steps=3,
...               loss=lambda w: (w**2).sum(axis=1))
>>> run.w[:, 0]
array([1.   , 0.5  , 0.25 , 0.125])
"""

from calc.descent.loop import Run, descend
from calc.descent.method import Method
from calc.descent.methods import METHODS
from calc.descent.status import Advice, Status

__all__ = ["METHODS", "Advice", "Method", "Run", "Status", "descend"]
