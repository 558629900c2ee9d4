"""Moves a separator through the stream, hop after hop: input ring -> process -> stem ring.

The separator process runs it when woken; the offline stream runs it between callbacks. Whatever goes wrong with a hop,
its stems are declared invalid and the callback's fallback covers the gap, under whichever policy the session chose.
"""

from __future__ import annotations

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.realtime.ring import read_rows
from rtsep.realtime.stems import begin_hop, count_compute, count_wake, due, note_now, publish, restart_at
from rtsep.separators.api import Audio, Separator
from rtsep.shared.block import Block
from rtsep.shared.events import FAILED, SKIPPED
from rtsep.spec import MAX_SCOPE

MAX_CONSECUTIVE_FAULTS = 8
"""Exceptions in a row after which the plugin is taken for broken."""


def scope_of(separator: Separator) -> Audio | None:
    """The scope (2, D) of a prepared separator, None if it has none. Raises SeparatorError if it is no such array."""
    scope = getattr(separator, "scope", None)
    if scope is None:
        return None
    shape, kind = getattr(scope, "shape", ()), getattr(scope, "dtype", None)
    if len(shape) != 2 or shape[0] != 2 or not 1 <= shape[1] <= MAX_SCOPE or kind != np.float32:
        raise SeparatorError(
            f"separator {separator.spec.name!r}: its scope is {kind} {shape}, must be float32 (2, 1..{MAX_SCOPE}); "
            "correct it, or leave it out"
        )
    return scope


class Worker:
    """Owns the separator's end of the block. One thread."""

    def __init__(self, block: Block, separator: Separator, context: int) -> None:
        """`separator` is prepared. Raises SeparatorError if its scope cannot be shown."""
        spec = separator.spec
        self._block = block
        self._separator = separator
        self._context = context
        self._hop = spec.hop
        self._delay = spec.delay
        self._mix = np.zeros((spec.channels, spec.hop), dtype=np.float32)
        self._out = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)
        self._ring = block.address + int(block.get("input_offset"))
        self._frames = int(block.get("ring_frames"))
        self._knobs_seen = 0
        self._knobs = [parameter.default for parameter in spec.parameters]
        self._faults_in_a_row = 0
        self._compute_ns = 0
        self._scope = scope_of(separator)
        self._shown = np.zeros((2, MAX_SCOPE), dtype=np.float32)
        size = 0 if self._scope is None else self._scope.shape[1]
        self._shown_part = self._shown[:, :size]
        block.set("scope", 0.0)
        block.set("scope_size", size)
        self.next = 0

    def join(self) -> None:
        """Start at the present: at position 0 with a valid past of silence, later with one that must fill first."""
        written = int(self._block.get("input_written"))
        self.next = written - written % self._hop
        restart_at(self._block.seat_address, self.next, self._delay if self.next else 0)

    def ready(self) -> bool:
        """Whether a whole hop waits."""
        return due(self._block.address, self.next, self._hop)

    def skip_to_present(self) -> int:
        """If hopelessly behind, give up what could not be played any more; the number of hops given up."""
        behind = int(self._block.get("input_written")) - self.next
        if behind < self._frames // 4:
            return 0
        skipped = behind // self._hop
        self._separator.reset()
        self._block.set("skipped_hops", self._block.get("skipped_hops") + skipped)
        self.next += skipped * self._hop
        restart_at(self._block.seat_address, self.next, self._delay)
        self._note(SKIPPED, self.next, skipped)
        return skipped

    def run_hop(self) -> None:
        """Compute one hop and publish it. Raises the plugin's exception once it has failed several times in a row."""
        self._apply_knobs()
        read_rows(self._ring, self._frames, len(self._mix), self.next, self._mix.ctypes.data, self._hop)
        failure = self._process()
        self.next += self._hop
        if failure is None:
            self._faults_in_a_row = 0
            block, position = self._block, self.next - self._hop
            stems = self._out.ctypes.data
            publish(self._context, block.address, block.seat_address, position, stems, self._compute_ns)
            self._show_scope()
            return
        restart_at(self._block.seat_address, self.next, self._delay)
        if self._faults_in_a_row >= MAX_CONSECUTIVE_FAULTS:
            raise failure

    def _process(self) -> Exception | None:
        """One call of the plugin; what went wrong with it, already counted, reported and reset."""
        block, context = self._block, self._context
        begin = begin_hop(context, block.address, block.seat_address, self.next)
        try:
            self._separator.process(self._mix, self._out)
        except Exception as error:
            failure: Exception | None = error
            field, text = "separator_faults", f"process() raised {type(error).__name__}: {error}"
        else:
            self._compute_ns = count_compute(context, block.seat_address, begin)
            failure = None if np.isfinite(self._out).all() else ValueError("NaN or Inf in the stems")
            field, text = "nonfinite_hops", f"{failure}; the hop was discarded"
        if failure is not None:
            self._faults_in_a_row += 1
            block.set(field, block.get(field) + 1)
            block.set_text("separator_error", text)
            self._note(FAILED, self.next, int(field == "nonfinite_hops"))
            self._separator.reset()
        return failure

    def count_wake(self) -> None:
        """Count a wait that has really waited."""
        count_wake(self._context, self._block.address, self._block.seat_address, self.next)

    def _note(self, kind: int, position: int, value: int) -> None:
        note_now(self._context, self._block.address, self._block.seat_address, kind, position, value, 0)

    def _show_scope(self) -> None:
        """After the stems, which are waited for."""
        if self._scope is not None:
            np.copyto(self._shown_part, self._scope)
            self._block.set("scope", self._shown)

    def _apply_knobs(self) -> None:
        sequence = int(self._block.get("knob_seq"))
        if sequence == self._knobs_seen:
            return
        self._knobs_seen = sequence
        values = self._block.array("knobs")
        for index, parameter in enumerate(self._separator.spec.parameters):
            value = float(values[index])
            if value != self._knobs[index]:
                self._knobs[index] = value
                self._separator.set_parameter(parameter.name, value)
