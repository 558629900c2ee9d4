"""Separators that are files of the user's: other people's models, which no package registers by name.

    [project.entry-points."rtsep.separator_files"]
    nm = "my_package.my_module:NEUTONE"        a `FileKind`, for files whose names end in .nm

The name of such a separator is the file's whole path, in sessions and on the wire; people are shown the file's own name.
What stands behind the path after a colon or an @ belongs to the kind: `rave.ts:forward@44100`.
"""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from rtsep.control import short_name
from rtsep.errors import SeparatorError
from rtsep.separators.api import Separator

GROUP = "rtsep.separator_files"
LONGEST_NAME = 500
"""Bytes: what the shared block has room for."""
_NAME = re.compile(r"(?P<path>.+?\.(?P<ending>[A-Za-z0-9]{1,8}))(?P<rest>[:@][^/\\]*)?")


class FileKind(Protocol):
    """What plays files of one ending. Any thread."""

    def known(self, name: str) -> bool:
        """Whether `open` is quick: the file, as it is now, has been looked at."""
        ...

    def open(self, name: str) -> Separator:
        """A new, unprepared separator. Must not run code of the file in this process. Raises SeparatorError."""
        ...


def kind_of(name: str) -> FileKind | None:
    """What plays `name`; None if it is not that of a file, but of a registered separator. Raises SeparatorError."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    for point in entry_points(group=GROUP, name=found["ending"].lower()):
        try:
            return cast(FileKind, point.load())
        except Exception as error:
            raise SeparatorError(
                f"files like {short_name(name)!r} need {point.value}, which cannot be loaded: {error}; is its package complete?"
            ) from error
    return None


def whole_name(name: str) -> str:
    """`name`, a file's with its whole path, so that it means the same in another folder and next week.

    Raises SeparatorError if that is longer than a host can keep.

    >>> whole_name("classic"), whole_name("my.ts:forward") == str(Path("my.ts").absolute()) + ":forward"
    ('classic', True)
    """
    found = _NAME.fullmatch(name)
    if found is None or kind_of(name) is None:
        return name
    whole = f"{Path(found['path']).expanduser().absolute()}{found['rest'] or ''}"
    if len(whole.encode()) > LONGEST_NAME:
        raise SeparatorError(f"the path {whole!r} is longer than {LONGEST_NAME} bytes; move the file to a shorter one")
    return whole


def split_name(name: str) -> tuple[Path, str]:
    """The path, and what stands behind it.

    >>> split_name("/models/rave.ts:forward@44100")
    (PosixPath('/models/rave.ts'), ':forward@44100')
    """
    found = _NAME.fullmatch(name)
    return (Path(name), "") if found is None else (Path(found["path"]), found["rest"] or "")


def known(name: str) -> bool:
    """Whether creating `name` is quick. Any thread."""
    kind = kind_of(name)
    return kind is None or kind.known(name)
