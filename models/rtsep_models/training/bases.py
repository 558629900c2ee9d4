"""TOML files laid over one another: a file says only what it does otherwise than the one that its key `base` names.

`base` starts from the folder of the file that it stands in, and may have a base of its own. Tables are laid over tables
key by key; anything else, lists of tables too, takes the base's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from rtsep.errors import ConfigError


def laid_over_bases(path: Path, kind: str, above: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The keys of a file and of its bases. `kind`: how errors call it; `above`: the files whose base it is, the nearest last.

    Raises ConfigError if a file cannot be read, is no TOML or its own base.
    """
    chain = (*above, path.resolve())
    of = f", the base of {above[-1].name}," if above else ""
    if chain[-1] in above:
        names = " > ".join(each.name for each in chain)
        raise ConfigError(f"{kind} {path} is its own base ({names}); take `base` out of one of them")
    try:
        keys = msgspec.toml.decode(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{kind} {path}{of} cannot be read ({error.strerror}); check the path") from error
    except msgspec.DecodeError as error:
        raise ConfigError(f"{kind} {path}{of} is no TOML: {error}; correct it") from error
    base = keys.pop("base", None)
    if base is None:
        return keys
    if not isinstance(base, str):
        raise ConfigError(f"{kind} {path}: base is {base!r}, must be a path; write it in quotes")
    return _laid_over(laid_over_bases(path.parent / base, kind, chain), keys)


def _laid_over(base: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(base)
    for key, value in keys.items():
        below = whole.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            value = _laid_over(below, value)
        whole[key] = value
    return whole
