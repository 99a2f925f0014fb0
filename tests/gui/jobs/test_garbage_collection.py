"""Cyclic garbage is collected on the GUI thread, whichever thread made it."""

import gc
import threading

from gui_helpers import WAIT_MS
from PySide6.QtGui import QPixmap

from gui.jobs import garbage_collection
from gui.state.session import Session


class Cycle:
    """A cycle that holds a picture and tells on which thread it died."""

    died: list[threading.Thread]

    def __init__(self) -> None:
        self.me = self
        self.picture = QPixmap(8, 8)

    def __del__(self) -> None:
        Cycle.died.append(threading.current_thread())


def test_garbage_is_collected_on_the_gui_thread(qapp, qtbot):
    Cycle.died = []
    stop = threading.Event()

    def allocate() -> None:
        while not stop.is_set():
            kept = [[] for _ in range(20_000)]  # far over Python's threshold
            del kept

    thread = threading.Thread(target=allocate)
    gc.collect()
    for _ in range(2_000):
        Cycle()
    thread.start()
    qtbot.waitUntil(lambda: bool(Cycle.died), timeout=WAIT_MS)
    stop.set()
    thread.join()
    gc.collect()
    assert set(Cycle.died) == {threading.main_thread()}


def test_frozen_objects_are_collected_after_unfreeze(qapp):
    Cycle.died = []
    gc.collect()
    garbage_collection.freeze_if_large(garbage_collection.MIN_OBJECTS - 1)
    assert gc.get_freeze_count() == 0
    Cycle()
    garbage_collection.freeze_if_large(garbage_collection.MIN_OBJECTS)
    try:
        assert gc.get_freeze_count() > 0
        gc.collect()
        assert not Cycle.died
        Session().open(None)
        assert gc.get_freeze_count() == 0
        gc.collect()
        assert len(Cycle.died) == 1
    finally:
        gc.unfreeze()
