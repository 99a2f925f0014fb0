"""The window's language: the one a person chose, else the system's, else English."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from engine.paths import resources_dir
from gui import settings

# How each calls itself, so that whoever reads only that one finds it.
LANGUAGES = {"en": "English", "it": "Italiano"}
_SETTING = "language"
_SOURCE = "en"


def current_language() -> str:
    """Return the code of the language in use, one of `LANGUAGES`."""
    kept = settings.load_setting(_SETTING)
    if kept in LANGUAGES:
        return str(kept)
    spoken = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((one for one in spoken if one in LANGUAGES), _SOURCE)


def set_language(code: str) -> None:
    """Keep a language for the windows that are made from now on."""
    settings.save_setting(_SETTING, code)


class LanguageTranslator(QObject):
    """What the application says its words with."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._translators: list[QTranslator] = []

    def install(self) -> None:
        """Say everything that is made from now on in the language in use."""
        for one in self._translators:
            self._app.removeTranslator(one)
            one.deleteLater()
        self._translators.clear()
        code = current_language()
        system = QLocale.system()
        # Numbers and dates as the person's own country writes them where it speaks this language.
        same = system.name().startswith(code) or code == _SOURCE
        QLocale.setDefault(system if same else QLocale(code))
        if code == _SOURCE:
            return
        own = str(resources_dir() / "words")
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{code}", qt), (code, own)):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._translators.append(translator)


class LanguageMenu(QMenu):
    """The languages, with the one in use checked; `choose` is given the code of another."""

    def __init__(self, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(self.tr("Language"), parent)
        group = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == current_language())
            action.triggered.connect(partial(self._take, choose, code))
            group.addAction(action)

    def _take(self, choose: Callable[[str], object], code: str) -> None:
        if code != current_language():
            choose(code)
