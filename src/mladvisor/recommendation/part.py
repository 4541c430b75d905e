"""What every part of the document is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of the parts of the document."""

    model_config = ConfigDict(frozen=True, extra="forbid")


CLOSED = ConfigDict(extra="forbid")
"""How parts are read that are plain classes, for they are made by the hundred: a fifth the time."""


class Range(Part):
    """Low and high of an uncertain amount."""

    low: float
    high: float
