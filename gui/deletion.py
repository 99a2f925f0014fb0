"""Deletion of widgets and other objects of Qt that nothing in Python refers to any more."""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget

_deleted: list[QObject] = []


def delete_later(target: QObject) -> None:
    """Delete an object once the current event is handled; a widget is hidden at once.

    Its Python object is kept until then. PySide frees one that has no other reference too early, while it
    still uses it, if the object lies at the address of an earlier one that Qt deleted without telling
    PySide; the event loop crashes then (seen with items of layouts, PySide 6.11).
    """
    _deleted[:] = [waiting for waiting in _deleted if shiboken6.isValid(waiting)]
    _deleted.append(target)
    if isinstance(target, QWidget):
        target.hide()
    target.deleteLater()


def clear_layout(layout: QLayout) -> None:
    """Delete the widgets of a layout, which is empty at once."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            delete_later(widget)
