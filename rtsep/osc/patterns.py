"""OSC address patterns: `*`, `?`, `[a-z]`, `[!a-z]` and `{one,other}`, each within one part of an address.

A pattern becomes regular expressions, one for each part, that cannot run away: each star is an atomic group that takes the
first fit of what follows it, which without alternatives is always as good as any later one (as in Python's own `fnmatch`).
Alternatives are therefore written out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from rtsep.errors import ConfigError

MAX_PATTERN = 256
"""Characters."""
MAX_ALTERNATIVES = 16
"""Of one part of a pattern, written out."""

_WILD = frozenset("*?[]{}")
_BRACES = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"\[(!?)([^\[\]!][^\[\]]*)\]|([*?])|([^*?\[\]{}])")


def is_pattern(path: str) -> bool:
    """Whether an address has wildcards.

    >>> is_pattern("/rtsep/stem/*/mute"), is_pattern("/rtsep/mix/panic")
    (True, False)
    """
    return not _WILD.isdisjoint(path)


def compiled(pattern: str) -> list[re.Pattern[str]]:
    """An expression for each part of an address that matches. Raises ConfigError if the pattern is none or too large."""
    if len(pattern) > MAX_PATTERN:
        raise ConfigError(f"a pattern has {len(pattern)} characters, at most {MAX_PATTERN} are tried; use several")
    return [_part(part, pattern) for part in pattern.split("/")]


def _part(part: str, pattern: str) -> re.Pattern[str]:
    return re.compile("|".join(_expression(text, pattern) for text in _written_out(part, pattern)))


def _written_out(part: str, pattern: str) -> Iterator[str]:
    """`part` once for each choice of alternatives."""
    pieces = [piece.split(",") if n % 2 else [piece] for n, piece in enumerate(_BRACES.split(part))]
    count = 1
    for piece in pieces:
        count *= len(piece)
        if count > MAX_ALTERNATIVES:
            raise ConfigError(f"{pattern}: more than {MAX_ALTERNATIVES} alternatives in one part; use several patterns")
    return map("".join, itertools.product(*pieces))


def _expression(text: str, pattern: str) -> str:
    """Regular expression of a part without alternatives."""
    chunks = [""]
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ConfigError(f"{pattern}: {text[at]!r} stands alone; close or leave out the bracket")
        negated, members, wild, plain = token.groups()
        if wild == "*":
            chunks.append("")
        elif wild:
            chunks[-1] += "."
        elif plain:
            chunks[-1] += re.escape(plain)
        else:
            chunks[-1] += f"[{'^' if negated else ''}{_members(members)}]"
        at = token.end()
    first, *rest = chunks
    if not rest:
        return rf"(?s:{first})\Z"
    *middle, last = rest
    stars = "".join(f"(?>.*?{chunk})" for chunk in middle if chunk)
    return rf"(?s:{first}{stars}.*{last})\Z"


def _members(members: str) -> str:
    """Inside of a set: characters and ranges; a range that runs backwards is turned round."""
    out, at = "", 0
    while at < len(members):
        if members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            low, high = sorted((members[at], members[at + 2]))
            out += f"{re.escape(low)}-{re.escape(high)}"
            at += 3
        else:
            out += re.escape(members[at])
            at += 1
    return out


def matching(pattern: str, paths: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Those of `paths`, each given with its parts, that a pattern matches, in their order. Raises ConfigError as `compiled`."""
    expressions = compiled(pattern)
    left = [(path, parts) for path, parts in paths if len(parts) == len(expressions)]
    for at, expression in enumerate(expressions):
        fits = {name: bool(expression.match(name)) for name in {parts[at] for _, parts in left}}
        left = [(path, parts) for path, parts in left if fits[parts[at]]]
    return [path for path, _ in left]
