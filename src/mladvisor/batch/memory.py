"""How a process that scores block after block holds its memory and looks for garbage."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

MEGABYTE = 1024 * 1024

KEPT = {-1: 256 * MEGABYTE, -3: 32 * MEGABYTE}
"""What glibc keeps (malloc.h): M_TRIM_THRESHOLD, so much free memory at the end of the heap, and
M_MMAP_THRESHOLD, arrays up to that size, which is the most it takes."""

OBJECTS = 50_000
"""New objects before the young ones are searched for cycles: a few dozen documents."""


def settle() -> None:
    """Set a process up to answer many lines. No result depends on it.

    glibc hands freed arrays back to the system at once, and taking the memory again takes as long
    as filling it: half of all time, measured. Other C libraries are left as they are. What was read
    so far, the knowledge base above all, stays to the end and is not searched for garbage again.
    """
    with suppress(OSError, AttributeError, TypeError):
        c_library = ctypes.CDLL(None)
        for option, size in KEPT.items():
            c_library.mallopt(option, size)
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
    gc.enable()
