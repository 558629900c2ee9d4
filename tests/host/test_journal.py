"""The control process's timing events, and who is said to have asked."""

from __future__ import annotations

import threading

import pytest

from rtsep.changes import MixGain, Record, StemMute
from rtsep.host.journal import Journal
from rtsep.lab.trace.reading import oldest
from rtsep.lab.trace.telling import text_of
from rtsep.origin import origin, speaking_for
from rtsep.shared.block import Block, create, remove
from rtsep.shared.events import CHANGED, CONTROL_EVENTS, SAID, TEXT_WORDS


@pytest.fixture
def block(host_name: str):
    made = create(1, 1, 16, 16, host_name)
    made.set("events_on", 1)
    yield made
    remove(host_name)


def texts(block: Block) -> list[str]:
    return [text_of(row) for row in oldest(block, CONTROL_EVENTS)[1]]


def test_words_come_back_and_are_cut_at_a_character(block: Block) -> None:
    journal = Journal(block)
    journal.note(SAID, "Gerät fehlt")
    journal.note(SAID, "ä" * 300)
    assert texts(block) == ["Gerät fehlt", "ä" * (8 * TEXT_WORDS // 2)]
    journal.note(SAID, "x" + "ä" * 300)
    assert texts(block)[-1] == "x" + "ä" * (8 * TEXT_WORDS // 2 - 1)


def test_a_file_name_that_is_no_utf_8_is_noted_all_the_same(block: Block) -> None:
    Journal(block).note(SAID, b"/music/caf\xe9 is full".decode(errors="surrogateescape"))
    assert texts(block) == ["/music/caf? is full"]


def test_several_threads_lose_nothing(block: Block) -> None:
    journal = Journal(block)

    def note(number: int) -> None:
        for index in range(200):
            journal.note(SAID, f"{number} {index}", number, index)

    threads = [threading.Thread(target=note, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = texts(block)
    assert sorted(found) == sorted(f"{number} {index}" for number in range(4) for index in range(200))


def test_a_control_process_that_takes_over_goes_on_behind_the_one_before(block: Block) -> None:
    Journal(block).note(SAID, "first")
    Journal(block).note(SAID, "second")
    assert texts(block) == ["first", "second"]


def test_only_the_desks_changes_carry_a_number_to_be_heard_by(block: Block) -> None:
    block.set("params_seq", 8)
    Journal(block).changes(block, [StemMute("vocals", True), MixGain(-3.25), Record("a folder")], 77)
    events = oldest(block, CONTROL_EVENTS)[1]
    assert events[:, 0].tolist() == [77] * 3
    assert events[:, 1].tolist() == [CHANGED] * 3
    assert events[:, 4].tolist() == [8, 8, 0]
    assert [text.split("\t")[0] for text in texts(block)] == [
        "StemMute vocals True",
        "MixGain -3.25",
        "Record a folder wav",
    ]


def test_a_thread_speaks_for_itself_unless_it_says_otherwise() -> None:
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(origin()), name="midi")
    with speaking_for("osc 10.0.0.2:7000"):
        assert origin() == "osc 10.0.0.2:7000"
        thread.start()
        thread.join()
    assert told == ["midi"]
    assert origin() == threading.current_thread().name
