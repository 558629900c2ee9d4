"""What `rtsep doctor` says about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One examined thing. "warn": works, but may click; "fail": something will not work until it is mended.

    `remedy` is what to type or change, empty where nothing needs it.
    """

    name: str
    status: Status
    detail: str
    remedy: str = ""
