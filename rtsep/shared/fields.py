"""The shared block's fields: every one's type, unit, one writer and readers, in two tables.

`FIELDS` are the host's own. `SEAT_FIELDS` are there twice, once for each of the two *seats*: a separator sits in one and
plays, and the next one gets ready in the other while it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rtsep.spec import MAX_CHANNELS, MAX_PARAMETERS, MAX_SCOPE, MAX_STEMS

SEATS = 2
TEXT_BYTES = 512
CONFIG_BYTES = 8192
HISTOGRAM_BINS = 416
"""Sixteen bins per octave of nanoseconds from 2**8 to 2**34; see shared/histogram.py."""

LANES = 2 * MAX_STEMS + 2
"""Ramped coefficients per channel: S stem terms, S stem gains, the dry term, the fallback term."""

METERS = SEATS * MAX_STEMS + 2
"""Metered signals: each seat's stems (stem s of seat i is meter i * MAX_STEMS + s), then the mix, then the input."""
METER_MIX = SEATS * MAX_STEMS
METER_INPUT = METER_MIX + 1

Process = Literal["control", "audio", "separator"]


@dataclass(frozen=True)
class Field:
    """One shared field. `writer` alone may write it, while any process may look."""

    name: str
    kind: str
    unit: str
    writer: Process
    readers: str
    about: str
    shape: tuple[int, ...] = ()


def _control(name: str, kind: str, unit: str, readers: str, about: str, *shape: int) -> Field:
    return Field(name, kind, unit, "control", readers, about, shape)


def _audio(name: str, kind: str, unit: str, readers: str, about: str, *shape: int) -> Field:
    return Field(name, kind, unit, "audio", readers, about, shape)


def _separator(name: str, kind: str, unit: str, readers: str, about: str, *shape: int) -> Field:
    return Field(name, kind, unit, "separator", readers, about, shape)


