"""Lines through as many processes as wanted, in order, a bounded number of them at a time."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

from mladvisor.batch.rows import Answered, Request, answer_lines, header
from mladvisor.errors import InputError, Problem

LINES_AT_ONCE = {True: 16, False: 512}
"""Lines handed to a process at a time: of whole documents, and of rows."""

WAITING = 2
"""Parts handed out for each process before the first must be back."""


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
    parts = _parts(source, LINES_AT_ONCE[request.fields is None])
    first = list(islice(parts, 2))
    if jobs == 1 or len(first) < 2:  # starting processes takes longer than one part
        for part in chain(first, parts):
            yield answer_lines(part, request)
        return
    with _Workers(jobs) as workers:
        yield from workers.map(chain(first, parts), request)


def _parts(source: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    lines = iter(source)
    while part := list(islice(lines, size)):
        yield part


class _Workers:
    """Processes that answer parts; leaving ends them, whatever is still waiting."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        # Started anew, not copied: a copy of a process with threads may stand still.
        self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), _leave_interrupts_to_the_first)

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def map(self, parts: Iterable[list[bytes]], request: Request) -> Iterator[list[Answered]]:
        """Yield the answers to each part, in order."""
        waiting: deque[Future[list[Answered]]] = deque()
        for part in parts:
            waiting.append(self._pool.submit(answer_lines, part, request))
            if len(waiting) > WAITING * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _leave_interrupts_to_the_first() -> None:
    """Ctrl-C reaches all processes of a terminal; the first one ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
