"""What a person is told when no line can be fitted to their data."""


class RegressionError(ValueError):
    """No line can be fitted to these data; the message says why and what to do."""
