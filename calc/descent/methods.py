"""The methods by name."""

from __future__ import annotations

from calc.descent import adam, gradient_descent, momentum, nesterov, stochastic
from calc.descent.method import Method

METHODS: dict[str, Method] = {
    module.METHOD.name: module.METHOD for module in (gradient_descent, momentum, nesterov, adam, stochastic)
}


def find(method: str | Method) -> Method:
    """The method of that name; raises ValueError with the names there are."""
    if isinstance(method, Method):
        return method
    if method not in METHODS:
        raise ValueError(f"There is no method called {method!r}: choose {', '.join(METHODS)}.")
    return METHODS[method]
