"""Which library does the arithmetic, and on which device: NumPy on the CPU or JAX on a GPU.

JAX takes 1.5 seconds to import, so nothing here imports it before it is asked to compute.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import os
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

GPU_WORK = 200_000_000
"""Operations from which `choose("auto")` takes a GPU: where NumPy needs as long as JAX's first compile.

Set on two CPU cores without a GPU, by `python -m tests.benchmarks dispatch`. There NumPy does 1 to 7
operations in a nanosecond; JAX, once warm, answers in 0.01 ms, but the first call of a new function or
shape costs about 50 ms whatever the device, and the import 0.3 to 1.5 s. Below this line NumPy has
answered within a tenth of a second, about when JAX could begin. What a GPU gains above it has not been
measured.
"""


class BackendError(ValueError):
    """The backend asked for does not exist or is not installed; the message says what to do."""


@dataclass(frozen=True)
class Backend:
    """A library (`name`) and the device it computes on, such as "CPU" or "NVIDIA H100 80GB HBM3"."""

    name: Literal["numpy", "jax"]
    device: str

    @property
    def xp(self) -> Any:
        """The array module: `numpy` or `jax.numpy` (in 64-bit)."""
        return load_jax().numpy if self.name == "jax" else np

    @property
    def label(self) -> str:
        """For people: "NumPy on the CPU"."""
        library = "JAX" if self.name == "jax" else "NumPy"
        return f"{library} on the {self.device}"


NUMPY = Backend("numpy", "CPU")


def choose(name: str = "auto", work: int = 0) -> Backend:
    """Pick the backend for a computation.

    Args:
        name: "numpy", "jax" or "auto". "auto" takes JAX if it has a GPU and `work` is at least
            `GPU_WORK`, and NumPy otherwise; below that line JAX is not even imported.
        work: elementary floating-point operations (each +, -, *, / on one number) done in one go,
            that is without Python in between. A loop whose steps each touch two numbers has a work
            of a few, however many steps it has.

    Returns:
        The backend with the device that will do the work.

    Raises:
        BackendError: for an unknown name, or for "jax" where JAX is not installed.

    >>> choose("numpy").label
    'NumPy on the CPU'
    """
    if name == "numpy":
        return NUMPY
    if name == "jax":
        return Backend("jax", _gpu() or "CPU")
    if name != "auto":
        raise BackendError(f"There is no backend called {name!r}: choose auto, numpy or jax.")
    if work < GPU_WORK or not _jax_may_have_gpu():
        return NUMPY
    gpu = _gpu()
    return Backend("jax", gpu) if gpu else NUMPY


@functools.cache
def load_jax() -> Any:
    """The jax module, in 64-bit: in 32-bit it would differ from NumPy in the seventh digit."""
    try:
        import jax
    except ImportError as error:
        raise BackendError(
            'JAX is not installed here. Install it with "pip install jax", or choose NumPy.'
        ) from error
    jax.config.update("jax_enable_x64", True)
    return jax


def _jax_may_have_gpu() -> bool:
    """Whether JAX and a plug-in for some accelerator are installed, found without importing JAX."""
    if importlib.util.find_spec("jax") is None:
        return False
    plugged_in = importlib.metadata.entry_points(group="jax_plugins")
    return bool(plugged_in) or importlib.util.find_spec("jax_plugins") is not None


def _gpu() -> str | None:
    """The name of JAX's GPU, such as "NVIDIA H100 80GB HBM3", or None where it has none."""
    jax = load_jax()
    return str(jax.devices()[0].device_kind) if jax.default_backend() == "gpu" else None


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
