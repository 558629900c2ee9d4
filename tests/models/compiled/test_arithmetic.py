"""Elementary functions and products of the compiled runtime, against NumPy's and torch's in double precision."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numba import njit
from numpy.typing import NDArray

from rtsep_models.compiled import elementary
from rtsep_models.compiled.elementary import number
from rtsep_models.compiled.tiles import WIDTH, multiply

Reals = NDArray[np.float64]


def through(function: Callable, x: NDArray) -> NDArray[np.float32]:
    """`function`, which is made to be inlined into kernels, of every number."""
    out = np.zeros(x.shape, np.float32)

    @njit
    def each(x: NDArray, out: NDArray) -> None:
        for i in range(x.size):
            out[i] = function(x[i])

    each(x, out)
    return out


def torch_gelu(x: Reals) -> Reals:
    return torch.nn.functional.gelu(torch.from_numpy(x)).numpy()


@pytest.mark.parametrize(
    ("name", "true", "low", "high", "relative"),
    [
        ("exp", np.exp, -80.0, 80.0, 3e-7),
        ("log", np.log, 1e-7, 50.0, 0.0),
        ("sigmoid", lambda x: 1.0 / (1.0 + np.exp(-x)), -30.0, 30.0, 3e-7),
        ("tanh", np.tanh, -20.0, 20.0, 0.0),
        ("gelu", torch_gelu, -12.0, 12.0, 0.0),
    ],
)
def test_functions_are_right_to_single_precision(
    name: str, true: Callable[[Reals], Reals], low: float, high: float, relative: float
) -> None:
    x = np.random.default_rng(0).uniform(low, high, 50_000).astype(np.float32)
    expected = true(x.astype(np.float64))
    np.testing.assert_allclose(
        through(getattr(elementary, name), x), expected, rtol=relative, atol=1.5e-6 * (not relative)
    )


@pytest.mark.parametrize(("name", "ends"), [("sigmoid", (0.0, 1.0)), ("tanh", (-1.0, 1.0)), ("gelu", (0.0, 1e4))])
def test_far_out_they_reach_their_ends(name: str, ends: tuple[float, float]) -> None:
    found = through(getattr(elementary, name), np.array([-1e4, 1e4], np.float32))
    np.testing.assert_allclose(found, ends, atol=1e-7)


def test_every_finite_number_of_half_precision_is_read_exactly() -> None:
    bits = np.arange(1 << 16, dtype=np.uint16)
    true = bits.view(np.float16).astype(np.float32)
    finite = np.isfinite(true)
    np.testing.assert_array_equal(through(number, bits[finite]), true[finite])
    np.testing.assert_array_equal(through(number, true[finite]), true[finite])


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 7, 42])
@pytest.mark.parametrize("inputs", [0, 1, 5, 64])
@pytest.mark.parametrize("outputs", [1, WIDTH - 1, WIDTH, 2 * WIDTH + 3])
def test_products_of_any_shape_are_added(rows: int, inputs: int, outputs: int) -> None:
    rng = np.random.default_rng(0)
    a, b, before = (rng.normal(size=s).astype(np.float32) for s in ((rows, inputs), (inputs, outputs), (rows, outputs)))
    y = before.copy()
    multiply(a, b, y)
    np.testing.assert_allclose(y, before + a.astype(np.float64) @ b, atol=1e-4)
