"""`go_realtime` asks, reports and never raises. Each case runs in a process of its own: what it does is for good."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from rtsep.host import priority_linux, priority_macos, priority_windows

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux's scheduler and limits")

UNPRIVILEGED = """
import os, resource
for limit in (resource.RLIMIT_RTPRIO, resource.RLIMIT_NICE):
    resource.setrlimit(limit, (0, 0))
resource.setrlimit(resource.RLIMIT_MEMLOCK, (8 << 20, 8 << 20))
if os.getuid() == 0:
    os.setresuid(65534, 65534, 65534)
"""


def report(call: str, before: str = "", after: str = "") -> dict:
    """What `call` reported in a fresh process, as a dict, with whatever `after` put into `extra`."""
    code = f"""
import dataclasses, gc, json, sys
from rtsep.host.priority import below, go_realtime, raise_priority, settle_memory
extra = {{}}
{before}
result = {call}
{after}
print(json.dumps(dataclasses.asdict(result) | extra))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@linux
def test_report_tells_the_truth_about_the_scheduler() -> None:
    got = report(
        'go_realtime("separator", priority=7)',
        after="import os; extra = {'fifo': os.sched_getscheduler(0) == os.SCHED_FIFO,"
        " 'actual': os.sched_getparam(0).sched_priority}",
    )
    assert got["fifo"] == (got["policy"] == "SCHED_FIFO")
    if got["fifo"]:
        assert got["priority"] == got["actual"]
    else:
        assert "RLIMIT_RTPRIO" in got["refusals"][0]


@linux
def test_report_tells_the_truth_about_locked_memory() -> None:
    got = report(
        'go_realtime("audio")',
        after="extra = {'locked_kib': int(next(line.split()[1] for line in open('/proc/self/status')"
        " if line.startswith('VmLck')))}",
    )
    assert got["memory_locked"] == (got["locked_kib"] > 0)


@linux
def test_without_any_right_all_is_refused_and_nothing_raises() -> None:
    got = report('go_realtime("separator", priority=below(0))', before=UNPRIVILEGED)
    assert (got["policy"], got["priority"], got["memory_locked"]) == ("normal", 0, False)
    assert got["gc_frozen"]
    assert len(got["refusals"]) == 2


@linux
def test_memory_is_not_locked_under_a_finite_limit_so_that_later_allocations_succeed() -> None:
    got = report('go_realtime("audio")', before=UNPRIVILEGED, after="extra = {'length': len(bytearray(64 << 20))}")
    assert not got["memory_locked"]
    assert got["length"] == 64 << 20


@linux
def test_a_low_priority_limit_grants_what_it_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel is played here: to lift one's own limit to 3 takes a right that few test machines have.
    monkeypatch.setattr(priority_linux, "_raise_to_hard_limit", lambda kind: 3)
    monkeypatch.setattr(priority_linux, "_fifo", lambda priority: priority <= 3)
    policy, priority, refusal = priority_linux.schedule(55, 0.003)
    assert (policy, priority) == ("SCHED_FIFO", 3)
    assert "allows 3" in refusal


@pytest.mark.parametrize("role", ["audio", "separator"])
def test_a_thread_stays_normal_unless_a_priority_is_given(role: str) -> None:
    got = report(f'go_realtime("{role}")')
    assert (got["policy"], got["priority"]) == ("normal", 0)


@pytest.mark.parametrize(("argument", "enabled"), [("False", True), ("True", False)])
def test_collection_is_switched_off_only_on_request(argument: str, enabled: bool) -> None:
    got = report(
        f'go_realtime("audio", disable_gc={argument})',
        after="extra = {'enabled': gc.isenabled(), 'frozen': gc.get_freeze_count()}",
    )
    assert got["enabled"] is enabled
    assert got["gc_frozen"]
    assert got["frozen"] > 0


@pytest.mark.parametrize("wild", [-5, 0, 1000])
def test_a_priority_out_of_range_is_clamped(wild: int) -> None:
    assert report(f'go_realtime("separator", priority={wild})')["priority"] <= 99


@linux
def test_threads_started_after_the_priority_is_raised_inherit_it_and_the_memory_settles_later() -> None:
    got = report(
        "settle_memory(raised)",
        before="import os\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "raised = raise_priority('separator', priority=below(0))\n"
        "frozen = gc.get_freeze_count()\n"
        "inherited = ThreadPoolExecutor(1).submit(os.sched_getscheduler, 0).result()",
        after="extra = {'before': frozen, 'same': inherited == os.sched_getscheduler(0),"
        " 'policy_kept': result.policy == raised.policy, 'refusals_kept': set(raised.refusals) <= set(result.refusals)}",
    )
    assert got["before"] == 0
    assert got["gc_frozen"]
    assert got["same"]
    assert got["policy_kept"]
    assert got["refusals_kept"]


@linux
def test_threads_started_before_the_priority_is_raised_are_raised_with_it() -> None:
    got = report(
        "raise_priority('separator', priority=below(0))",
        before="import os\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "pool = ThreadPoolExecutor(1)\n"
        "before = pool.submit(os.sched_getscheduler, 0).result()",
        after="from rtsep.host.priority import raise_other_threads\nraise_other_threads(result)\n"
        "extra = {'before': before == os.sched_getscheduler(0) or result.policy == 'SCHED_FIFO',"
        " 'same': pool.submit(os.sched_getscheduler, 0).result() == os.sched_getscheduler(0),"
        " 'nice': pool.submit(os.getpriority, os.PRIO_PROCESS, 0).result() == os.getpriority(os.PRIO_PROCESS, 0)}",
    )
    assert got["before"]
    assert got["same"]
    assert got["nice"]


@linux
def test_raising_and_settling_apart_report_what_both_at_once_do() -> None:
    together = report('go_realtime("separator", priority=below(0))', before=UNPRIVILEGED)
    apart = report('settle_memory(raise_priority("separator", priority=below(0)))', before=UNPRIVILEGED)
    assert together == apart


@linux
def test_a_thread_can_ask_for_itself_alone() -> None:
    got = report(
        'pool.submit(go_realtime, "separator", priority=below(0)).result()',
        before="from concurrent.futures import ThreadPoolExecutor; pool = ThreadPoolExecutor(1)",
        after="import os; extra = {'main': os.sched_getscheduler(0) == os.SCHED_OTHER}",
    )
    assert got["main"]


@linux
@pytest.mark.parametrize("module", [priority_macos, priority_windows], ids=["macos", "windows"])
def test_other_systems_code_refuses_politely_where_it_does_not_belong(module: object) -> None:
    policy, priority, refusal = module.schedule(55, 0.003)  # type: ignore[attr-defined]
    assert (policy, priority) == ("normal", 0)
    assert refusal
    assert module.lock_memory(False)  # type: ignore[attr-defined]
