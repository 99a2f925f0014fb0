"""Empty page of the Clean workspace: why there are no findings, with a button to scan."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.clean.scan_controller import ScanController
from gui.theme import Theme
from gui.widgets.centred_text import centred_row


class EmptyPage(QWidget):
    """A sentence on the state of the scan, and the button that starts one."""

    scan_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.message = QLabel()
        self.scan = QPushButton()
        self.scan.setProperty("role", "primary")
        self.scan.clicked.connect(self.scan_requested)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.space("large"))
        rows.addStretch()
        rows.addLayout(centred_row(self.message, theme))
        rows.addWidget(self.scan, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch()

    def show_state(self, scanning: ScanController, *, scanned: bool) -> None:
        """Show the state of the scan; `scanned`: the folder was scanned before."""
        if scanning.is_running:
            text = self.tr("Scanning the folder…")
        elif not scanning.is_possible:
            text = self.tr("The images have to be read first.")
        elif scanned:
            text = self.tr("No problems were found.")
        else:
            text = self.tr(
                "Finds unreadable files, copies, images without a cell, faulty images and "
                "labels that look wrong. The scan changes nothing."
            )
        self.message.setText(text)
        self.scan.setVisible(not scanning.is_running)
        self.scan.setEnabled(scanning.is_possible)
        self.scan.setText(self.tr("Scan again") if scanned else self.tr("Scan the folder"))
