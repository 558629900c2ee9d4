"""The scenes as a performer reads them: in the order of the set list, where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from rtsep.changes import Change, SceneRecall, SetListGo
from rtsep.control import EngineState


@dataclass(frozen=True)
class SceneRow:
    """One line of the list."""

    number: int
    name: str
    mark: str
    """"now", "coming", "next", or nothing."""
    recall: Change
    """What a tap asks for."""
    path: str
    """OSC address of the same."""


def scene_rows(state: EngineState) -> tuple[SceneRow, ...]:
    """The set list by its places, then the scenes that are not in it."""
    show = state.show
    names = {scene.number: scene.name or f"Scene {scene.number}" for scene in show.scenes}
    rows = []
    for place, number in enumerate(show.set_list, start=1):
        if number in names:
            here = place == show.place or (show.place == 0 and number == show.scene)
            mark = _mark(state, number, here) or ("next" if place == show.place + 1 else "")
            rows.append(SceneRow(number, names[number], mark, SetListGo(place), "/rtsep/setlist/place"))
    for number, name in names.items():
        if number not in show.set_list:
            mark = _mark(state, number, True)
            rows.append(SceneRow(number, name, mark, SceneRecall(number), f"/rtsep/scene/{number}/go"))
    return tuple(rows)


def _mark(state: EngineState, number: int, here: bool) -> str:
    if number == state.show.coming:
        return "coming"
    return "now" if number == state.show.scene and here else ""
