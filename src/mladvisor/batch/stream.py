"""Lines through as many processes as wanted, in order, a bounded number of them at a time."""

from __future__ import annotations

import json
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from zlib import crc32

from mladvisor.batch.memory import settle
from mladvisor.batch.rows import Answered, Request, answer_lines, header, knowledge_of
from mladvisor.errors import InputError, Problem

LINES_AT_ONCE = {True: 32, False: 512}
"""Lines handed to a process at a time: of whole documents, and of rows."""

WAITING = 2
"""Parts handed out before the first must be back."""


class Tally:
    """How many lines were read, answered and refused so far."""

    def __init__(self) -> None:
        self.read = self.answered = self.refused = 0


def answer_stream(
    source: Iterable[bytes],
    write: Callable[[str], object],
    refuse: Callable[[int, Sequence[Problem]], object],
    request: Request,
    *,
    jobs: int = 1,
    strict: bool = False,
    watch: Callable[[Tally], object] | None = None,
) -> Tally:
    """Answer every line of `source` in order.

    Args:
        source: lines, each a profile as JSON.
        write: takes each line of output, its end included.
        refuse: takes the number of a line that can't be answered, from 1, and why.
        request: what is wanted.
        jobs: processes to work in.
        strict: raise InputError at the first such line instead.
        watch: is called after each part.
    """
    tally = Tally()
    if request.csv:
        write(header(request) + "\r\n")
    end = "\r\n" if request.csv else "\n"
    for answers in _answers(source, request, jobs):
        for answer in answers:
            tally.read += 1
            if answer.text is not None:
                tally.answered += 1
                write(answer.text + end)
            elif answer.problems:
                tally.refused += 1
                if strict:
                    raise InputError([_at(tally.read, problem) for problem in answer.problems])
                refuse(tally.read, answer.problems)
        if watch is not None:
            watch(tally)
    return tally


def _at(number: int, problem: Problem) -> Problem:
    where = f"line {number}, {problem.where}" if problem.where else f"line {number}"
    return Problem(where, problem.message)


def _answers(source: Iterable[bytes], request: Request, jobs: int) -> Iterator[list[Answered]]:
    size = LINES_AT_ONCE[request.fields is None]
    lines = iter(source)
    first = list(islice(lines, size))
    more = list(islice(lines, 1))
    lines = chain(first, more, lines)
    if jobs == 1 or not more:  # starting processes takes longer than one part
        for part in _parts(lines, size):
            yield answer_lines(part, request)
        return
    with _Workers(jobs, request) as workers:
        yield from workers.map(_parts(lines, size * jobs))


def _parts(lines: Iterator[bytes], size: int) -> Iterator[list[bytes]]:
    while part := list(islice(lines, size)):
        yield part


Share = tuple[list[int], Future[list[Answered]]]
"""Places in a part, and what becomes of the lines there."""


class _Workers:
    """Processes that share the lines of each part; leaving ends them, whatever is still waiting.

    Course plans take longest and are kept by each process, so people who know the same go to the
    same one as far as shares of equal size allow.
    """

    def __init__(self, jobs: int, request: Request) -> None:
        self._request = request
        levels = knowledge_of(request).settings.levels
        self._decide_plans = (*sorted(levels), "knows")
        # Started anew, not copied: a copy of a process with threads may stand still.
        context = get_context("spawn")
        self._pools = [ProcessPoolExecutor(1, context, _begin, (request,)) for _ in range(jobs)]

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def map(self, parts: Iterable[list[bytes]]) -> Iterator[list[Answered]]:
        """Yield the answers to each part, in order."""
        waiting: deque[list[Share]] = deque()
        for part in parts:
            waiting.append(self._handed_out(part))
            if len(waiting) > WAITING:
                yield _in_order(waiting.popleft())
        while waiting:
            yield _in_order(waiting.popleft())

    def _handed_out(self, part: Sequence[bytes]) -> list[Share]:
        order = sorted(range(len(part)), key=lambda place: self._key(part[place]))
        edges = [len(part) * at // len(self._pools) for at in range(len(self._pools) + 1)]
        shares = []
        for pool, start, end in zip(self._pools, edges, edges[1:], strict=False):
            places = order[start:end]
            lines = [part[place] for place in places]
            shares.append((places, pool.submit(answer_lines, lines, self._request)))
        return shares

    def _key(self, line: bytes) -> int:
        """Return a number that is the same for people with the same plans."""
        try:
            given = json.loads(line)
            known = [given.get(field) for field in self._decide_plans]
        except (ValueError, AttributeError, RecursionError):
            return 0
        return crc32(json.dumps(known, sort_keys=True).encode())


def _in_order(shares: Sequence[Share]) -> list[Answered]:
    answered = [Answered()] * sum(len(places) for places, _ in shares)
    for places, share in shares:
        for place, answer in zip(places, share.result(), strict=True):
            answered[place] = answer
    return answered


def _begin(request: Request) -> None:
    """Set up a process of its own: Ctrl-C reaches all of a terminal, the first ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    knowledge_of(request)
    settle()
