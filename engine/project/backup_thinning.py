"""Thinning of backups: all of the last days, then daily, weekly and monthly ones, within a budget."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar


class Thinnable(Protocol):
    """The properties of a backup that thinning needs."""

    @property
    def at(self) -> datetime:
        """The time at which it was made."""

    @property
    def size(self) -> int:
        """Its bytes."""


_Backup = TypeVar("_Backup", bound=Thinnable)

_ALL_FOR = timedelta(days=2)
_DAYS, _WEEKS, _MONTHS = 12, 10, 9


def thin(backups: Iterable[_Backup], now: datetime, budget: int) -> list[_Backup]:
    """Return the backups to keep, newest first.

    These are all of the last two days, then the last of each of 12 days, 10 weeks and 9 months. If
    they exceed the budget, the newest is kept, then daily, weekly and monthly ones, then the rest.
    """
    ordered = sorted(backups, key=lambda backup: backup.at, reverse=True)
    candidates = dict.fromkeys(ordered[:1])
    for limit, period in ((_DAYS, _day), (_WEEKS, _week), (_MONTHS, _month)):
        candidates |= dict.fromkeys(_last_of_each(ordered, period)[:limit])
    candidates |= dict.fromkeys(backup for backup in ordered if now - backup.at <= _ALL_FOR)
    selected: list[_Backup] = []
    total = 0
    for backup in candidates:
        if not selected or total + backup.size <= budget:
            selected.append(backup)
            total += backup.size
    return sorted(selected, key=lambda backup: backup.at, reverse=True)


def _last_of_each(
    backups: Iterable[_Backup], period: Callable[[datetime], object]
) -> list[_Backup]:
    last: dict[object, _Backup] = {}
    for backup in backups:
        last.setdefault(period(backup.at), backup)
    return list(last.values())


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month
