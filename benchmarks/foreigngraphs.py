"""ONNX graphs with their TOML, small ones of the shapes of well-known networks. For benchmarks and tests."""

from __future__ import annotations

from pathlib import Path

import onnx
import onnx.parser

HEAD = '<ir_version: 9, opset_import: ["": 17]>'


def save(path: Path, body: str) -> None:
    """A graph in ONNX's own notation."""
    model = onnx.parser.parse_model(f"{HEAD}\n{body}")
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def like_dtln(folder: Path) -> Path:
    """Two graphs in series at 16 kHz, mono: a mask for magnitudes, then frames of samples; each with a state. Hop 128 of 512."""
    save(
        folder / "first.onnx",
        """mask (float[1, 1, 257] mag, float[1, 2, 8, 2] before) => (float[1, 1, 257] mask, float[1, 2, 8, 2] after)
        <float quarter = {0.25}, float one = {1.0}> {
            zero = Sub(mag, mag)
            mask = Add(zero, quarter)
            after = Add(before, one)
        }""",
    )
    save(
        folder / "second.onnx",
        """frames (float[1, 1, 512] x, float[1, 2, 8, 2] before, float[1] amount) => (float[1, 1, 512] y, float[1, 2, 8, 2] after)
        <float one = {1.0}> {
            y = Mul(x, amount)
            after = Add(before, one)
        }""",
    )
    path = folder / "dtln.toml"
    path.write_text(
        """name = "dtln-like"
stems = ["speech", "rest"]
residual = "rest"
sample_rates = [16000]
channels = 1
hop = 128
frame = 512

[parameters.amount]
input = "amount"
default = 1.0

[[graphs]]
model = "first.onnx"
domain = "magnitude"
gives = "mask"
input_axes = "B N F"
output_axes = "B N F"
state = { before = "after" }

[[graphs]]
model = "second.onnx"
input_axes = "B N T"
output_axes = "B N T"
state = { before = "after" }
"""
    )
    return path


def like_spleeter(folder: Path) -> Path:
    """A graph for each stem, stereo magnitudes of the lower bins in, a mask out."""
    for stem, share in (("vocals", 0.75), ("accompaniment", 0.25)):
        save(
            folder / f"{stem}.onnx",
            f"""unet (float[2, 1, 1, 96] x) => (float[2, 1, 1, 96] y) <float share = {{{share}}}> {{
                zero = Sub(x, x)
                y = Add(zero, share)
            }}""",
        )
    path = folder / "spleeter.toml"
    axes = 'domain = "magnitude"\ngives = "mask"\nbins = 96\ninput_axes = "C B N F"\noutput_axes = "C B N F"\n'
    path.write_text(
        'name = "spleeter-like"\nstems = ["vocals", "accompaniment", "above"]\nresidual = "above"\nsample_rates = [44100]\n'
        'hop = 64\nframe = 256\nwindow = "hann"\n'
        f'[[graphs]]\nmodel = "accompaniment.onnx"\nstem = "accompaniment"\n{axes}'
        f'[[graphs]]\nmodel = "vocals.onnx"\nstem = "vocals"\n{axes}'
    )
    return path


def like_mdx(folder: Path) -> Path:
    """Real and imaginary parts of both channels as four channels, the spectrum of one stem out."""
    save(
        folder / "mdx.onnx",
        """net (float[b, 4, 128, 1] input) => (float[b, 4, 128, 1] output) <float half = {0.5}> {
            output = Mul(input, half)
        }""",
    )
    path = folder / "mdx.toml"
    path.write_text(
        """name = "mdx-like"
stems = ["vocals", "instrumental"]
residual = "instrumental"
sample_rates = [44100, 48000]
hop = 64
frame = 256
window = "asymmetric"
synthesis_length = 128
model = "mdx.onnx"
domain = "complex"
bins = 128
input_axes = "B (C R) F N"
output_axes = "B (C R) F N"
"""
    )
    return path


def in_chunks(folder: Path) -> Path:
    """The same kind of graph, of 65 frames at a time, for the *dj* tier."""
    save(
        folder / "chunk.onnx",
        """net (float[1, 4, 128, 65] input) => (float[1, 4, 128, 65] output) <float half = {0.5}> {
            output = Mul(input, half)
        }""",
    )
    path = folder / "chunks.toml"
    path.write_text(
        """name = "mdx-in-chunks"
stems = ["vocals", "instrumental"]
residual = "instrumental"
sample_rates = [44100]
hop = 64
frame = 256
window = "hann"
model = "chunk.onnx"
domain = "complex"
bins = 128
input_axes = "B (C R) F N"
output_axes = "B (C R) F N"

[chunked]
frames = 65
hop = 1000
fade = 100
ahead = 500
"""
    )
    return path
