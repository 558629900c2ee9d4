"""The flagship in machine code of its own: a runtime that needs neither torch nor graphs.

A graph of 500 small operations, played by a library of many megabytes, finds code and weights gone from the caches whenever the
processor has done something else for two milliseconds. These are two functions, `trunk.trunk_step` and `head.head_step`.
"""
