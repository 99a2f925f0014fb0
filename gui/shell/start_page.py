"""Start page: open a folder, a recent folder, the sample, or download a data set."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.loading.recent_folders import RecentFolder, RecentFolderList
from gui.theme import Theme


class StartPage(QWidget):
    """Shown until a source is open; `recent` lists the recent folders."""

    open_requested = Signal()
    sample_requested = Signal()
    download_requested = Signal()
    chosen = Signal(object)
    """The path of a recent folder."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        title = QLabel("Bloodbench")
        title.setFont(theme.font("title", strong=True))
        subtitle = QLabel(self.tr("Open a folder of single-cell images, or drop one here."))
        subtitle.setProperty("role", "muted")
        self.open = QPushButton(self.tr("Open a folder…"))
        self.open.setProperty("role", "primary")
        self.open.setDefault(True)
        self.open.clicked.connect(self.open_requested)
        self.sample = QPushButton(self.tr("Open the sample"))
        self.sample.setToolTip(self.tr("104 cells drawn by the program, with faults to find"))
        self.sample.clicked.connect(self.sample_requested)
        self.fetch = QPushButton(self.tr("Download a public data set…"))
        self.fetch.setToolTip(self.tr("BloodMNIST or PBC; licence and size are shown first"))
        self.fetch.clicked.connect(self.download_requested)
        use = QLabel(self.tr("For research and curation, not for diagnosis."))
        use.setProperty("role", "muted")
        use.setFont(theme.font("small"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        buttons.addWidget(self.open)
        buttons.addWidget(self.sample)
        buttons.addWidget(self.fetch)
        self.recent = RecentFolderList(theme)
        self.recent.chosen.connect(self.chosen)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.space("small"))
        rows.addStretch(2)
        rows.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(subtitle, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addSpacing(theme.space("large"))
        inner = QHBoxLayout()
        inner.addStretch()
        inner.addLayout(buttons)
        inner.addStretch()
        rows.addLayout(inner)
        rows.addSpacing(theme.space("large"))
        among = QHBoxLayout()
        among.addStretch(1)
        among.addWidget(self.recent, 8)
        among.addStretch(1)
        rows.addLayout(among)
        rows.addStretch(3)
        rows.addWidget(use, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addSpacing(theme.space("large"))

    def set_recent(self, recents: Sequence[RecentFolder]) -> None:
        """Show the recent folders, the latest first."""
        self.recent.set_recent(recents)
