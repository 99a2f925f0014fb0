"""Serial thread: functions in order, and results on the GUI thread."""

import threading

import pytest

from gui.jobs.serial_thread import SerialThread


@pytest.fixture
def thread(qtbot, qapp):
    made = SerialThread("test", qapp)
    yield made
    made.close()
    made.deleteLater()


def test_functions_run_in_order_and_results_come_on_the_gui_thread(thread, qtbot):
    begun, taken = [], []

    def take(done):
        taken.append((done.result(), threading.current_thread() is threading.main_thread()))

    for number in range(20):
        thread.submit(lambda number=number: begun.append(number) or number, take)
    qtbot.waitUntil(lambda: len(taken) == 20)
    assert begun == list(range(20))
    assert taken == [(number, True) for number in range(20)]


def test_closing_waits_and_results_still_come(thread, qtbot):
    taken = []
    thread.submit(lambda: "saved", lambda done: taken.append(done.result()))
    thread.close()
    assert not thread.is_running
    assert not taken, "a result is never taken inside `close`"
    qtbot.waitUntil(lambda: taken == ["saved"])


def test_an_error_reaches_the_function_that_takes_the_result(thread, qtbot):
    errors = []
    thread.submit(lambda: 1 // 0, lambda done: errors.append(type(done.exception())))
    qtbot.waitUntil(lambda: errors == [ZeroDivisionError])
