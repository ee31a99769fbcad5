"""What all tests share.

Hypothesis: the same examples on every machine, and no deadline on a shared one. Workers: none but in their own
tests and in whole servers, so that a test may put a stand-in in a function's place.
"""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("DOWNHILL_WORKERS", "0")
settings.register_profile(
    "downhill", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("downhill")
