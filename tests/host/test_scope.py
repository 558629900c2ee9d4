"""The latent's scope on its way to whoever looks: through the worker, the resampler, the seats, and a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support import RATE, Scripted, noise, offline, until

from rtsep.changes import Knob
from rtsep.errors import SeparatorError
from rtsep.host.blockprep import SETTLE_S
from rtsep.host.engine import Engine
from rtsep.host.offline import OfflineHost
from rtsep.separators.latent import DIMENSIONS, Latent
from rtsep.spec import MAX_SCOPE
from rtsep_gui.models.eyes import Eyes

BLOCK = 64
SHORT = noise(BLOCK * 40)


class Scoped(Scripted):
    """Shows the number of its hops, and minus that."""

    def __init__(self, scope: Any, *failing: int) -> None:
        super().__init__(self.script)
        self.failing = failing
        self.scope = scope

    def script(self, call: int, out: np.ndarray) -> None:
        self.scope[:] = np.array([[call], [-call]], dtype=np.float32)
        if call in self.failing:
            raise RuntimeError("no more")


def test_the_scope_of_the_last_hop_is_in_the_block() -> None:
    with OfflineHost(Scoped(np.zeros((2, 3), np.float32)), RATE, BLOCK, offline()) as host:
        assert Eyes(host.control.name).scope().tolist() == [[0] * 3, [0] * 3]  # type: ignore[union-attr]
        host.run(SHORT)
        assert Eyes(host.control.name).scope().tolist() == [[39] * 3, [-39] * 3]  # type: ignore[union-attr]
        assert not host.control.array("scope")[:, 3:].any()


def test_of_a_hop_that_failed_nothing_is_shown() -> None:
    with OfflineHost(Scoped(np.zeros((2, 3), np.float32), 39), RATE, BLOCK, offline()) as host:
        host.run(SHORT)
        assert host.control.array("scope")[0, 0] == 38


def test_a_separator_without_a_scope_has_none() -> None:
    with OfflineHost(Scripted(lambda call, out: None), RATE, BLOCK, offline()) as host:
        host.run(SHORT)
        assert host.control.get("scope_size") == 0
        assert Eyes(host.control.name).scope() is None


def test_the_scope_is_the_separators_that_is_heard() -> None:
    with OfflineHost(Scripted(lambda call, out: None), RATE, BLOCK, offline()) as host:
        eyes = Eyes(host.control.name)
        for following in (Scoped(np.zeros((2, 5), np.float32)), Scripted(lambda call, out: None)):
            host.switch(following)
            assert (eyes.scope() is None) == isinstance(following, Scoped)
            host.run(noise(2 * round(SETTLE_S * RATE / BLOCK) * BLOCK))
            seen = eyes.scope()
            assert (None if seen is None else seen.shape) == ((2, 5) if isinstance(following, Scoped) else None)


def test_a_seat_forgets_the_scope_of_who_sat_there_before() -> None:
    with OfflineHost(Scripted(lambda call, out: None), RATE, BLOCK, offline()) as host:
        seats = [host.control.at(seat) for seat in range(2)]
        for following in (Scoped(np.zeros((2, 5), np.float32)), *(Scripted(lambda call, out: None),) * 2):
            host.switch(following)
            host.run(noise(2 * round(SETTLE_S * RATE / BLOCK) * BLOCK))
        assert [seat.get("scope_size") for seat in seats] == [0, 0]
        assert not any(seat.array("scope").any() for seat in seats)


def test_through_resamplers_the_scope_comes_too() -> None:
    with OfflineHost(Latent(), 22050, BLOCK, offline()) as host:
        assert host.budget.resampling > 0
        host.desk.apply(Knob("dim/2/set", 3.0), Knob("dim/2/hold", 1.0))
        host.run(noise(BLOCK * 200))
        assert host.control.get("scope_size") == DIMENSIONS
        assert host.control.array("scope")[1, 2] == 3.0


@pytest.mark.parametrize("scope", [np.zeros((2, 3)), np.zeros((3, 2), np.float32), np.zeros((2, 65), np.float32), 1.0])
def test_a_scope_that_is_none_is_refused_with_the_remedy(scope: Any) -> None:
    with pytest.raises(SeparatorError, match=rf"must be float32 \(2, 1..{MAX_SCOPE}\); correct it, or leave it out"):
        OfflineHost(Scoped(scope), RATE, BLOCK, offline())


def test_of_a_real_host_the_scope_is_seen_from_another_process(start: Callable[..., Engine]) -> None:
    engine = start(separator="latent")
    engine.apply(Knob("dim/4/set", 2.0), Knob("dim/4/hold", 1.0))
    eyes = Eyes(engine.state().name)

    def held() -> bool:
        seen = eyes.scope()
        return seen is not None and seen[1, 4] == 2.0

    until(held, "the held dimension in the scope")
