"""The plugin contract. A separator is one class with these members and one entry-point line:

    [project.entry-points."rtsep.separators"]
    mine = "my_package.my_module:MySeparator"

The entry point names a class (or any callable) that takes no arguments and returns a `Separator`
whose `spec` can be read at once, without loading weights; `prepare` does the slow work. It may have an attribute
`runtime`, a line of text known once it is prepared, as "onnxruntime cpu float32": the host shows it. If several things
can compute it here, an attribute `runtimes`, known at once, names them for the environment variable RTSEP_RUNTIME, which
picks one: 'rtsep bench' measures each.
It may have an attribute `version`, a line of text known at once that changes whenever its stems would, as with other
weights: by it a batch knows which files it has separated already. Without one the version of its package counts.
One that computes a whole chunk for each hop may have a method `for_files`, which returns an unprepared separator of the same
stems in longer hops: `rtsep separate` takes that, as latency does not matter there.

One that runs code of strangers may have an attribute `memory_limit`: bytes that its process may take beyond what it has once
it is prepared. What wants more fails, and the music goes on without it.

One with a latent may have an attribute `scope`, made by `prepare` and updated in place by `process`: float32 (2, D),
D = 1..MAX_SCOPE, of the last hop. Row 0 is each dimension as it was encoded, row 1 as it was played; column k belongs to
the k-th dimension that has parameters `dim/NAME/...`. The host copies it after each hop, and the window draws it.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from rtsep.spec import SeparatorSpec

RUNTIME_VARIABLE = "RTSEP_RUNTIME"
"""Environment variable that names the runtime to use, or several, the first that works: `cuda,onnxruntime`."""

Audio = NDArray[np.float32]
"""Samples, float32. Axes: S stems, C channels, T samples; `mix` is (C, T), stems are (S, C, T)."""


@runtime_checkable
class Separator(Protocol):
    """Splits a stream into stems, one hop at a time. Lives in the separator process, on one thread."""

    spec: SeparatorSpec

    def prepare(self, sample_rate: int) -> None:
        """Load, allocate and warm up for one of `spec.sample_rates`. May take seconds; may raise."""
        ...

    def process(self, mix: Audio, out: Audio) -> None:
        """Consume one hop, produce one hop.

        `mix` is (channels, hop), finite, not to be changed; `out` is (stems, channels, hop), to be filled. The
        caller owns both and reuses them. Called once per hop in real time: allocate as little as you can.
        """
        ...

    def reset(self) -> None:
        """Forget the past, keep the parameters: afterwards it sounds like one that was freshly prepared."""
        ...

    def set_parameter(self, name: str, value: float) -> None:
        """Change one of `spec.parameters`, between two hops. `value` lies inside its range."""
        ...
