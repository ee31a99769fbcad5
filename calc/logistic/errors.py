"""The error for data to which no classifier can be fitted."""


class LogisticError(ValueError):
    """No classifier can be fitted to these data; the message says why and what to do."""
