"""What is committed is what the table makes, and no address in it is unknown to the table."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from py2max import Patcher

from rtsep.errors import ConfigError
from rtsep.osc.table import MIXER
from rtsep.patches.copying import PACKAGE
from rtsep.patches.generate.everything import FOLDERS, patches, write
from rtsep.patches.generate.layout import PAGES
from rtsep.patches.generate.pages import ARGUMENTS, Item, Page
from rtsep.patches.generate.reference import flat

DOCS = PACKAGE.parents[1] / "docs"
MAX = sorted((PACKAGE / "max").rglob("*.max*"))
PD = sorted((PACKAGE / "pd").glob("*.pd"))
_ADDRESS = re.compile(r"/rtsep/[^\s\"';,`]*")
_GAPS = r"%s|%ld|#1|\\?\$1"
"""What stands for a stem or a number."""


def readable(path: Path) -> bytes:
    """A file's content; of compressed ones what is in them, as compressors differ."""
    content = path.read_bytes()
    return zlib.decompress(content) if path.suffix == ".tosc" else content


def max_texts(path: Path) -> list[str]:
    """The text of every box of a Max patch."""
    return [str(box.text) for box in Patcher.from_file(path)._boxes]


def addresses_of(path: Path) -> set[str]:
    """Addresses in a patch's boxes, with an example's name in their gaps."""
    texts = max_texts(path) if path in MAX else path.read_text().splitlines()
    found = set()
    for text in texts:
        for address in _ADDRESS.findall(text):
            found |= {re.sub(_GAPS, name, address) for name in ARGUMENTS.values()} & set(flat()) or {address}
    return found


def test_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    write(tmp_path, tmp_path / "docs")
    written = {path.relative_to(tmp_path): readable(path) for path in tmp_path.rglob("*") if path.is_file()}
    document = written.pop(Path("docs/osc.md"))
    committed = {
        path.relative_to(PACKAGE): readable(path)
        for folder in FOLDERS
        for path in (PACKAGE / folder).rglob("*")
        if path.is_file()
    }
    stale = sorted(str(path) for path in written.keys() | committed.keys() if written.get(path) != committed.get(path))
    assert not stale, "run python -m rtsep.patches.generate"
    assert document == (DOCS / "osc.md").read_bytes(), "run python -m rtsep.patches.generate"


def test_generator_makes_the_same_files_twice() -> None:
    assert patches() == patches()


@pytest.mark.parametrize("path", [*MAX, *PD], ids=lambda path: path.name)
def test_patch_mentions_no_address_that_the_table_does_not_have(path: Path) -> None:
    assert addresses_of(path) <= set(flat())


def test_an_unknown_address_would_be_found(tmp_path: Path) -> None:
    patch = tmp_path / "bad.pd"
    patch.write_text("#X obj 9 9 oscformat /rtsep/stem/\\$1/loudness;\n#X obj 9 9 oscformat /rtsep/stem/\\$1/mute;\n")
    assert addresses_of(patch) - set(flat()) == {"/rtsep/stem/\\$1/loudness"}


@pytest.mark.parametrize("paths", [MAX, PD], ids=["max", "pd"])
def test_every_writable_mixer_address_is_in_some_patch(paths: list[Path]) -> None:
    mentioned = set().union(*(addresses_of(path) for path in paths))
    writable = {message.pattern.format_map(ARGUMENTS) for message in MIXER if message.access & 2}
    assert writable <= mentioned


def test_a_page_with_an_unknown_address_is_refused() -> None:
    page = Page("bad", "Bad.", (10, 10), items=(Item("/rtsep/mix/loudness", (0, 0, 1, 1)),))
    with pytest.raises(ConfigError, match="/rtsep/mix/loudness is not in the table"):
        assert page.items[0].widget


def test_reference_page_has_every_row() -> None:
    words = (DOCS / "osc.md").read_text()
    for message in {address.message.pattern: address.message for address in flat().values()}.values():
        row = f"| `{message.pattern.replace('{', '<').replace('}', '>')}` |"
        assert row in words
        assert message.about in words


def test_pages_show_nothing_beyond_their_edges_and_nothing_twice() -> None:
    for page in PAGES.values():
        things = [*page.items, *page.captions]
        for thing in things:
            x, y, w, h = thing.rect
            assert min(x, y) >= 0, (page.name, thing)
            assert x + w <= page.size[0], (page.name, thing)
            assert y + h <= page.size[1], (page.name, thing)
        for index, one in enumerate(things):
            for other in things[index + 1 :]:
                assert not overlap(one.rect, other.rect), (page.name, one, other)


def overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two rectangles have a common pixel."""
    apart_x = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    apart_y = one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
    return not (apart_x or apart_y)
