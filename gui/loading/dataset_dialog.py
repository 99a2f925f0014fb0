"""Dataset dialog: choose a public data set by description, licence and size before the download."""

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

from engine.exchange.public_datasets import DatasetVariant, PublicDataset, load_public_datasets
from gui import settings
from gui.inspector.elided_label import ElidedLabel
from gui.theme import Theme
from gui.widgets import dialogs
from gui.words import file_size

_SETTING = "public_folder"


class DatasetDialog(QDialog):
    """Choice of a data set, a variant and a target folder."""

    download_requested = Signal(str, str, object)
    """Name, variant and folder."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, busy: str = "") -> None:
        """Create the dialog; a text in `busy` says why no download can start now."""
        super().__init__(parent)
        self._busy = busy
        self.setWindowTitle(self.tr("Download a public data set"))
        stored = settings.load_setting(_SETTING)
        downloads = QStandardPaths.StandardLocation.DownloadLocation
        self.folder_path = Path(stored if isinstance(stored, str) else _standard_folder(downloads))
        self.name, self.variant = QComboBox(), QComboBox()
        self.name.setAccessibleName(self.tr("Data set"))
        self.variant.setAccessibleName(self.tr("Images and size"))
        self.facts = QLabel(wordWrap=True, openExternalLinks=True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.folder = ElidedLabel()
        self.choose = QPushButton(self.tr("Another folder…"))
        self.choose.clicked.connect(self._choose)
        self.status = QLabel(wordWrap=True)
        self.status.setProperty("role", "muted")
        self.go = QPushButton(self.tr("Download"))
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._accept)
        self.go.setDefault(True)
        self.close_button = QPushButton(self.tr("Not now"))
        self.close_button.clicked.connect(self.reject)
        self._compose(theme)
        for key, dataset in load_public_datasets().items():
            self.name.addItem(dataset.title, key)
        self.name.currentIndexChanged.connect(self._show_dataset)
        self.variant.currentIndexChanged.connect(self._show_status)
        # A link keeps the colours of the scheme in which it was rendered.
        theme.changed.connect(self._show_facts)
        self._show_dataset()

    def _dataset(self) -> PublicDataset:
        return load_public_datasets()[self.name.currentData()]

    def _variant(self) -> DatasetVariant:
        return self._dataset().variants[self.variant.currentData()]

    def _show_dataset(self) -> None:
        dataset = self._dataset()
        self.variant.blockSignals(True)
        self.variant.clear()
        for key, variant in dataset.variants.items():
            edge = f"{key} × {key} px" if key.isdigit() else self.tr("as published")
            most = self.tr("{images}, at most {size}")
            self.variant.addItem(most.format(images=edge, size=file_size(variant.size)), key)
        self.variant.blockSignals(False)
        self._show_facts()
        self._show_status()

    def _show_facts(self) -> None:
        dataset = self._dataset()
        page = f'<a href="{dataset.page}">{dataset.page}</a>'
        facts = (
            QCoreApplication.translate("public", dataset.description),
            self.tr("Licence: {licence}").format(licence=f"<b>{dataset.licence}</b>"),
            self.tr("Please cite: {attribution}").format(attribution=dataset.attribution),
            self.tr("Page: {page}").format(page=page),
        )
        self.facts.setText("".join(f"<p>{line}</p>" for line in facts))

    def _show_status(self) -> None:
        variant = self._variant()
        self.folder.set_full_text(str(self.folder_path))
        part, whole = (self.folder_path / f"{variant.name}{end}" for end in (".part", ""))
        downloaded = part.stat().st_size if part.is_file() else 0
        if self._busy:
            text = self._busy
        elif whole.exists() or (self.folder_path / Path(variant.name).stem).is_dir():
            text = self.tr("Already downloaded; it will be checked and opened.")
        elif downloaded:
            text = self.tr("{size} already downloaded; the download will resume there.")
            text = text.format(size=file_size(downloaded))
        else:
            text = self.tr(
                "Nothing is downloaded until you confirm. The download can be stopped and "
                "resumed at any time; at the end its checksum is compared with the "
                "publisher's."
            )
        self.status.setText(text)
        self.go.setEnabled(not self._busy)

    def _choose(self) -> None:
        folder = dialogs.ask(self, dialogs.PUBLIC, self.folder_path)
        if folder is not None:
            self.folder_path = folder
            self._show_status()

    def _accept(self) -> None:
        settings.save_setting(_SETTING, str(self.folder_path))
        self.download_requested.emit(
            self.name.currentData(), self.variant.currentData(), self.folder_path
        )
        self.accept()

    def _compose(self, theme: Theme) -> None:
        small, large = theme.space("small"), theme.space("large")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("medium"))
        grid.setVerticalSpacing(small)
        grid.setColumnStretch(1, 1)
        for row, (title, field) in enumerate(
            (
                (self.tr("Data set"), self.name),
                (self.tr("Images and size"), self.variant),
                (self.tr("Into folder"), self.folder),
            )
        ):
            label = QLabel(title)
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
        rows.addWidget(self.status)
        rows.addLayout(end)
        self.resize(24 * theme.space("wide"), 18 * theme.space("wide"))


def _standard_folder(location: QStandardPaths.StandardLocation) -> str:
    return QStandardPaths.writableLocation(location) or str(Path.home())
