"""Everything that controls a running host besides its terminal: the show with its session, OSC, OSCQuery, MIDI."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import msgspec

from rtsep.cli.resume import Opening
from rtsep.errors import RtsepError
from rtsep.host.engine import Engine
from rtsep.midi.surface import MidiSurface
from rtsep.osc.server import OscServer
from rtsep.separators.registry import create
from rtsep.show.show import Show


def _import(separators: Iterable[str]) -> None:
    """Load what scenes will want: the first recall of one must not wait for an import, nor a mute for that recall."""
    for name in separators:
        with suppress(RtsepError):
            create(name)


@contextmanager
def controlled(engine: Engine, opening: Opening, say: Callable[[str], None]) -> Iterator[Show]:
    """A show around a running engine, within reach of every surface that its configuration names.

    Raises ConfigError if a port that was asked for cannot be had, or what is to be restored cannot.
    """
    config = engine.config
    with ExitStack() as stack:
        show = Show(engine, opening.store, say)
        # What was brought back and an error ends at once, a port that is taken for one, is to come back again.
        again = opening.session is not None
        stack.push(lambda kind, *_: show.stop(clean=not (again and kind is not None and issubclass(kind, RtsepError))))
        if opening.session is not None:
            show.restore(opening.session)
            scenes = opening.session.book.scenes.values()
            names = {scene.look.separator for scene in scenes}
            threading.Thread(target=_import, args=(names,), name="imports", daemon=True).start()
        if opening.store is not None:  # after the restoring: if that fails, the file stays as it was left
            show.keep(opening.name, {"host": engine.block.name, "config": msgspec.to_builtins(config)})
        show.start()
        midi = MidiSurface(show, config.midi, say)
        if config.osc.enabled:
            server = OscServer(show, config.osc, say, midi.services)
            server.start()
            stack.callback(server.stop)
            engine.block.set("osc_port", server.port)
            stack.callback(lambda: engine.block.set("osc_port", 0))
            if config.osc.query:
                from rtsep.osc.query import QueryServer  # not above: every command would load a web server

                query = QueryServer(show, config.osc, server.port, say)
                query.start()
                stack.callback(query.stop)
        midi.start()
        stack.callback(midi.stop)
        yield show
