"""`python -m rtsep.patches.generate`: writes patches, layouts and docs/osc.md into this checkout."""

from pathlib import Path

from rtsep.patches.generate.everything import write

PATCHES = Path(__file__).parents[1]
write(PATCHES, PATCHES.parents[1] / "docs")
