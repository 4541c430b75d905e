"""How much of each section a report tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Depth:
    """How many rows of each list are told; None stands for all of them.

    `caveats`: those of the pick among what to check. `least_share`: criteria with a smaller share
    of the most points are only named. `lines`: screen lines for a reason or a thing to do. Sources
    have the same numbers at every depth.
    """

    whole: bool
    foils: int | None = None
    changes: int | None = 8
    weight_changes: int = 2
    find_out: int = 3
    advice: int | None = None
    caveats: int | None = None
    least_share: float = 0.0
    lines: int | None = None


WHOLE = Depth(whole=True)

BRIEF = Depth(
    whole=False,
    foils=1,
    changes=3,
    weight_changes=1,
    find_out=2,
    advice=2,
    caveats=2,
    least_share=0.1,
    lines=2,
)
"""One to two screens: what decides, and what to do next."""
