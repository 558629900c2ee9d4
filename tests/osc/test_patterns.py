"""Address patterns: against a slow oracle, and never slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtsep.errors import ConfigError
from rtsep.osc.patterns import MAX_ALTERNATIVES, matching

NAMES = st.text("ab", max_size=6)
PATTERNS = st.lists(
    st.sampled_from(["*", "?", "a", "b", "[ab]", "[!a]", "[a-b]", "{a,bb}", "{,ab}", "{ab,a}"]), max_size=5
).map("".join)


def oracle(pattern: str, name: str) -> bool:
    """By trying everything."""
    if not pattern:
        return not name
    if pattern[0] == "*":
        return any(oracle(pattern[1:], name[at:]) for at in range(len(name) + 1))
    if pattern[0] == "{":
        choices, rest = pattern[1:].split("}", 1)
        return any(name.startswith(c) and oracle(rest, name[len(c) :]) for c in choices.split(","))
    if not name:
        return False
    if pattern[0] == "[":
        members, rest = pattern[1:].split("]", 1)
        members = {"a-b": "ab", "!a": "b"}.get(members, members)
        return name[0] in members and oracle(rest, name[1:])
    return pattern[0] in ("?", name[0]) and oracle(pattern[1:], name[1:])


def matches(pattern: str, *paths: str) -> list[str]:
    return matching(pattern, [(path, path.split("/")) for path in paths])


@given(PATTERNS, NAMES)
def test_a_part_matches_as_by_trying_everything(pattern: str, name: str) -> None:
    written_out = 2 ** pattern.count("{")
    if written_out <= MAX_ALTERNATIVES:
        assert bool(matches(f"/{pattern}/x", f"/{name}/x")) == oracle(pattern, name)


def test_wildcards_stay_within_a_part() -> None:
    paths = ("/rtsep/stem/a/mute", "/rtsep/stem/b/mute", "/rtsep/mix/mute", "/rtsep/stem/a/b/mute")
    assert matches("/rtsep/*/mute", *paths) == ["/rtsep/mix/mute"]
    assert matches("/rtsep/stem/[!a]/mute", *paths) == ["/rtsep/stem/b/mute"]
    assert matches("/*/*/*/*", *paths) == list(paths[:2])


def test_what_regular_expressions_know_is_plain_text_here() -> None:
    assert matches("/a.b+c|d", "/a.b+c|d", "/axb+c|d") == ["/a.b+c|d"]
    assert matches("/[.^-]x", "/.x", "/^x", "/-x", "/ax") == ["/.x", "/^x", "/-x"]
    assert matches("/[z-a]", "/m", "/A") == ["/m"]
    assert matches("/[&&||~~]", "/&", "/a") == ["/&"]


@pytest.mark.parametrize("pattern", ["/[a", "/a]", "/{a", "/a}", "/{a{b}}", "/[]", "/[!]", "/[[a]]"])
def test_brackets_that_stand_alone_are_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match="stands alone"):
        matches(pattern, "/a")


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(ConfigError, match="at most 256"):
        matches("/" + "*" * 300, "/a")
    with pytest.raises(ConfigError, match="more than 16 alternatives"):
        matches("/" + "{a,b}" * 50, "/a")


@pytest.mark.parametrize("pattern", ["/" + "*a" * 120 + "b", "/" + "{a*,*a}" * 4 + "*a" * 100 + "b", "/" + "*" * 255])
def test_many_stars_take_no_time(pattern: str) -> None:
    names = [f"/{'a' * n}" for n in range(400)]
    before = time.process_time()
    matches(pattern, *names)
    assert time.process_time() - before < 5.0, "what runs away takes longer than the universe has"
