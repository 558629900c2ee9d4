"""The student report's LSTM: size, start, sums, what it learns. The laws: `streaming/test_laws.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from networktrials import check_graph, errors_in_training
from torch import Tensor

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.networks.student_lstm import StudentLstm
from rtsep_models.training.config import load_config

CONFIGS = Path(__file__).parents[3] / "models/rtsep_models/configs"
LAYOUT = ((1, 9), (3, 2), (5, 3))
"""30 bins of the 33 of a frame."""
BINS = 33


def tiny(**options: object) -> StudentLstm:
    """A network with small sizes whose masks say something."""
    torch.manual_seed(0)
    network = StudentLstm(layout=LAYOUT, **({"hidden": 12, "pre_fc": 11} | options)).eval()  # type: ignore[arg-type]
    with torch.no_grad():
        for target in network.targets:
            target.leave.weight.mul_(10.0)  # type: ignore[union-attr, operator]
    return network


def noise(batch: int = 2, frames: int = 13) -> Tensor:
    return torch.randn(batch, frames, 2, BINS, 2, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
def test_before_training_the_stems_are_about_equal_shares() -> None:
    torch.manual_seed(0)
    network = StudentLstm(layout=LAYOUT, hidden=12)
    torch.testing.assert_close(
        network(noise()), (noise() / 4)[:, :, None].expand(-1, -1, 4, -1, -1, -1), atol=0.1, rtol=0.1
    )


@pytest.mark.parametrize("targets", [1, 3])
@torch.no_grad()
def test_stems_add_up_and_those_without_a_network_share_the_rest_alike(targets: int) -> None:
    stems = tiny(targets=targets)(noise())
    torch.testing.assert_close(stems.sum(dim=2), noise(), atol=1e-5, rtol=1e-4)
    for stem in range(4):
        same = torch.equal(stems[:, :, stem], stems[:, :, 3])
        assert same == (stem >= targets)


@torch.no_grad()
def test_awareness_is_how_many_frames_back_can_be_heard_without_the_memory() -> None:
    """What one frame changes in the inputs of the memory."""
    network = tiny(awareness=2)
    assert network.context is not None
    x = torch.zeros(1, 6, network.context.inputs)
    x[:, 1] = 1.0
    assert network.context(x).any(dim=2)[0].tolist() == [False, True, True, True, False, False]
    assert tiny(awareness=0).context is None


@torch.no_grad()
def test_masks_turn_phases_for_which_the_inputs_know_them() -> None:
    x = noise()
    y = tiny()(x)[:, :, 0]
    crossed = x[..., 0] * y[..., 1] - x[..., 1] * y[..., 0]
    assert crossed.abs().max() > 0.01
    turned = torch.stack([-x[..., 1], x[..., 0]], dim=-1)
    apart = (tiny()(turned)[:, :, 0] - torch.stack([-y[..., 1], y[..., 0]], dim=-1)).abs().max()
    assert apart > 0.01


def test_the_shipped_sizes_fit_a_small_machine_and_ablations_change_what_they_say() -> None:
    ours = build("student_lstm", load_config(CONFIGS / "student_lstm.toml").options)
    assert sum(p.numel() for p in ours.parameters()) < 1.2e6
    base, *others = (
        load_config(CONFIGS / "ablations" / f"student_{name}.toml")
        for name in ("base", "no_awareness", "no_pre_fc", "loopback_0", "loopback_30")
    )
    assert {config.steps for config in (base, *others)} == {200}
    assert [config.options["awareness"] for config in others] == [0, 3, 3, 3]
    assert [config.options["pre_fc"] for config in others] == [80, 0, 80, 80]
    assert [config.data.augmentation.alone_share for config in (base, *others)] == [0.1, 0.1, 0.1, 0.0, 0.3]


@pytest.mark.parametrize("options", [{}, {"awareness": 0, "pre_fc": 0}], ids=["whole", "neither awareness nor pre-FC"])
def test_a_few_steps_of_training_tell_bands_apart_in_bfloat16(options: dict[str, object]) -> None:
    network, x = tiny(**options), noise(4)
    low = torch.arange(BINS)[:, None] < 9
    target = torch.stack([x * low, 0 * x, 0 * x, x * ~low], dim=2)
    errors = errors_in_training(network, x, target, 1e-2)
    assert errors[-1] < 0.5 * errors[0]


@pytest.mark.parametrize("options", [{}, {"awareness": 0, "pre_fc": 0}], ids=["whole", "neither awareness nor pre-FC"])
def test_its_graph_does_as_the_network_does(options: dict[str, object], tmp_path: Path) -> None:
    check_graph(tiny(**options), noise(1, 7).split(1, dim=1), tmp_path)


@pytest.mark.parametrize(
    "options", [{"hidden": 0}, {"targets": 0}, {"targets": 4}, {"awareness": -1}, {"pre_fc": -1}, {"layout": ()}]
)
def test_sizes_out_of_range_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="correct the options"):
        build("student_lstm", {"layout": LAYOUT} | options)
