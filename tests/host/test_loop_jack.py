"""The latency marker on a JACK server of the test's own, a cable from output 3 to input 2."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from conftest import JackServer
from support import until

from rtsep.host.engine import Engine
from rtsep.lab.deck import Deck

pytestmark = pytest.mark.jack


def test_a_cable_at_the_running_host_takes_one_period_and_pulling_it_is_noticed(
    jack_server: JackServer, start: Callable[..., Engine]
) -> None:
    device = {"kind": "portaudio", "host_api": "JACK", "block": None}
    engine = start(device | {"input_channels": (1, 1), "marker_input": 2, "marker_output": 3})
    assert engine.state().loop is None
    with Deck("cable", np.zeros((1, 1), dtype=np.float32), ins=1) as deck:
        deck.isolate("rtsep")
        inputs = [port for port in deck.ports("rtsep") if ":in" in port]
        outputs = [port for port in deck.ports("rtsep") if ":out" in port]
        deck.connect(outputs[2], inputs[1])
        until(lambda: engine.state().loop is not None, "the marker is found")
        state = engine.state()
        assert state.loop is not None
        # JACK delays what closes a loop by one period; on a busy machine the driver may skip some.
        periods = round(state.loop.frames / state.block)
        assert state.loop.frames == pytest.approx(periods * state.block, abs=0.01)
        if not state.counters.xruns:
            assert state.loop.frames == pytest.approx(state.block, abs=0.01)
        assert state.measured_latency == state.loop.frames + state.budget.host
