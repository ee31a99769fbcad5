r"""The two derivatives as they are written: n terms of n factors, or n short terms.

.. math:: f' = \sum_i k_i b_i^{k_i - 1} b_i' \prod_{j \ne i} b_j^{k_j}, \qquad
          (\log |f|)' = \sum_i \frac{k_i b_i'}{b_i}
"""

from __future__ import annotations

from dataclasses import dataclass

from calc.expression.text import canonical
from calc.expression.tree import Binary, Negate, Node, Number
from calc.likelihood.differentiate import ZERO, negated, times
from calc.likelihood.latex import factor_latex, product_latex, sum_latex
from calc.likelihood.product import Factor, Product, constant, power_node


@dataclass(frozen=True)
class TermFactor:
    """One factor of a term: its tree, and whether the product rule changed it (to be coloured)."""

    node: Node
    changed: bool = False

    @property
    def latex(self) -> str:
        """Its LaTeX, in brackets where it stands in a product."""
        return factor_latex(self.node)


@dataclass(frozen=True)
class Term:
    """One term of a derivative: a product of factors.

    Attributes:
        factors: its factors, those that changed marked.
        index: the factor of the product, from 0, that this term differentiates.
    """

    factors: tuple[TermFactor, ...]
    index: int

    @property
    def latex(self) -> str:
        """The whole term in LaTeX, without marks."""
        return product_latex([piece.node for piece in self.factors])

    @property
    def text(self) -> str:
        """The whole term in the grammar of `calc.expression`."""
        return "*".join(f"({canonical(piece.node)})" for piece in self.factors)


def varying_factors(product: Product) -> list[tuple[int, Factor]]:
    """The factors whose derivative is not zero, each with its index: those that have a term in f'."""
    return [
        (index, factor)
        for index, factor in enumerate(product.factors)
        if factor.exponent != 0 and factor.slope != ZERO
    ]


def product_terms(product: Product) -> tuple[Term, ...]:
    r"""The terms of f' by the product rule, one for each factor whose derivative is not zero.

    The changed factors are the exponent brought down, the power lowered by one and the base's derivative
    (left out where it is 1).

    >>> from calc.likelihood.product import course_product
    >>> [piece.latex for piece in product_terms(course_product())[1].factors if piece.changed]
    ['2', '\\left(1 - p\\right)', '\\left(-1\\right)']
    """
    terms = []
    for index, factor in varying_factors(product):
        factors: list[TermFactor] = []
        for other, beside in enumerate(product.factors):
            if other == index:
                factors += _changed(factor.base.root, factor)
            elif beside.exponent != 0:
                factors.append(TermFactor(beside.node))
        if factor.slope != Number("1"):
            factors.append(TermFactor(factor.slope, changed=True))
        terms.append(Term(tuple(factors) or (TermFactor(Number("1"), changed=True),), index))
    return tuple(terms)


def _changed(base: Node, factor: Factor) -> list[TermFactor]:
    exponent = factor.exponent
    if exponent == 1:
        return []
    return [
        TermFactor(constant(exponent), changed=True),
        TermFactor(power_node(base, exponent - 1), changed=True),
    ]


def log_terms(product: Product) -> tuple[Term, ...]:
    r"""The terms k_i b_i' / b_i of the derivative of log|f|, one for each whose derivative is not zero.

    >>> from calc.likelihood.product import course_product
    >>> derivative_latex(course_product())
    '\\frac{6}{p} - \\frac{2}{1 - p} - \\frac{9}{3 - p} + \\frac{13}{p - 4} - \\frac{500}{10 - p}'
    """
    terms = []
    for index, factor in varying_factors(product):
        top = times(constant(factor.exponent), factor.slope)
        sign = isinstance(top, Negate)
        quotient = Binary("/", negated(top) if sign else top, factor.base.root)
        terms.append(Term((TermFactor(Negate(quotient) if sign else quotient),), index))
    return tuple(terms)


def derivative_latex(product: Product) -> str:
    """The derivative of log|f| in LaTeX; "0" where f is constant."""
    return sum_latex(piece.node for term in log_terms(product) for piece in term.factors) or "0"
