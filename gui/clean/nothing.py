"""What the Clean workspace shows while there is no finding to look at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.centred import centred
from gui.clean.scanning import Scanning
from gui.theme import Theme


class Nothing(QWidget):
    """One sentence: why nothing is here, and the scan as a button where that helps."""

    scan_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.why = QLabel()
        self.scan = QPushButton()
        self.scan.setProperty("role", "primary")
        self.scan.clicked.connect(self.scan_asked)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.space("large"))
        rows.addStretch()
        rows.addLayout(centred(self.why, theme))
        rows.addWidget(self.scan, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch()

    def say(self, scanning: Scanning, *, scanned: bool) -> None:
        """Say what is done now, or could be; `scanned`: the folder was looked through before."""
        if scanning.running:
            words = self.tr("Looking for what does not belong…")
        elif not scanning.possible:
            words = self.tr("The images have to be read first.")
        elif scanned:
            words = self.tr("Nothing was found that does not belong.")
        else:
            words = self.tr(
                "Find files that cannot be read, copies, pictures that show no cell, faulty "
                "images and labels that look wrong. Nothing is changed by looking."
            )
        self.why.setText(words)
        self.scan.setVisible(not scanning.running)
        self.scan.setEnabled(scanning.possible)
        self.scan.setText(self.tr("Scan again") if scanned else self.tr("Scan the folder"))
