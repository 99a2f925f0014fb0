"""Sentences for a person: the engine's message ids and class names, in the window's language."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from engine.messages import Message, Param, plural_form, render


def say(message: Message) -> str:
    """Return the sentence of an engine's message in the window's language."""
    said: dict[str, Param] = {
        name: _Spoken(value) if isinstance(value, float) else value
        for name, value in message.params.items()
    }
    return render(
        Message(message.id, said),
        lambda template: QCoreApplication.translate("engine", template),
    )


class _Spoken(float):
    """A number that a sentence shows with the decimal sign of the person's country."""

    def __format__(self, spec: str) -> str:
        locale = QLocale()
        signs = {".": locale.decimalPoint(), ",": locale.groupSeparator()}
        text = super().__format__(spec).translate(str.maketrans(signs))
        # As the tables beside the sentences write it.
        return "−" + text[1:] if text.startswith("-") else text


class _Number(str):
    """A written count that knows how many it is."""

    __slots__ = ("_count",)
    _count: int

    def __new__(cls, count: int) -> "_Number":
        made = super().__new__(cls, QLocale().toString(count))
        made._count = count
        return made

    def __format__(self, spec: str) -> str:
        return plural_form(spec, self._count) if "|" in spec else super().__format__(spec)


def recipe_title(english: str) -> str:
    """Return a recipe's title in the window's language; that of a person's own stays as it is."""
    return QCoreApplication.translate("recipes", english)


def class_name(english: str) -> str:
    """Return a class's name in the window's language."""
    return QCoreApplication.translate("classes", english)


def number(value: int) -> str:
    """Return a count as the person's country writes it: 13,759.

    A sentence that is filled with it may choose a word by it: `{n} {n:image|images}`.
    """
    return _Number(value)


def percent(share: float) -> str:
    """Return a share of 1 as a percentage with one decimal, which rounds up to 100 only if it is."""
    shown = float(min(share * 100, 99.9) if share < 1.0 else 100)
    return f"{QLocale().toString(shown, 'f', 1)}%"


def decimal(value: float, places: int) -> str:
    """Return a number with so many decimals as the person's country writes it."""
    return QLocale().toString(value, "f", places)


def duration(seconds: float) -> str:
    """Return a span of time in the coarsest words that still help."""
    if seconds < 90:
        return QCoreApplication.translate("words", "{n} s").format(n=max(1, round(seconds)))
    if seconds < 90 * 60:
        return QCoreApplication.translate("words", "{n} min").format(n=round(seconds / 60))
    return QCoreApplication.translate("words", "{n} h").format(n=round(seconds / 3600))


def moment(at: datetime, today: datetime) -> str:
    """Return the hour, and the day if it is another than `today`, as the person's country writes it."""
    local = at.astimezone(today.tzinfo)
    short = QLocale.FormatType.ShortFormat
    hour = QLocale().toString(QTime(local.hour, local.minute), short)
    if local.date() == today.date():
        return hour
    return f"{QLocale().toString(QDate(local.year, local.month, local.day), short)} {hour}"


def file_size(size: int) -> str:
    """Return a number of bytes as a person says it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
