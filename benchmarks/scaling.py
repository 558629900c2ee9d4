"""How the cost grows: with stems, channels, block, hop and network; with hosts on one machine; with files in a batch.

The callback is called flat out in this process, every strip at another gain, and counts its own time (bins 6 % wide); its
separator only shares its input out. Networks are the flagship's stage tier in several widths with random weights, a hop's
time flat out on one thread of a fresh process. Hosts play silence on one JACK server in real time; clean are those of
which none missed a position or had a late hop. A batch separates a minute of music in 8 files, start-up included.
An exponent is the slope in log-log: 1 is linear, below 1 is a fixed part.
"""

from __future__ import annotations

import numpy as np

from benchmarks.report import Report, arguments, say
from benchmarks.scaling_batch import by_processes
from benchmarks.scaling_callback import by_block, by_hop, by_stems_and_channels, exponent
from benchmarks.scaling_hosts import by_hosts, clean_hosts
from benchmarks.scaling_models import by_width
from rtsep.host.config import default_separator


def main() -> None:
    """Measure, write, print."""
    parser = arguments("scaling", "how the cost grows with everything that can grow")
    parser.add_argument("--seconds", type=float, default=6.0, help="of each run in real time")
    parser.add_argument("--flat-seconds", type=float, default=3.0, help="of sound in each run of the callback")
    parser.add_argument("--hop-seconds", type=float, default=3.0, help="of each network flat out")
    parser.add_argument("--separator", default=default_separator(), help="of hosts and batch")
    options = parser.parse_args()
    report = Report("scaling", options)
    say("callback by stems and channels")
    mix = by_stems_and_channels(options.flat_seconds)
    say("callback by block, host by hop")
    blocks, hops = by_block(options.flat_seconds), by_hop(options.flat_seconds)
    say("hop by width of the network")
    widths = by_width(options.hop_seconds)
    say("hosts on one machine")
    hosts = by_hosts(options.separator, options.seconds)
    say("batch")
    batch, differing = by_processes(options.separator)
    report.figures = {
        "method": __doc__,
        "stems_and_channels": mix,
        "blocks": blocks,
        "hops": hops,
        "networks": widths,
        "hosts": hosts,
        "batch": batch,
    }
    lanes = [row["stems"] * row["channels"] for row in mix]
    report.accept("callback_scaling_exponent", exponent(lanes, [r["callback_us"]["p50"] for r in mix]), "", "<= 1.1")
    frames = [row["block"] for row in blocks]
    report.accept("block_scaling_exponent", exponent(frames, [r["callback_us"]["p50"] for r in blocks]), "", "<= 1.1")
    worst = max(mix, key=lambda row: row["callback_us"]["p50"])
    report.accept("callback_16_stems_8_channels_p50_us", worst["callback_us"]["p50"], "us")
    report.accept(
        "smallest_block_callback_share", blocks[0]["callback_us"]["p50"] / (1e6 * frames[0] / 48000), "period", "<= 0.1"
    )
    macs = [row["mac_per_s"] for row in widths]
    report.accept("network_scaling_exponent", exponent(macs, [r["hop_us"]["p50"] for r in widths]), "", "<= 1.1")
    fits = [row["parameters"] for row in widths if row["hop_us"]["p99.9"] <= 0.5 * row["hop_period_us"]]
    report.accept("largest_network_in_half_a_hop_m", max(fits, default=0) / 1e6, "M")
    report.accept("hosts_running_clean", clean_hosts(hosts), "", ">= 2")
    for row in batch:
        name = "".join(c if c.isalnum() else "_" for c in row["way"].lower()).replace("__", "_")
        report.accept(f"batch_{name}_times_real_time", row["times_real_time"], "")
    report.accept("batch_speedup_2_processes", batch[1]["speedup"], "", ">= 1.5")
    report.accept("batch_ways", len(batch), "", "= 3")
    report.accept("batch_differing_samples", float(np.sum(differing)), "", "= 0")
    report.close()


if __name__ == "__main__":
    main()
