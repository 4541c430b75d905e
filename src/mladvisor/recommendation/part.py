"""What every part of the document is made of."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of the parts of the document."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Plain:
    """Base of parts that batches make by the thousand: plain classes take a fifth of the time.

    Nobody changes a part: parts, and lists in them, are shared between documents and with the
    knowledge base.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class Range(Part):
    """Low and high of an uncertain amount."""

    low: float
    high: float
