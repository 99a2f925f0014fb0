"""Names of readers and readings, as every page of the second reading writes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.words import moment

if TYPE_CHECKING:
    from engine.project.second_reading import ReadingRound


def first_readers_text(names: Iterable[str]) -> str:
    """Return the names of the first readers; an empty name stands for the labels of the folder."""
    return ", ".join(name or _tr("labels of the folder") for name in names)


def reading_text(reading: "ReadingRound") -> str:
    """Return who read again and when, for a list of readings."""
    return _tr("{who}, {when}").format(who=reading.reader, when=started_text(reading))


def started_text(reading: "ReadingRound") -> str:
    """Return when a reading was started, in local time."""
    return moment(datetime.fromisoformat(reading.started), datetime.now().astimezone())


def _tr(text: str) -> str:
    return QCoreApplication.translate("SecondReading", text)
