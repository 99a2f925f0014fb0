"""Ordered work: items worked on by several threads at once, whose results come in the order of the items."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from engine.jobs import Job

Item = TypeVar("Item")
Result = TypeVar("Result")

_POLL_SECONDS = 0.05


def work_in_order(
    job: Job, work: Callable[[Item], Result], items: Iterable[Item], *, threads: int, ahead: int
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with the result of `work`; at most `ahead` items are in memory.

    Raises what `work` raises, and `Cancelled`.
    """
    pool = ThreadPoolExecutor(threads)
    remaining = iter(items)
    window: deque[tuple[Item, Future[Result]]] = deque()

    def submit(count: int) -> None:
        window.extend((item, pool.submit(work, item)) for item in islice(remaining, count))

    try:
        submit(ahead)
        while window:
            item, future = window.popleft()
            while not wait([future], _POLL_SECONDS).done:
                job.check()
            yield item, future.result()
            submit(1)
    finally:
        # A thread that decodes a huge image cannot be interrupted at once; a cancelled run leaves it behind.
        pool.shutdown(wait=not job.cancelled, cancel_futures=True)
