"""Benchmarks: `python -m benchmarks.NAME --json FILE`. Each brings its own JACK server and leaves nothing behind."""
