"""Quick states, scenes, tempo, set list, sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rtsep.changes import (
    SCENES,
    Change,
    Quantise,
    Quick,
    QuickState,
    SceneClear,
    SceneFade,
    SceneName,
    SceneRecall,
    SceneStore,
    SessionLoad,
    SessionSave,
    SetList,
    SetListGo,
    SetListStep,
    Tap,
    Tempo,
)
from rtsep.control import EngineState
from rtsep.osc.messages import Argument, Message, Names, Value
from rtsep.osc.table.rows import BUTTON, one, status

_FADE = Argument("fade", "f", "s", 0.0, 600.0)


def _scenes(state: EngineState) -> Iterable[Names]:
    return ({"n": str(number)} for number in range(1, SCENES + 1))


def _quick(state: QuickState, about: str) -> Message:
    return Message(f"/rtsep/quick/{state}", about, change=lambda names, values: (Quick(state),), **BUTTON)


def _scene(node: str, about: str, change: Callable[[int, tuple[Any, ...]], Change], **more: Any) -> Message:
    return Message(
        f"/rtsep/scene/{{n}}/{node}",
        about,
        change=lambda names, values: (change(int(names["n"]), values),),
        over=_scenes,
        **more,
    )


def _scene_value(state: EngineState, names: Names, name: str, default: Value) -> tuple[Value, ...]:
    found = [getattr(scene, name) for scene in state.show.scenes if scene.number == int(names["n"])]
    return (found[0] if found else default,)


SHOW: tuple[Message, ...] = (
    _quick("acapella", "The vocals alone."),
    _quick("instrumental", "Everything but the vocals."),
    _quick("drums_only", "The drums alone."),
    _quick("all", "Every stem, unmuted."),
    _scene(
        "store",
        "Keep everything audible in this scene, under that name.",
        lambda n, values: SceneStore(n, *values),
        arguments=(Argument("name", "s", optional=True),),
        trigger=True,
    ),
    _scene(
        "recall",
        "Go to this scene, over that time instead of its own.",
        lambda n, values: SceneRecall(n, *values),
        arguments=(Argument("fade", "f", "s", 0.0, 600.0, optional=True),),
        trigger=True,
    ),
    _scene("go", "Go to this scene: for buttons.", lambda n, values: SceneRecall(n), **BUTTON),
    _scene("clear", "Forget this scene.", lambda n, values: SceneClear(n), **BUTTON),
    _scene(
        "name",
        "Name of this scene; empty: there is none.",
        lambda n, values: SceneName(n, values[0]),
        arguments=(Argument("name", "s"),),
        read=lambda state, names: _scene_value(state, names, "name", ""),
    ),
    _scene(
        "fade_s",
        "Its own fade time.",
        lambda n, values: SceneFade(n, values[0]),
        arguments=(_FADE,),
        read=lambda state, names: _scene_value(state, names, "fade_s", 0.0),
    ),
    status("scene/current", "i", "The scene recalled last; 0: none.", lambda state: state.show.scene),
    status("scene/coming", "i", "The scene that fades in or waits for its beat.", lambda state: state.show.coming),
    one(
        "/rtsep/scene/quantise",
        "Scenes come at the next multiple of so many beats; 0: at once.",
        Argument("beats", "i", "beats", 0, 64),
        Quantise,
        lambda state: state.show.quantise,
    ),
    one(
        "/rtsep/tempo/bpm",
        "Tempo; 0: none. A beat falls on the moment of the message.",
        Argument("tempo", "f", "beats/min", 0.0, 400.0),
        Tempo,
        lambda state: state.show.bpm,
    ),
    Message("/rtsep/tempo/tap", "A beat, now.", change=lambda names, values: (Tap(),), **BUTTON),
    Message(
        "/rtsep/setlist/scenes",
        "The order of scenes.",
        (Argument("scene", "i", "", 1, SCENES, rest=True),),
        lambda names, values: (SetList(values),),  # type: ignore[arg-type]
        lambda state, names: state.show.set_list,
    ),
    Message("/rtsep/setlist/clear", "No set list.", change=lambda names, values: (SetList(()),), **BUTTON),
    one(
        "/rtsep/setlist/place",
        "Place in the set list, from 1; 0: before its start. Writing it recalls that scene.",
        Argument("place", "i", "", 0, 1000),
        SetListGo,
        lambda state: state.show.place,
    ),
    Message("/rtsep/setlist/next", "Next scene.", change=lambda names, values: (SetListStep(1),), **BUTTON),
    Message("/rtsep/setlist/previous", "Previous scene.", change=lambda names, values: (SetListStep(-1),), **BUTTON),
    Message(
        "/rtsep/session/save",
        "Save the show under a name, and autosave there from now on.",
        (Argument("name", "s"),),
        lambda names, values: (SessionSave(*values),),  # type: ignore[arg-type]
    ),
    Message(
        "/rtsep/session/load",
        "Take over a saved show; the device stays.",
        (Argument("name", "s"),),
        lambda names, values: (SessionLoad(*values),),  # type: ignore[arg-type]
    ),
    status("session/name", "s", "The session that is autosaved to.", lambda state: state.show.session),
)
