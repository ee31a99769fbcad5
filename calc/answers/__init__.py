"""Answers that students type, judged: right in any form, or which mistake they look like.

>>> from calc.expression import parse_expression
>>> judge(parse_expression("x^2 sin(x)"), "2x cos(x)").mistakes[0].kind
'product'
"""

from calc.answers.judging import Verdict, judge, read_answer
from calc.answers.mistakes import Mistake, mistakes
from calc.answers.wrong import Kind

__all__ = ["Kind", "Mistake", "Verdict", "judge", "mistakes", "read_answer"]
