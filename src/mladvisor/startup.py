"""What one short command needs before anything else: a fast start, and streams to write to."""

from __future__ import annotations

import gc
import os
import sys
from typing import Literal, TextIO


def prepare() -> None:
    """Set the process up for one command and out. Call before anything large is imported."""
    # What garbage there is goes with the process; looking for it while modules load costs a tenth.
    gc.disable()
    # The arrays are small: threads for linear algebra would only be started and waited for.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # pydantic would look through all installed packages for plug-ins; none is wanted here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def open_streams() -> None:
    """Put something in the place of streams that were closed before the start (`>&-`).

    Python leaves None there, and the next file opened would take the stream's number. Reading finds
    nothing; what is said to nobody is dropped; but a result that can't be printed is an error, so
    standard output is open for reading only and refuses what is written.
    """
    sys.stdin = sys.stdin or _nothing(os.O_RDONLY, "r")
    sys.stdout = sys.stdout or _nothing(os.O_RDONLY, "w")
    sys.stderr = sys.stderr or _nothing(os.O_WRONLY, "w")


def _nothing(flags: int, mode: Literal["r", "w"]) -> TextIO:
    return os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8")
