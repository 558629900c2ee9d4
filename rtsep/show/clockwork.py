"""What a show does by itself in time: steps of a fade, scenes on their beat, what is owed to a separator that comes."""

from __future__ import annotations

import threading
from dataclasses import replace

from rtsep.changes import SceneRecall
from rtsep.errors import RtsepError
from rtsep.show.fade import STEP_S, Fade
from rtsep.show.look import look_of, settings
from rtsep.show.moment import Owed, Waiting, beneath
from rtsep.show.stage import OF_SCENES, Stage
from rtsep.show.tempo import next_beat

SWITCH_S = 0.02
"""How often to look whether a separator has come; only while one is on its way and something is owed to it."""
SHORTEST_S, LONGEST_S = 0.002, 0.5
"""Of a wait for a beat: the audio clock may stand still."""


class Clockwork:
    """A thread that waits until something is under way."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._ends = False
        self._thread = threading.Thread(target=self._run, name="rtsep show", daemon=True)

    def start(self) -> None:
        """From now on."""
        self._thread.start()

    def stop(self) -> None:
        """What is under way stays where it is."""
        with self._stage.changed:
            self._ends = True
            self._stage.changed.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with self._stage.changed:
            while not self._ends:
                try:
                    wait_s = self.round()
                except Exception as error:  # a listener's, for one: the thread must outlive it
                    self._stage.say(f"the show stops what was under way: {error!r}")
                    self._stage.forget(fade=None, waiting=None, owed=())
                    continue
                self._stage.changed.wait(wait_s)

    def round(self) -> float | None:
        """Do what is due; seconds until there may be more to do, None: until something changes."""
        waits: list[float] = []
        with self._stage.changed:
            at = self._stage.moment
            if at.owed and (self._stage.switching or any(owed.separator for owed in at.owed)):
                waits.append(self._settle())
            if at.waiting is not None:
                waits.append(self._await_beat(at.waiting))
            if self._stage.moment.fade is not None:
                waits.append(self._step(self._stage.moment.fade))
        return min(waits, default=None)

    def _settle(self) -> float:
        """Pay what is owed once no separator is on its way."""
        if self._stage.engine.state().next_separator:
            return SWITCH_S
        self._stage.switching = False
        plan = self._stage.plan()
        try:
            missed = plan.settle()
            self._stage.carry_out(plan)
        except RtsepError as error:
            self._stage.say(f"after the switch of separators: {error}")
            self._stage.forget(owed=())
        else:
            if missed:
                self._stage.say(missed)
        return LONGEST_S

    def _await_beat(self, waiting: Waiting) -> float:
        """Recall the scene that waits, if its beat falls into the block that comes next."""
        state, at = self._stage.engine.state(), self._stage.moment
        book = at.book
        if book.bpm and book.quantise:
            due = next_beat(waiting.asked, at.anchor, book.bpm, book.quantise, state.sample_rate)
            left = due - state.position - state.block
            if left > 0:
                return min(max(left / state.sample_rate, SHORTEST_S), LONGEST_S)
        try:
            plan = self._stage.plan()
            plan.begin(waiting.number, waiting.fade_s)
            self._stage.carry_out(plan, OF_SCENES)
        except RtsepError as error:
            self._stage.say(f"scene {waiting.number} did not come: {error}")
            self._stage.forget(waiting=None)
        else:
            if plan.at.fade is None:
                self._stage.tell(SceneRecall(waiting.number, waiting.fade_s))
        return STEP_S

    def _step(self, fade: Fade) -> float:
        """Move a fade on, or end it."""
        stage, now_s = self._stage, self._stage.clock()
        told, kills = beneath(fade.at(now_s), stage.moment.kills)
        ended = now_s >= fade.end_s
        after = replace(stage.moment, kills=kills)
        if ended:
            after = replace(after, fade=None, book=replace(after.book, scene=fade.number))
        try:
            stage.enter(after, told, OF_SCENES)
        except RtsepError as error:
            self._lose(fade, error)
        else:
            if ended:
                stage.tell(SceneRecall(fade.number, 0.0))
        return STEP_S

    def _lose(self, fade: Fade, error: RtsepError) -> None:
        """A step was refused: go on without the stems and parameters that have left the desk, or, if none has, not at all."""
        desk = look_of(self._stage.engine.state(), {}).desk
        rest = fade.only(settings(desk).keys())
        lost = {key: change for key, change in fade.last.items() if key not in rest.last}
        if lost:
            self._stage.forget(fade=rest, owed=(*self._stage.moment.owed, Owed("", lost)))
        else:
            self._stage.say(f"the fade to scene {fade.number} ended early: {error}")
            self._stage.forget(fade=None)
