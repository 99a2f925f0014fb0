"""Ordered work: results in order, a bound on what is in memory, and cancellation."""

import threading

import pytest

from engine.jobs import Cancelled, Job
from engine.ordered_work import work_in_order


def test_results_come_in_the_order_of_the_items():
    second_is_done = threading.Event()

    def work(item):
        if item == 0:
            assert second_is_done.wait(30)
        elif item == 1:
            second_is_done.set()
        return item * item

    found = list(work_in_order(Job(), work, range(5), threads=2, ahead=2))
    assert found == [(0, 0), (1, 1), (2, 4), (3, 9), (4, 16)]


def test_no_more_items_are_taken_than_allowed_ahead():
    taken = []

    def items():
        for item in range(100):
            taken.append(item)
            yield item

    results = work_in_order(Job(), str, items(), threads=2, ahead=3)
    assert next(results) == (0, "0")
    assert taken == [0, 1, 2]
    assert next(results) == (1, "1")
    assert taken == [0, 1, 2, 3]
    results.close()


def test_cancelling_does_not_wait_for_running_work():
    job, may_end = Job(), threading.Event()
    results = work_in_order(job, lambda _: may_end.wait(30), range(2), threads=1, ahead=2)
    job.cancel()
    with pytest.raises(Cancelled):
        next(results)
    may_end.set()


def test_an_error_of_the_work_is_passed_on():
    with pytest.raises(ZeroDivisionError):
        list(work_in_order(Job(), lambda item: 1 // item, [1, 0, 1], threads=2, ahead=2))
