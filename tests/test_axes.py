"""Arrays of a block: what is faster than numpy's own way gives the same."""

from __future__ import annotations

from typing import Any

import hypothesis.extra.numpy as arrays
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mladvisor.axes import Grouped, both, capped, distinct, either, floored

PATHS, PEOPLE, SCENARIOS = 3, 2, 4

SHAPES = st.tuples(*(st.sampled_from((1, size)) for size in (PATHS, PEOPLE, SCENARIOS)))
"""All shapes of an array of a block: an axis along which nothing varies has length 1."""

FLAGS = st.one_of(st.booleans(), SHAPES.flatmap(lambda shape: arrays.arrays(np.bool_, shape)))
AMOUNTS = arrays.arrays(np.float32, SHAPES, elements=st.floats(-1e6, 1e6, width=32))


@given(FLAGS, FLAGS)
def test_flags_are_joined_as_numpy_joins_them_and_left_as_they_are(one: Any, other: Any) -> None:
    before = np.copy(one), np.copy(other)
    across = np.broadcast_shapes(np.shape(one), np.shape(other))
    for joined, plain in ((both, np.logical_and), (either, np.logical_or)):
        found, expected = joined(one, other), plain(one, other)
        assert found.dtype == bool
        assert np.array_equal(np.broadcast_to(found, across), np.broadcast_to(expected, across))
    assert np.array_equal(one, before[0])
    assert np.array_equal(other, before[1])


@given(arrays.arrays(np.intp, st.tuples(st.integers(1, 3), st.integers(1, 5)),
                     elements=st.integers(0, 40)))  # fmt: skip
def test_whole_numbers_are_numbered_as_numpy_does(numbers: Any) -> None:
    values, place = distinct(numbers)
    assert values.tolist() == np.unique(numbers).tolist()
    assert np.array_equal(values[place], numbers)


@given(AMOUNTS)
def test_amounts_are_bounded_as_numpy_does_and_in_place(amounts: Any) -> None:
    least = np.maximum(amounts, 0)
    assert np.array_equal(floored(amounts), least)
    assert np.array_equal(capped(amounts, np.float32(7)), np.minimum(least, np.float32(7)))
    assert amounts.max() <= 7


@given(AMOUNTS.filter(lambda values: len(values) == PATHS))
def test_what_groups_of_paths_share_is_spread_over_all_of_them(values: Any) -> None:
    grouped = Grouped(values, np.array([2, 0, 0, 1, 2]))
    room = np.full((5, PEOPLE, SCENARIOS), np.nan, np.float32)
    spread = np.broadcast_to(grouped.whole(), room.shape)
    assert np.array_equal(spread, values[[2, 0, 0, 1, 2]] + np.zeros_like(room))
    assert np.array_equal(grouped.into(room), spread)
