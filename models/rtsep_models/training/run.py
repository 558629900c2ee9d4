"""The training loop: Lightning Fabric around a plain loop, one process for each device."""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import torch
from lightning_fabric import Fabric
from safetensors.torch import save_file
from torch import Tensor
from torch.utils.tensorboard.writer import SummaryWriter

from rtsep.errors import ConfigError
from rtsep_models.data.config import UNCHANGED, DataConfig
from rtsep_models.data.dataset import Batch, Loader
from rtsep_models.data.songs import SAMPLE_RATE
from rtsep_models.networks import build
from rtsep_models.streaming.contract import Network
from rtsep_models.training.config import TrainConfig
from rtsep_models.training.schedule import WeightMean, rate_factor
from rtsep_models.training.systems import system_of
from rtsep_models.training.views import View
from rtsep_models.weights.network import fill, starting_tensors

CHECKPOINT = "checkpoint.pt"
BEST = "best.safetensors"
VALIDATION_BATCHES = 3

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """What a run tells after each step."""

    step: int
    error_db: float
    audio_s: float
    seconds: float
    validation_db: float | None


def train(config: TrainConfig, folder: Path, report: Callable[[Progress], None]) -> Path:
    """Train until `config.steps`, going on from the checkpoint in `folder` if there is one; returns the best weights.

    Writes there: a checkpoint at every validation, the mean weights that validated best, TensorBoard events and
    `history.jsonl`. Raises ConfigError if what lies in `folder` is of another network, WeightsError if what to
    start from is, DataError if there are no songs.
    """
    _keep_memory()
    if config.threads:
        torch.set_num_threads(config.threads)
    gpu = torch.cuda.is_available()
    fabric = Fabric(accelerator="auto", devices="auto" if gpu else 1)
    fabric.launch()
    fabric.seed_everything(config.seed, verbose=False)
    folder.mkdir(parents=True, exist_ok=True)
    network = build(config.network, config.options)
    if config.start_from:
        fill(network, starting_tensors(config.start_from), config.start_from)
    run = _Run(config, folder, fabric, network)
    first = run.resume()
    loader = Loader(config.data, config.batch, config.seed + fabric.global_rank, workers=config.workers, first=first)
    for step, batch in zip(range(first, config.steps), loader, strict=False):
        started = time.perf_counter()
        error = run.step(step, batch)
        seconds = time.perf_counter() - started
        last = step + 1 == config.steps
        checked = None
        if last or (step + 1) % config.validate_every == 0:
            checked = run.validate() if config.validation else error
            run.keep(step + 1, checked)
        audio = (step + 1) * config.batch * config.data.segment_s * fabric.world_size
        report(Progress(step + 1, error, audio, seconds, checked))
    return folder / BEST


def _keep_memory() -> None:
    """Let glibc keep freed memory: asking the kernel for a gigabyte anew each step takes a third of the time."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            m_trim_threshold, m_mmap_max = -1, -4
            mallopt(m_mmap_max, 0)
            mallopt(m_trim_threshold, 2**31 - 1)


def _validation_batches(songs: DataConfig, size: int, seed: int) -> list[Batch]:
    """Songs as they are. Read before the first step: what is missing should be missed then, not an hour later."""
    whole = msgspec.structs.replace(songs, split="validation", augmentation=UNCHANGED, coherent_share=1.0)
    return [batch for _, batch in zip(range(VALIDATION_BATCHES), Loader(whole, size, seed, workers=0), strict=False)]


class _Run:
    """Everything that a step changes."""

    def __init__(self, config: TrainConfig, folder: Path, fabric: Fabric, network: Network) -> None:
        self.config, self.folder, self.fabric = config, folder, fabric
        self.network = network
        system = system_of(network, config.tiers, config.objective)
        self.views, self.critic = system.views, getattr(system, "critic", None)
        learning = [parameter for parameter in system.parameters() if parameter.requires_grad]
        optimiser = torch.optim.AdamW(learning, config.optimiser.rate, weight_decay=config.optimiser.weight_decay)
        self.system, self.optimiser = fabric.setup(system, optimiser)
        self.mean = WeightMean(network, config.optimiser.ema)
        self.best_db = float("inf")
        self.checks = _validation_batches(config.validation, config.batch, config.seed) if config.validation else []
        self.log = SummaryWriter(str(folder)) if fabric.is_global_zero else None
        self.draw = torch.Generator().manual_seed(config.seed)

    def step(self, step: int, batch: Batch) -> float:
        """One update; the error in dB before it."""
        factor = rate_factor(step, self.config.steps, self.config.optimiser)
        for group in self.optimiser.param_groups:
            group["lr"] = factor * self.config.optimiser.rate
        error = self._error(batch, self._draw(self._draw(self.views)))
        self.fabric.backward(error)
        self.fabric.clip_gradients(self.system, self.optimiser, max_norm=self.config.optimiser.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.mean.update(self.network)
        if self.log:
            self.log.add_scalar("train/error_db", error.item(), step)
        return error.item()

    def _draw(self, choices: list[T]) -> T:
        return choices[int(torch.randint(len(choices), (), generator=self.draw))]

    def _error(self, batch: Batch, view: View) -> Tensor:
        stems, valid = batch.stems.to(self.fabric.device), batch.valid.to(self.fabric.device)
        # Fabric's own mixed precision would round the stems too, whose noise then lies above the treble of most music.
        with torch.autocast(self.fabric.device.type, torch.bfloat16):
            return self.system(stems, valid, view, round(self.config.warmup_s * SAMPLE_RATE))

    @torch.no_grad()
    def validate(self) -> float:
        """Mean error in dB of the mean weights over the validation batches."""
        current = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.mean.weights)
        self.system.eval()
        errors = [
            self._error(batch, views[-1]).item()  # the offset at which the trunk's knowledge is oldest
            for views in self.views
            for batch in self.checks
        ]
        self.system.train()
        self.network.load_state_dict(current)
        return sum(errors) / len(errors)

    def keep(self, step: int, checked_db: float) -> None:
        """Checkpoint, and the mean weights if they are the best so far."""
        if self.log:
            self.log.add_scalar("validation/error_db", checked_db, step)
            with (self.folder / "history.jsonl").open("a") as history:
                history.write(json.dumps({"step": step, "validation_db": round(checked_db, 4)}) + "\n")
            if checked_db < self.best_db:
                self.best_db = checked_db
                save_file({k: v.contiguous() for k, v in self.mean.weights.items()}, self.folder / BEST)
        state = {
            "step": step,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "mean": self.mean.state_dict(),
            "best_db": self.best_db,
            "draw": self.draw.get_state(),
            "critic": self.critic.state_dict() if self.critic is not None else {},
        }
        partial = self.folder / f"{CHECKPOINT}.part"
        if self.fabric.is_global_zero:
            torch.save(state, partial)
            partial.replace(self.folder / CHECKPOINT)
        self.fabric.barrier()

    def resume(self) -> int:
        """The step to go on from."""
        path = self.folder / CHECKPOINT
        if not path.exists():
            return 0
        try:
            state = torch.load(path, map_location=self.fabric.device, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            if self.critic is not None:
                self.critic.load_state_dict(state["critic"])
        except (RuntimeError, KeyError, ValueError) as error:
            raise ConfigError(
                f"checkpoint {path} is not of this configuration ({str(error).splitlines()[0]}); "
                "choose another --output folder or the configuration it was made with"
            ) from error
        self.mean.load_state_dict(state["mean"])
        self.best_db = state["best_db"]
        self.draw.set_state(state["draw"].cpu())
        return state["step"]
