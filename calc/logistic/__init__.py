r"""Logistic regression: the probability of a label 1 from d features, by descent on the log loss.

.. math:: p_i = \sigma(w \cdot x_i + b), \quad
          L(w, b) = -\frac{1}{n} \sum_i \left( y_i \log p_i + (1 - y_i) \log(1 - p_i) \right)

With the sign s = 1 for label 1 and -1 for label 0 a point's loss is log(1 + exp(-s z)), z = w x + b.
"""

from calc.logistic.boundary import boundaries
from calc.logistic.classifier import Classifier, sigmoid
from calc.logistic.data import check
from calc.logistic.errors import LogisticError
from calc.logistic.fitting import fit
from calc.logistic.losses import Loss, PointLoss, point_loss
from calc.logistic.newton import Maximum, maximum_likelihood
from calc.logistic.result import LogisticFit

__all__ = [
    "Classifier",
    "LogisticError",
    "LogisticFit",
    "Loss",
    "Maximum",
    "PointLoss",
    "boundaries",
    "check",
    "fit",
    "maximum_likelihood",
    "point_loss",
    "sigmoid",
]
