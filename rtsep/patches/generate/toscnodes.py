"""Nodes of a TouchOSC layout: properties, values, messages."""

from __future__ import annotations

import uuid
from xml.etree import ElementTree as Xml

from rtsep.patches.generate.pages import Rect

_SPACE = uuid.UUID("5a0b5a8e-7f0c-5f0e-9a7b-52454d495821")
"""Identities are made from names in here, so that the same layout has the same ones."""
_GREY, _ORANGE, _DARK = (0.55, 0.58, 0.6), (0.95, 0.6, 0.15), (0.12, 0.13, 0.14)
_COLOURS = {"FADER": _ORANGE, "BUTTON": _ORANGE, "LABEL": _GREY, "GROUP": _DARK, "PAGER": _DARK}


def frame(rect: Rect, scale: float) -> Rect:
    """A rectangle for fingers."""
    x, y, w, h = (round(value * scale) for value in rect)
    return x, y, w, h


def add_node(parent: Xml.Element, kind: str, name: str, place: Rect, **more: object) -> Xml.Element:
    """A control within a control; `more` are its further properties, by their type."""
    if parent.tag != "lexml":
        found = parent.find("children")
        parent = Xml.SubElement(parent, "children") if found is None else found
    identity = uuid.uuid5(_SPACE, f"{kind} {name} {place} {len(parent)}")
    node = Xml.SubElement(parent, "node", ID=str(identity), type=kind)
    properties = Xml.SubElement(node, "properties")
    for key, value in sorted({"name": name, "background": kind != "LABEL", "outline": kind != "LABEL", **more}.items()):
        _property(properties, key, value)
    colour = _property(properties, "color", None)
    for part, level in zip("rgba", (*_COLOURS[kind], 1.0), strict=True):
        Xml.SubElement(colour, part).text = f"{level:g}"
    around = _property(properties, "frame", place)
    for part, length in zip("xywh", place, strict=True):
        Xml.SubElement(around, part).text = str(length)
    return node


def _property(parent: Xml.Element, key: str, value: object) -> Xml.Element:
    """A property; its type is told by its value's: c for None, a colour, and r for a rectangle. Returns where a value goes."""
    types = {bool: "b", int: "i", float: "f", str: "s", tuple: "r", type(None): "c"}
    element = Xml.SubElement(parent, "property", type=types[type(value)])
    Xml.SubElement(element, "key").text = key
    inner = Xml.SubElement(element, "value")
    if isinstance(value, bool | int | float):
        inner.text = f"{value:g}" if isinstance(value, float) else str(int(value))
    elif isinstance(value, str):
        inner.text = value
    return inner


def add_values(node: Xml.Element, **defaults: str) -> None:
    """What a control holds, with what it holds at first."""
    values = Xml.SubElement(node, "values")
    for key, default in defaults.items():
        value = Xml.SubElement(values, "value")
        _texts(value, key=key, locked="0", lockedDefaultCurrent="0", default=default, defaultPull="0")


def add_label(parent: Xml.Element, name: str, words: str, place: Rect) -> Xml.Element:
    """Words that let touches through."""
    node = add_node(parent, "LABEL", name, place, interactive=False, textSize=14, textClip=True)
    add_values(node, text=words, touch="false")
    return node


def add_osc(
    node: Xml.Element,
    path: str,
    key: str | None,
    conversion: str,
    limits: tuple[float, float] = (0.0, 1.0),
    *,
    receive_only: bool = False,
    send_only: bool = False,
    rising: bool = False,
    constant: bool = False,
) -> None:
    """The message that a control sends and hears, on connection 1: one argument, from value `key`, or none.

    `rising`: sent only when the value goes up. `constant`: `key` is itself what is sent.
    """
    osc = Xml.SubElement(Xml.SubElement(node, "messages"), "osc")
    send, receive = str(int(not receive_only)), str(int(not send_only))
    _texts(osc, enabled="1", send=send, receive=receive, feedback="0", connections="00001")
    trigger = Xml.SubElement(Xml.SubElement(osc, "triggers"), "trigger")
    _texts(trigger, var="x" if constant or key is None else key, condition="RISE" if rising else "ANY")
    _partial(Xml.SubElement(osc, "path"), "CONSTANT", "STRING", path, (0.0, 1.0))
    arguments = Xml.SubElement(osc, "arguments")
    if key is not None:
        _partial(arguments, "CONSTANT" if constant else "VALUE", conversion, key, limits)


def _partial(parent: Xml.Element, kind: str, conversion: str, value: str, limits: tuple[float, float]) -> None:
    part = Xml.SubElement(parent, "partial")
    low, high = (f"{limit:g}" for limit in limits)
    _texts(part, type=kind, conversion=conversion, value=value, scaleMin=low, scaleMax=high)


def _texts(parent: Xml.Element, **texts: str) -> None:
    for tag, text in texts.items():
        Xml.SubElement(parent, tag).text = text
