"""The wake-up: posted from compiled code, waited for in Python, in one process or in two."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from rtsep.realtime.atomics import CONTEXT
from rtsep.realtime.system import clock_ns, post
from rtsep.shared.semaphore import Semaphore, unlink_semaphore


@pytest.fixture
def semaphore(host_name: str) -> Iterator[Semaphore]:
    yield Semaphore(host_name)
    unlink_semaphore(host_name)


def context_with(semaphore: Semaphore | None) -> np.ndarray:
    context = np.zeros(1, dtype=CONTEXT)
    context["wake"][0, 0] = semaphore.handle if semaphore else 0
    return context


def test_each_post_wakes_once(semaphore: Semaphore) -> None:
    context = context_with(semaphore)
    for _ in range(3):
        post(context.ctypes.data, 0)
    assert [semaphore.wait(0.0) for _ in range(4)] == [True, True, True, False]


def test_a_context_without_semaphore_posts_to_nobody() -> None:
    post(context_with(None).ctypes.data, 0)


def test_each_seat_has_a_semaphore_of_its_own(semaphore: Semaphore, host_name: str) -> None:
    other = Semaphore(host_name, 1)
    context = context_with(semaphore)
    context["wake"][0, 1] = other.handle
    post(context.ctypes.data, 1)
    assert not semaphore.wait(0.0)
    assert other.wait(0.0)


def test_the_same_name_opens_the_same_semaphore(semaphore: Semaphore, host_name: str) -> None:
    post(context_with(Semaphore(host_name)).ctypes.data, 0)
    assert semaphore.wait(0.0)


def test_another_process_is_woken(semaphore: Semaphore, host_name: str) -> None:
    code = "import sys; from rtsep.shared.semaphore import Semaphore; sys.exit(not Semaphore(sys.argv[1]).wait(60.0))"
    waiter = subprocess.Popen([sys.executable, "-c", code, host_name])
    post(context_with(semaphore).ctypes.data, 0)
    assert waiter.wait(90) == 0


def test_unlinking_a_name_that_is_not_there_is_no_error() -> None:
    unlink_semaphore("rtsep-never-made")


def test_the_kernels_clock_is_pythons_monotonic_clock() -> None:
    import time

    context = context_with(None)
    before = time.monotonic_ns()
    now = clock_ns(context.ctypes.data)
    assert before <= now <= time.monotonic_ns()
