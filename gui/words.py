"""Texts and numbers for a person, in the window's language and number format."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from engine.messages import (
    PLURAL_RULE,
    Message,
    Param,
    PrintedFloat,
    load_catalogue,
    plural_form,
    render,
)


def to_sentence(message: Message) -> str:
    """Return the sentence of an engine's message in the window's language."""
    params: dict[str, Param] = {
        name: _LocalisedFloat(value) if isinstance(value, float) else value
        for name, value in message.params.items()
    }
    return render(
        Message(message.id, params),
        lambda template: QCoreApplication.translate("engine", template),
    )


class _LocalisedFloat(PrintedFloat):
    """A number formatted with the decimal sign of the locale."""

    def __format__(self, spec: str) -> str:
        locale = QLocale()
        signs: dict[str, str | int | None] = {
            ".": locale.decimalPoint(),
            ",": locale.groupSeparator(),
        }
        text = super().__format__(spec).translate(str.maketrans(signs))
        # A true minus sign, as in the tables.
        return "−" + text[1:] if text.startswith("-") else text


class _Count(str):
    """A formatted count that still knows its value, to choose a plural form."""

    __slots__ = ("_count",)
    _count: int

    def __new__(cls, count: int) -> "_Count":
        number = super().__new__(cls, QLocale().toString(count))
        number._count = count
        return number

    def __format__(self, spec: str) -> str:
        if "|" not in spec:
            return super().__format__(spec)
        rule = QCoreApplication.translate("engine", load_catalogue()[PLURAL_RULE])
        return plural_form(spec, self._count, rule)


def recipe_title(english: str) -> str:
    """Return a recipe's title in the window's language; user recipes keep theirs."""
    return QCoreApplication.translate("recipes", english)


def class_name(english: str) -> str:
    """Return a class's name in the window's language."""
    return QCoreApplication.translate("classes", english)


def document_text(english: str) -> str:
    """Return a text of a printed document: a sentence of the engine or a class's name."""
    translated = QCoreApplication.translate("engine", english)
    return translated if translated != english else class_name(english)


def number(value: int) -> str:
    """Return a count in the locale's format: 13,759.

    A template filled with it can choose a word by it: `{n} {n:image|images}`.
    """
    return _Count(value)


def without_mnemonic(text: str) -> str:
    """Return the text of a button or menu in which an ampersand of a name stays an ampersand."""
    return text.replace("&", "&&")


PERCENT_DECIMALS = 1
MAX_PART_PERCENT = 99.9
"""Largest percentage that is printed for less than the whole."""


def percent(share: float) -> str:
    """Return a share (0 to 1) as a percentage with one decimal; only exactly 1 becomes 100%."""
    shown = float(min(share * 100, MAX_PART_PERCENT) if share < 1.0 else 100)
    return f"{QLocale().toString(shown, 'f', PERCENT_DECIMALS)}%"


def decimal(value: float, places: int) -> str:
    """Return a number with `places` decimals in the locale's format."""
    return QLocale().toString(value, "f", places)


def duration(seconds: float) -> str:
    """Return a duration in seconds, minutes or hours, whichever fits."""
    if seconds < 90:
        return QCoreApplication.translate("words", "{n} s").format(n=max(1, round(seconds)))
    if seconds < 90 * 60:
        return QCoreApplication.translate("words", "{n} min").format(n=round(seconds / 60))
    return QCoreApplication.translate("words", "{n} h").format(n=round(seconds / 3600))


def moment(at: datetime, today: datetime) -> str:
    """Return the time, with the date unless it is `today`, in the locale's format."""
    local = at.astimezone(today.tzinfo)
    short = QLocale.FormatType.ShortFormat
    hour = QLocale().toString(QTime(local.hour, local.minute), short)
    if local.date() == today.date():
        return hour
    return f"{QLocale().toString(QDate(local.year, local.month, local.day), short)} {hour}"


def file_size(size: int) -> str:
    """Return a number of bytes as KB, MB or GB."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