FIELDS: tuple[Field, ...] = (
    # Written once, before any other process attaches.
    _control("magic", "i8", "", "all", "MAGIC, else this is no block of ours"),
    _control("version", "i8", "", "all", "VERSION of this table"),
    _control("size", "i8", "bytes", "all", "whole block"),
    _control("pid_offsets", "i8", "bytes", "all", "of the pid fields; this line and those above never move", 4),
    _control("input_offset", "i8", "bytes", "audio, separator", "start of the input ring"),
    _control("tape_offset", "i8", "bytes", "audio, control", "start of the tape ring"),
    _control("audio_events_offset", "i8", "bytes", "audio", "start of the callback's event ring; see shared/events.py"),
    _control("control_events_offset", "i8", "bytes", "control", "start of the control process's event ring"),
    _control(
        "marker_frames", "i8", "frames", "audio", "period of the latency marker, a power of two; 0: there is none"
    ),
    _control("marker_offset", "i8", "bytes", "audio", "start of one period of it"),
    _control("marker_output", "i8", "channel", "audio", "device channel that it is added to"),
    _control("marker_input", "i8", "channel", "audio", "device channel that it is looked for in"),
    _control("loop_frames", "i8", "frames", "audio", "of the ring that this channel is kept in, a power of two"),
    _control("loop_offset", "i8", "bytes", "audio", "start of that ring"),
    _control("events_on", "i8", "0/1", "audio, separator", "timing events are noted"),
    _control("ring_frames", "i8", "frames", "audio, separator", "N, a power of two"),
    _control("tape_frames", "i8", "frames", "audio, control", "M, a power of two"),
    _control("channels", "i8", "", "audio, separator", "C of every separator here"),
    _control("most_stems", "i8", "", "control", "S of the largest separator that there is room for"),
    _control("sample_rate", "f8", "Hz", "audio, separator", "the device's rate"),
    _control("block", "i8", "frames", "audio", "frames in each callback"),
    _control("device_priority", "i8", "SCHED_FIFO", "separator", "of the callback's thread; 0 if unknown"),
    _control("fade_frames", "i8", "frames", "audio", "length of the crossfade between stems and fallback"),
    _control("rearm_frames", "i8", "frames", "audio", "time on schedule that releases the latch"),
    _control("settle_frames", "i8", "frames", "audio", "time on schedule before a new separator is heard"),
    _control("switch_frames", "i8", "frames", "audio", "length of the crossfade from one separator to the next"),
    _control("input_map", "i8", "channel", "audio", "device channel that feeds each of C", MAX_CHANNELS),
    _control("output_map", "i8", "channel", "audio", "device channel that each of C of the mix goes to", MAX_CHANNELS),
    _control("output_share", "f4", "factor", "audio", "1 over the channels that go to the same output", MAX_CHANNELS),
    _control("config", "u1", "JSON", "audio, separator", "the whole configuration, zero-padded", CONFIG_BYTES),
    # Written while running, by the control process.
    _control("control_pid", "i8", "pid", "all", "the supervisor, or 0"),
    _control("osc_port", "i8", "port", "all", "where the control process hears OSC on this machine; 0: nowhere"),
    _control("stop", "i8", "0/1", "audio, separator", "everybody ends"),
    _control("wanted_seat", "i8", "seat", "audio", "the seat that shall be heard"),
    _control("tape_on", "i8", "take", "audio", "number of the take that goes to the tape ring; 0: none"),
    _control("takes", "i8", "", "control", "takes begun"),
    _control("loop_delay", "f8", "frames", "all", "measured from the device's output to its input"),
    _control("loop_sure_db", "f8", "dB", "all", "how far that stands out of the noise"),
    _control(
        "loop_position", "i8", "frames", "all", "until when that was measured; 0: nothing was found, or not lately"
    ),
    _control("control_events", "i8", "events", "", "timing events that the control process has noted"),
    # The audio process: kernels below the callback.
    _audio("audio_pid", "i8", "pid", "control", "the audio process, or 0"),
    _audio("audio_compiled", "i8", "0/1", "control", "the callback is compiled, a device may be opened"),
    _audio("audio_ready", "i8", "0/1", "control", "the stream runs"),
    _audio("audio_error", "u1", "UTF-8", "control", "why the stream does not run", TEXT_BYTES),
    _audio("audio_realtime", "u1", "UTF-8", "control", "scheduling that the process was granted", TEXT_BYTES),
    _audio("device_in", "i8", "frames", "control", "input latency that the device reports"),
    _audio("device_out", "i8", "frames", "control", "output latency that the device reports"),
    _audio("device_name", "u1", "UTF-8", "control", "what the open device calls itself", TEXT_BYTES),
    _audio("device_outputs", "i8", "channels", "control", "outputs of the open device"),
    _audio("finished", "i8", "0/1", "control", "the file has ended and its tail is out"),
    _audio("position", "i8", "frames", "all", "frames processed since the block was made"),
    _audio("input_written", "i8", "frames", "separator", "end of the input ring's valid part"),
    _audio("loop_written", "i8", "frames", "control", "end of the loop ring's valid part"),
    _audio("playing_seat", "i8", "seat", "control", "the seat that is heard; during a crossfade the one that leaves"),
    _audio("switch_left", "i8", "frames", "control", "frames left of the crossfade to the other seat; 0: none"),
    _audio("candidate", "i8", "", "", "`load` of the separator that waits to be heard, as last seen"),
    _audio("callbacks", "i8", "", "control", "callbacks run"),
    _audio("input_underflows", "i8", "", "control", "PortAudio flag counted"),
    _audio("input_overflows", "i8", "", "control", "PortAudio flag counted"),
    _audio("output_underflows", "i8", "", "control", "PortAudio flag counted"),
    _audio("output_overflows", "i8", "", "control", "PortAudio flag counted"),
    _audio("missed_positions", "i8", "frames", "control", "device time that passed without a callback"),
    _audio("clock_baseline", "f8", "frames", "", "device time less position at the last window's quickest callback"),
    _audio("clock_lowest", "f8", "frames", "", "the same, lowest of this window"),
    _audio("clock_count", "i8", "", "", "callbacks in this window"),
    _audio("clock_known", "i8", "0/1", "", "there is a baseline"),
    _audio("input_nonfinite", "i8", "samples", "control", "NaN or Inf from the device, replaced by 0"),
    _audio("mixed", "f4", "factor", "", "scratch: the running frame of the mix", MAX_CHANNELS),
    _audio("peak", "f4", "factor", "control", "falling peak", METERS, MAX_CHANNELS),
    _audio("hold", "f4", "factor", "control", "peak held", METERS, MAX_CHANNELS),
    _audio("hold_left", "i8", "frames", "", "time the hold has left", METERS, MAX_CHANNELS),
    _audio("mean_square", "f4", "factor^2", "control", "0.3 s mean", METERS, MAX_CHANNELS),
    _audio("clips", "i8", "samples", "control", "beyond full scale", METERS, MAX_CHANNELS),
    _audio("block_peak", "f4", "factor", "", "scratch of the running callback", METERS, MAX_CHANNELS),
    _audio("block_square", "f4", "factor^2", "", "scratch of the running callback", METERS, MAX_CHANNELS),
    _audio("audio_events", "i8", "events", "", "timing events that the callback has noted"),
    _audio("noted_missed", "i8", "frames", "", "missed_positions as last noted"),
    _audio("noted_seat", "i8", "", "", "2 * playing_seat, and 1 while crossing over, as last noted"),
    _audio("callback_ns_max", "i8", "ns", "control", "longest callback"),
    _audio("callback_histogram", "i8", "calls", "control", "duration of callbacks", HISTOGRAM_BINS),
    _audio("tape_written", "i8", "frames", "control", "end of the tape ring's valid part, in positions"),
    _audio("tape_start", "i8", "frames", "control", "first position of this recording"),
    _audio("tape_running", "i8", "take", "control", "tape_on as last seen"),
)

