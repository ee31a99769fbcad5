"""The error for data to which no line can be fitted."""


class RegressionError(ValueError):
    """No line can be fitted to these data; the message says why and what to do."""
