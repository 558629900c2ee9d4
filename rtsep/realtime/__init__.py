"""Compiled kernels: everything the audio callback reaches. No allocation, no exception, no GIL; tests check it."""
