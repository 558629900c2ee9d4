"""The filter bank: exact reconstruction, and bands that are bands."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from rtsep_models.streaming.pqmf import PqmfAnalysis, PqmfSynthesis, filters

EXACT = 5e-6
ATTENUATION_DB = 20.0
"""One band away from a filter's edges; three bands away it is 32 dB."""


@pytest.mark.parametrize("bands", [2, 7, 16])
def test_bands_put_together_are_the_input_again_late_by_the_delay(bands: int) -> None:
    there, back = PqmfAnalysis(bands), PqmfSynthesis(bands)
    x = torch.randn(1, 2, 40 * bands, generator=torch.Generator().manual_seed(bands))
    y = back(there(x))
    torch.testing.assert_close(y[..., back.delay :], x[..., : -back.delay], atol=EXACT, rtol=0.0)
    assert not y[..., : back.delay].abs().max() > EXACT


def test_a_sine_is_in_its_band() -> None:
    bands, wanted = 16, 5
    frequency = (wanted + 0.5) / (2 * bands)
    x = torch.from_numpy(np.sin(2 * np.pi * frequency * np.arange(64 * bands)).astype(np.float32))
    energy = PqmfAnalysis(bands, channels=1)(x[None, None])[0, 8:].square().mean(dim=0)
    assert int(energy.argmax()) == wanted
    far = [k for k in range(bands) if abs(k - wanted) > 1]
    assert energy[far].max() < energy[wanted] * 10 ** (-ATTENUATION_DB / 10)


def test_the_basis_is_orthonormal() -> None:
    h = filters(16)
    np.testing.assert_allclose(h @ h.T, np.eye(16), atol=EXACT)
