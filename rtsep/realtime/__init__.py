"""Compiled kernels: everything the audio callback reaches. No allocation, no exception, no GIL; tests check it."""

from rtsep.kernelcache import use_kernel_cache

use_kernel_cache()
