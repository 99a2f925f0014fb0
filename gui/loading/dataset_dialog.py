"""Which public data set: what it is, its licence and its size, all said before anything is fetched."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.exchange.public_datasets import PublicSet, Variant, public_sets
from gui import settings
from gui.inspector.elided_label import ElidedLabel
from gui.theme import Theme
from gui.widgets import dialogs
from gui.words import file_size

_SETTING = "public_folder"


class DatasetDialog(QDialog):
    """A data set, one of its sizes, and a folder to put it into."""

    asked = Signal(str, str, object)
    """Name, variant and folder."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, busy: str = "") -> None:
        """Make it; `busy` says why nothing can be fetched now."""
        super().__init__(parent)
        self._busy = busy
        self.setWindowTitle(self.tr("Download a public data set"))
        kept = settings.load_setting(_SETTING)
        downloads = QStandardPaths.StandardLocation.DownloadLocation
        self.into = Path(kept if isinstance(kept, str) else _place(downloads))
        self.name, self.variant = QComboBox(), QComboBox()
        self.name.setAccessibleName(self.tr("Data set"))
        self.variant.setAccessibleName(self.tr("Images and size"))
        self.facts = QLabel(wordWrap=True, openExternalLinks=True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.folder = ElidedLabel()
        self.choose = QPushButton(self.tr("Another folder…"))
        self.choose.clicked.connect(self._choose)
        self.there = QLabel(wordWrap=True)
        self.there.setProperty("role", "muted")
        self.go = QPushButton(self.tr("Download"))
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._ask)
        self.go.setDefault(True)
        self.close_button = QPushButton(self.tr("Not now"))
        self.close_button.clicked.connect(self.reject)
        self._compose(theme)
        for key, known in public_sets().items():
            self.name.addItem(known.title, key)
        self.name.currentIndexChanged.connect(self._show_set)
        self.variant.currentIndexChanged.connect(self._show_rest)
        # A link keeps the colour of the scheme that it was written in.
        theme.changed.connect(self._show_facts)
        self._show_set()

    def _known(self) -> PublicSet:
        return public_sets()[self.name.currentData()]

    def _variant(self) -> Variant:
        return self._known().variants[self.variant.currentData()]

    def _show_set(self) -> None:
        known = self._known()
        self.variant.blockSignals(True)
        self.variant.clear()
        for key, one in known.variants.items():
            edge = f"{key} × {key} px" if key.isdigit() else self.tr("as published")
            most = self.tr("{images}, at most {size}")
            self.variant.addItem(most.format(images=edge, size=file_size(one.size)), key)
        self.variant.blockSignals(False)
        self._show_facts()
        self._show_rest()

    def _show_facts(self) -> None:
        known = self._known()
        page = f'<a href="{known.page}">{known.page}</a>'
        facts = (
            QCoreApplication.translate("public", known.description),
            self.tr("Licence: {licence}").format(licence=f"<b>{known.licence}</b>"),
            self.tr("Please cite: {attribution}").format(attribution=known.attribution),
            self.tr("Page: {page}").format(page=page),
        )
        self.facts.setText("".join(f"<p>{one}</p>" for one in facts))

    def _show_rest(self) -> None:
        variant = self._variant()
        self.folder.set_full_text(str(self.into))
        part, whole = (self.into / f"{variant.name}{end}" for end in (".part", ""))
        came = part.stat().st_size if part.is_file() else 0
        if self._busy:
            said = self._busy
        elif whole.exists() or (self.into / Path(variant.name).stem).is_dir():
            said = self.tr("Already downloaded; it will be checked and opened.")
        elif came:
            said = self.tr("{size} already downloaded; the download will resume there.")
            said = said.format(size=file_size(came))
        else:
            said = self.tr(
                "Nothing is downloaded until you confirm. The download can be stopped and "
                "resumed at any time; at the end its checksum is compared with the "
                "publisher's."
            )
        self.there.setText(said)
        self.go.setEnabled(not self._busy)

    def _choose(self) -> None:
        into = dialogs.ask(self, dialogs.PUBLIC, self.into)
        if into is not None:
            self.into = into
            self._show_rest()

    def _ask(self) -> None:
        settings.save_setting(_SETTING, str(self.into))
        self.asked.emit(self.name.currentData(), self.variant.currentData(), self.into)
        self.accept()

    def _compose(self, theme: Theme) -> None:
        small, large = theme.space("small"), theme.space("large")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(small)
        grid.setColumnStretch(1, 1)
        for row, (words, field) in enumerate(
            (
                (self.tr("Data set"), self.name),
                (self.tr("Images and size"), self.variant),
                (self.tr("Into folder"), self.folder),
            )
        ):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.choose, 2, 2)
        end = QHBoxLayout()
        end.setSpacing(small)
        end.addStretch()
        end.addWidget(self.close_button)
        end.addWidget(self.go)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(large)
        rows.addLayout(grid)
        rows.addWidget(self.facts, 1)
        rows.addWidget(self.there)
        rows.addLayout(end)
        self.resize(24 * theme.space("wide"), 18 * theme.space("wide"))


def _place(place: QStandardPaths.StandardLocation) -> str:
    return QStandardPaths.writableLocation(place) or str(Path.home())