SEAT_FIELDS: tuple[Field, ...] = (
    # Of the separator that sits here, by the control process.
    _control("separator", "u1", "UTF-8", "separator", "the name it is registered by", TEXT_BYTES),
    _control("load", "i8", "", "audio, separator", "raised with every separator that takes this seat"),
    _control("stems_offset", "i8", "bytes", "audio, separator", "start of this seat's stem ring"),
    _control("separator_events_offset", "i8", "bytes", "separator", "start of this seat's event ring"),
    _control("stems", "i8", "", "audio, separator", "S of the separator, 0: the seat is free"),
    _control("hop", "i8", "frames", "audio, separator", "hop at the device's rate; 0: not in use yet"),
    _control("exact_sum", "i8", "0/1", "audio", "stems add up to the delayed input: mix through the dry signal"),
    _control("stem_lag", "i8", "frames", "audio", "adaptation + slack: how far the stems trail the device"),
    _control("dry_lag", "i8", "frames", "audio", "stem_lag + the separator's delay: the host's whole latency"),
    _control("params_seq", "i8", "", "audio", "seqlock from here to ramp_frames: odd while they are being written"),
    _control("stem_gain", "f4", "factor", "audio", "fader", MAX_STEMS),
    _control("stem_mute", "i8", "0/1", "audio", "", MAX_STEMS),
    _control("stem_solo", "i8", "0/1", "audio", "", MAX_STEMS),
    _control("stem_pan", "f4", "-1..1", "audio", "balance", MAX_STEMS),
    _control("stem_output", "i8", "channel", "audio", "first device channel of the stem's own feed, or -1", MAX_STEMS),
    _control("mix_gain", "f4", "factor", "audio", "master fader"),
    _control("dry_wet", "f4", "0..1", "audio", "1 = stems only, 0 = delayed input only"),
    _control("bypass", "i8", "0/1", "audio", "delayed input at master gain, whatever the strips say"),
    _control("panic", "i8", "0/1", "audio", "fade everything to silence"),
    _control("mute_safe", "i8", "0/1", "audio", "fallback is never louder than the quietest strip"),
    _control("ramp_frames", "i8", "frames", "audio", "duration of the next gain change"),
    _control("knob_seq", "i8", "", "separator", "raised after each change of `knobs`"),
    _control("knobs", "f8", "", "separator", "the separator's parameters, in the order of its spec", MAX_PARAMETERS),
    # The callback.
    _audio("wake_ns", "i8", "ns", "separator", "monotonic time of the last wake-up sent"),
    _audio("seen_written", "i8", "frames", "", "`stems_written` at the block's edge"),
    _audio("seen_valid_from", "i8", "frames", "", "`stems_valid_from` at the block's edge"),
    _audio("params_seen", "i8", "", "", "params_seq last applied"),
    _audio("params_ns", "i8", "ns", "control", "monotonic time at which that was"),
    _audio("lane_now", "f4", "factor", "", "coefficient in use", LANES, MAX_CHANNELS),
    _audio("lane_next", "f4", "factor", "", "scratch for the next targets", LANES, MAX_CHANNELS),
    _audio("lane_target", "f4", "factor", "", "coefficient at the end of the ramp", LANES, MAX_CHANNELS),
    _audio("lane_step", "f4", "factor", "", "change per frame", LANES, MAX_CHANNELS),
    _audio("lane_left", "i8", "frames", "", "frames left of the ramp", LANES, MAX_CHANNELS),
    _audio("feed", "i8", "channel", "", "stem_output as last applied", MAX_STEMS),
    _audio("fade", "i8", "frames", "control", "0 = fallback alone, fade_frames = stems alone"),
    _audio("falling", "i8", "0/1", "control", "fading to the fallback; ends at the bottom before it may rise"),
    _audio("mirror", "i8", "frames", "", "first missing stem position: the past is mirrored at it"),
    _audio("late_hop", "i8", "hop", "", "hops before this one have been counted if they were late"),
    _audio("late_hops", "i8", "hops", "control", "hops that were not there when they were due"),
    _audio("late_events", "i8", "", "control", "times the stems gave way to the fallback"),
    _audio("fallback_frames", "i8", "frames", "control", "frames played from the fallback, fades included"),
    _audio("late_level", "f4", "events", "", "leaky count of recent events"),
    _audio("on_time", "i8", "frames", "", "frames on schedule, of a latched seat or one that is to be heard"),
    _audio("latched", "i8", "0/1", "control", "fallback held after repeated lateness"),
    _audio("latches", "i8", "", "control", "times the latch closed"),
    _audio("noted_late", "i8", "hops", "", "late_hops as last noted"),
    _audio("noted_fallback", "i8", "0/1", "", "whether the fallback was last noted to sound"),
    _audio("noted_latched", "i8", "0/1", "", "latched as last noted"),
    # The separator process.
    _separator("separator_pid", "i8", "pid", "control", "the separator process, or 0"),
    _separator("separator_ready", "i8", "0/1", "control", "prepared and waiting for hops"),
    _separator("separator_error", "u1", "UTF-8", "control", "why the plugin failed", TEXT_BYTES),
    _separator("adapted_hop", "i8", "frames", "control", "the separator's hop at the device's rate"),
    _separator("adapted_delay", "i8", "frames", "control", "its delay at the device's rate, resampling included"),
    _separator("resampling_delay", "i8", "frames", "control", "the resampler's part of that"),
    _separator("measured_hop_ns", "i8", "ns", "control", "p99.9 of a hop's compute time, measured before going live"),
    _separator("measured_mean_ns", "i8", "ns", "control", "their mean"),
    _separator("measured_load", "i8", "", "", "`load` of the separator that the two were measured of"),
    _separator("runtime", "u1", "UTF-8", "control", "what the plugin computes with, in its own words", TEXT_BYTES),
    _separator("separator_realtime", "u1", "UTF-8", "control", "scheduling that the process was granted", TEXT_BYTES),
    _separator("stems_written", "i8", "frames", "audio", "end of the stem ring's valid part"),
    _separator("stems_valid_from", "i8", "frames", "audio", "its start, after a restart or a skip"),
    _separator("input_read", "i8", "frames", "control", "input consumed; stands still while a hop is computed"),
    _separator("hops", "i8", "hops", "control", "hops computed"),
    _separator("skipped_hops", "i8", "hops", "control", "hops given up to catch up"),
    _separator("nonfinite_hops", "i8", "hops", "control", "hops with NaN or Inf, discarded"),
    _separator("separator_faults", "i8", "", "control", "exceptions from process()"),
    _separator("hop_ns_max", "i8", "ns", "control", "longest hop"),
    _separator("hop_histogram", "i8", "hops", "control", "compute time of a hop", HISTOGRAM_BINS),
    _separator("wake_histogram", "i8", "", "control", "callback to running separator", HISTOGRAM_BINS),
    _separator("turnaround_histogram", "i8", "hops", "control", "callback to published stems", HISTOGRAM_BINS),
    _separator("separator_events", "i8", "events", "", "timing events that the separator has noted"),
    _separator("scope_size", "i8", "dimensions", "all", "D of the latent's scope; 0: the separator has none"),
    _separator("scope", "f4", "", "all", "the latent as encoded and as played, of the last hop", 2, MAX_SCOPE),
)
