"""Top bar: folder, sign-off state, model, device and reviewer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from gui.shell.reviewers import ReviewerButton, Reviewers
from gui.state.session import Session
from gui.state.sign_off import SignOffMonitor, void_sign_off_text
from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click
from gui.words import to_sentence, without_mnemonic


class TopBar(QWidget):
    """Shows the open folder and the active model, with their menus."""

    model_chosen = Signal(str)
    sign_off_requested = Signal()

    def __init__(
        self, session: Session, sign_off_monitor: SignOffMonitor, reviewers: Reviewers, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._sign_off_monitor = sign_off_monitor
        self._theme = theme
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.folder = QToolButton()
        self.folder.setProperty("role", "menu")
        self.folder.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.folder.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.folder.setIconSize(theme.icon_size())
        self.folder.setFont(theme.font(strong=True))
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        leave_keyboard_on_click(self.model)
        self.model.activated.connect(self._choose)
        self.device = QLabel()
        self.device.setProperty("role", "muted")
        self._model_label = QLabel(self.tr("Model"))
        self._model_label.setProperty("role", "muted")
        self.reviewer = ReviewerButton(reviewers, theme)
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(small, small, large, small)
        row.setSpacing(small)
        self.void_button = QToolButton()
        self.void_button.setText(self.tr("Sign-off void"))
        self.void_button.setProperty("role", "flat")
        self.void_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.void_button.setIconSize(theme.icon_size())
        self.void_button.clicked.connect(self.sign_off_requested)
        row.addWidget(self.folder)
        row.addStretch()
        row.addWidget(self.void_button)
        row.addWidget(self._model_label)
        row.addWidget(self.model)
        row.addSpacing(small)
        row.addWidget(self.device)
        row.addSpacing(small)
        row.addWidget(self.reviewer)
        session.opened.connect(self._refresh)
        session.model_changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        sign_off_monitor.changed.connect(self._refresh)
        self._refresh()

    def show_models(self, models: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer models as (name, title) pairs, with the chosen one selected."""
        self.model.clear()
        for name, title in models:
            self.model.addItem(title, name)
        self.model.setCurrentIndex(self.model.findData(chosen))

    def _choose(self) -> None:
        active = self._session.active_model
        if active is None or self.model.currentData() != active.name:
            self.model_chosen.emit(self.model.currentData())

    def _refresh(self) -> None:
        session = self._session
        self.folder.setIcon(self._theme.icon("folder-open"))
        title = session.title or self.tr("Open")
        metrics = self.folder.fontMetrics()
        room = 20 * self._theme.space("wide")
        elided = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room)
        self.folder.setText(without_mnemonic(elided))
        self.folder.setToolTip(str(session.root or ""))
        self.folder.setAccessibleName(self.tr("Open: {name}").format(name=title))
        self.void_button.setVisible(self._sign_off_monitor.is_void)
        self.void_button.setIcon(self._theme.icon("triangle-alert", "warning"))
        self.void_button.setToolTip(void_sign_off_text(self._sign_off_monitor.sign_off))
        self.void_button.setAccessibleName(self.void_button.toolTip())
        model = session.active_model
        for widget in (self.model, self._model_label, self.device):
            widget.setVisible(model is not None)
        if model is not None:
            self.device.setText(model.device.kind.upper())
            self.device.setToolTip(to_sentence(model.device.note))
            self.device.setAccessibleName(to_sentence(model.device.note))
