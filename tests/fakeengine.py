"""An engine without sound: the desk's rules and an `EngineState`, for the tests of control surfaces."""

from __future__ import annotations

from collections.abc import Callable

from support import offline

from rtsep.changes import Change, Record, SwitchSeparator
from rtsep.control import Counters, EngineState, Level, Load, ShowState
from rtsep.deskstate import changed
from rtsep.host.deskstate import initial
from rtsep.host.listeners import Listener
from rtsep.separators.builtin import Delay
from rtsep.spec import LatencyBudget, SeparatorSpec

SILENT = Level(-144.0, -144.0, -144.0, 0)


class FakeEngine:
    """Keeps what it is told; `applied` has every call of `apply`."""

    def __init__(self, spec: SeparatorSpec | None = None) -> None:
        self.spec = spec or Delay().spec
        self.desk = initial(offline(), self.spec)
        self.applied: list[tuple[Change, ...]] = []
        self.recording = ""
        self.separator = self.spec.name
        self.position = 0
        self.show = ShowState()
        self._listeners: list[Listener] = []

    def state(self) -> EngineState:
        """What has been applied; the meters are silent."""
        return EngineState(
            name="fake",
            separator=self.spec,
            separator_name=self.separator,
            runtime="",
            next_separator="",
            knobs=tuple(self.desk.knobs.values()),
            strips=tuple(self.desk.strips.values()),
            mix_gain_db=self.desk.mix_gain_db,
            dry_wet=self.desk.dry_wet,
            bypass=self.desk.bypass,
            panic=self.desk.panic,
            crossfade=self.desk.crossfade,
            policy=self.desk.policy,
            device="fake",
            sample_rate=48000.0,
            block=64,
            position=self.position,
            budget=LatencyBudget(64, 64, 0, 128, 64, 64),
            audio="running",
            separator_status="running",
            latched=False,
            recording=self.recording,
            levels=(SILENT,) * len(self.spec.stems),
            mix_level=SILENT,
            input_level=SILENT,
            counters=Counters(*[0] * 14),
            load=Load(*[0.0] * 8),
            show=self.show,
        )

    def apply(self, *changes: Change) -> None:
        """All or nothing, as the engine does."""
        desk = self.desk
        for change in changes:
            if not isinstance(change, Record | SwitchSeparator):
                desk = changed(desk, change, self.spec)
        self.desk = desk
        for change in changes:
            match change:
                case Record(folder=folder):
                    self.recording = folder or ""
                case SwitchSeparator(separator=name):
                    self.separator = name
        self.applied.append(changes)
        for listener in list(self._listeners):
            for change in changes:
                listener.call(change)

    def subscribe(self, listener: Callable[[Change], None]) -> Listener:
        """As the engine does."""
        entry = Listener(listener, self._listeners)
        self._listeners.append(entry)
        return entry
