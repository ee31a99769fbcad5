"""The backend that is chosen is the one that works, and JAX is not imported for less."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from calc import backend
from calc.backend import NUMPY, Backend, BackendError, choose


@pytest.fixture
def without_jax(monkeypatch: pytest.MonkeyPatch):
    """As on a machine where JAX is not installed."""
    monkeypatch.setitem(sys.modules, "jax", None)
    backend.load_jax.cache_clear()
    yield
    backend.load_jax.cache_clear()


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch):
    """As on a machine with a GPU."""
    monkeypatch.setattr(backend, "_jax_may_have_gpu", lambda: True)
    monkeypatch.setattr(backend, "_gpu", lambda: "NVIDIA H100 80GB HBM3")


def test_numpy_says_that_it_works_on_the_cpu():
    assert choose("numpy") == NUMPY
    assert NUMPY.xp is np
    assert NUMPY.label == "NumPy on the CPU"


def test_jax_computes_in_64_bit():
    chosen = choose("jax")
    assert chosen.name == "jax"
    assert chosen.label == f"JAX on the {chosen.device}"
    assert chosen.xp.ones(1).dtype == np.float64


def test_auto_takes_numpy_below_the_line_and_the_gpu_from_it_on(gpu):
    assert choose("auto", work=backend.GPU_WORK - 1) == NUMPY
    assert choose("auto", work=backend.GPU_WORK) == Backend("jax", "NVIDIA H100 80GB HBM3")
    assert choose("auto", work=backend.GPU_WORK).label == "JAX on the NVIDIA H100 80GB HBM3"
    assert choose() == NUMPY


def test_auto_takes_numpy_where_the_plug_in_finds_no_gpu(monkeypatch):
    monkeypatch.setattr(backend, "_jax_may_have_gpu", lambda: True)
    monkeypatch.setattr(backend, "_gpu", lambda: None)
    assert choose("auto", work=10**15) == NUMPY


@pytest.mark.usefixtures("without_jax")
def test_without_jax_auto_takes_numpy_and_jax_says_what_to_install():
    assert choose("auto", work=10**15) == NUMPY
    with pytest.raises(BackendError, match="pip install jax"):
        choose("jax")


@pytest.mark.parametrize("name", ["", "torch", "JAX", "numpy; import os"])
def test_an_unknown_name_is_an_error_for_a_person(name):
    with pytest.raises(BackendError, match="choose auto, numpy or jax"):
        choose(name)


def test_a_descent_in_numpy_imports_neither_jax_nor_a_page_s_libraries():
    script = (
        "import sys\n"
        "from calc.regression import fit\n"
        "fit([1, 2, 3], [1, 2, 4], method='adam')\n"
        "print({'jax', 'pandas', 'streamlit', 'altair', 'sympy', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
