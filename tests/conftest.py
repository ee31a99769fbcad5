"""Hypothesis: the same examples on every machine, and no deadline on a shared one."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "downhill", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("downhill")
