"""What a person is told when no classifier can be fitted to their data."""


class LogisticError(ValueError):
    """No classifier can be fitted to these data; the message says why and what to do."""
