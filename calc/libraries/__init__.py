"""What libraries answer where a function has no derivative, and where JAX is wrong though it has one."""

from calc.libraries.asking import Answer, answers, asked
from calc.libraries.calls import CALLS, QUESTIONS, Call

__all__ = ["CALLS", "QUESTIONS", "Answer", "Call", "answers", "asked"]
