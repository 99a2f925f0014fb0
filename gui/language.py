"""Language of the window: the chosen one, else the system's, else English."""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
)
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from engine.paths import resources_dir
from gui import settings
from gui.deletion import delete_later

# Each in its own language, so that its speakers recognise it.
LANGUAGES = {"en": "English", "it": "Italiano"}

# The type stubs declare the result as `object`.
_ = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)

QT_WORDS = (
    ("QFileDialog", _("QFileDialog", "&Look in:")),
    ("QFileDialog", _("QFileDialog", "Files of &type:")),
    ("QAbstractFileIconProvider", _("QAbstractFileIconProvider", "Folder")),
    ("QAbstractFileIconProvider", _("QAbstractFileIconProvider", "Drive")),
    ("QAbstractFileIconProvider", _("QAbstractFileIconProvider", "Unknown")),
)
"""Words of Qt's file dialog, with their contexts, that Qt's own translations lack: they are among ours."""
_SETTING = "language"
_SOURCE = "en"


def current_language() -> str:
    """Return the code of the language in use, one of `LANGUAGES`."""
    stored = settings.load_setting(_SETTING)
    if isinstance(stored, str) and stored in LANGUAGES:
        return stored
    preferred = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in preferred if code in LANGUAGES), _SOURCE)


def set_language(code: str) -> None:
    """Store the language for windows created from now on."""
    settings.save_setting(_SETTING, code)


class LanguageTranslator(QObject):
    """Installs the translations of the current language into the application."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._translators: list[QTranslator] = []

    def install(self) -> None:
        """Translate every widget created from now on into the current language."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            delete_later(translator)
        self._translators.clear()
        code = current_language()
        system = QLocale.system()
        # The system's own number and date formats, unless its language is another one.
        use_system = system.name().startswith(code) or code == _SOURCE
        QLocale.setDefault(system if use_system else QLocale(code))
        if code == _SOURCE:
            return
        own_folder = str(resources_dir() / "words")
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{code}", qt_folder), (code, own_folder)):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._translators.append(translator)


class LanguageMenu(QMenu):
    """Menu of the languages, the current one checked; calls `choose` with the code of another."""

    def __init__(self, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(self.tr("Language"), parent)
        group = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == current_language())
            action.triggered.connect(partial(self._choose, choose, code))
            group.addAction(action)

    def _choose(self, choose: Callable[[str], object], code: str) -> None:
        if code != current_language():
            choose(code)
