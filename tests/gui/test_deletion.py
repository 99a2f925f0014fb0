"""Deletion: an object without another reference is safe at the address of one that Qt has deleted."""

from pathlib import Path

from child_helpers import run_script

import gui

SCRIPT = """
import json
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from gui.deletion import delete_later

class Child(QObject):
    pass

app, root, reused, old_items = QApplication([]), QObject(), 0, []
for attempt in range(500):
    page = QWidget()
    rows = QVBoxLayout(page)
    for number in range(10):
        rows.addWidget(QLabel(page))
    items = [rows.itemAt(number) for number in range(10)]
    for number in range(10):
        items[number].widget().deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # Qt deleted the items with their labels, which PySide does not notice.
    addresses = {shiboken6.getCppPointer(item)[0] for item in items if shiboken6.isValid(item)}
    old_items += items
    for number in range(30):
        child = Child(root)
        if shiboken6.getCppPointer(child)[0] in addresses:
            reused += 1
            delete_later(child)
    del child
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if reused > 5:
        break
print(json.dumps({"reused": reused}))
"""


def test_the_address_of_a_deleted_item_can_be_used_again():
    assert run_script(SCRIPT)["reused"] > 0


def test_nothing_is_deleted_in_another_way():
    root = Path(gui.__file__).parent
    sources = {
        path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*.py")
    }
    calls = {name for name, text in sources.items() if ".deleteLater()" in text}
    # The window itself is referred to until it is deleted.
    assert calls == {"deletion.py", "app.py"}
    assert not [name for name, text in sources.items() if ".itemAt(" in text]
