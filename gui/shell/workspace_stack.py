"""The pages of the window: the start page, and one workspace a step of the work, made when first shown."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from engine.project.decisions import DISMISSED_PREFIX
from gui.inspector.edit_descriptions import what
from gui.review.workspace import ReviewWorkspace
from gui.shell.rail import Rail
from gui.shortcuts.actions import Actions
from gui.words import number
from gui.workspace.base import Workspace
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit


class WorkspaceEntry(NamedTuple):
    """A workspace as the rail offers it; its key is that of the command that shows it."""

    key: str
    icon: str
    words: str
    make: Callable[[WorkspaceContext], Workspace]


def _clean(context: WorkspaceContext) -> Workspace:
    from gui.clean.workspace import CleanWorkspace

    return CleanWorkspace(context)


def _train(context: WorkspaceContext) -> Workspace:
    from gui.train.workspace import TrainWorkspace

    return TrainWorkspace(context)


def _report(context: WorkspaceContext) -> Workspace:
    from gui.report.workspace import ReportWorkspace

    return ReportWorkspace(context)


# In the order of the work. All but the first are imported when they are first shown.
WORKSPACES = (
    WorkspaceEntry(
        "review", "layout-grid", QT_TRANSLATE_NOOP("commands", "Review"), ReviewWorkspace
    ),
    WorkspaceEntry("clean", "sparkles", QT_TRANSLATE_NOOP("commands", "Clean"), _clean),
    WorkspaceEntry("train", "learning", QT_TRANSLATE_NOOP("commands", "Train"), _train),
    WorkspaceEntry("report", "clipboard-check", QT_TRANSLATE_NOOP("commands", "Report"), _report),
)


class WorkspaceStack(QWidget):
    """The start page until something is open, then the workspace that was chosen, and the inspector."""

    def __init__(
        self, context: WorkspaceContext, rail: Rail, start: QWidget, actions: Actions
    ) -> None:
        super().__init__()
        self._context = context
        self._rail = rail
        self._actions = actions
        self._made: dict[str, Workspace] = {}
        self._pages = QStackedWidget()
        self._pages.addWidget(start)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(context.theme.space("hair"))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._pages)
        self._split.addWidget(context.inspector)
        # The images take what a wider window gives.
        self._split.setStretchFactor(0, 1)
        wide = context.theme.space("wide")
        self._split.setSizes([109 * wide, 14 * wide])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        context.inspector.hide()
        for offer in WORKSPACES:
            rail.add(offer.key, offer.icon, QCoreApplication.translate("commands", offer.words))
        rail.chosen.connect(self.go)
        context.focus_requested.connect(self._focus)
        context.show_image_requested.connect(self._show_image)
        context.show_images_requested.connect(self._show_images)
        context.session.opened.connect(self._allow)
        context.decisions.saved.connect(self._follow_undo)
        review = self._workspace("review")
        assert isinstance(review, ReviewWorkspace)
        self.review = review
        self._allow()

    @property
    def keys(self) -> tuple[str, ...]:
        """The workspaces, in the order of the work."""
        return tuple(offer.key for offer in WORKSPACES)

    @property
    def current(self) -> Workspace | None:
        """The workspace that is shown, None while the start page is."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Workspace) else None

    @property
    def key(self) -> str:
        """The key of the workspace that is shown, of the first one while the start page is."""
        made = (key for key, one in self._made.items() if one is self.current)
        return next(made, WORKSPACES[0].key)

    def go(self, key: str) -> None:
        """Show a workspace and give it the keyboard, if something is open."""
        if self._context.session.source is None:
            return
        workspace, before = self._workspace(key), self.current
        if before is not None and before is not workspace:
            before.leave()
        self._pages.setCurrentWidget(workspace)
        self._context.inspector.setVisible(workspace.inspected)
        self._rail.mark(key)
        workspace.enter()

    def escape(self) -> bool:
        """Leave what is in front in the workspace; return whether something was."""
        return self.current is not None and self.current.escape()

    def closing(self) -> str:
        """Return what the window's closing would break off, as sentences; empty where it is nothing long."""
        return " ".join(filter(None, (one.closing() for one in self._made.values())))

    def stop(self) -> None:
        """Stop what the workspaces do: the window closes."""
        for workspace in self._made.values():
            workspace.stop()

    def show_signing(self) -> None:
        """Show where the count is signed."""
        self.go("report")
        if self.current is not None:
            self.current.show_page("signing")

    def _workspace(self, key: str) -> Workspace:
        if key not in self._made:
            offer = next(one for one in WORKSPACES if one.key == key)
            made = self._made[key] = offer.make(self._context)
            self._pages.addWidget(made)
            made.bind(self._actions)
        return self._made[key]

    def _allow(self) -> None:
        for key in self.keys:
            self._rail.button(key).setEnabled(key == "review" or bool(self._context.session.source))

    def _focus(self) -> None:
        if self.current is not None:
            self.current.enter()

    def _follow_undo(self, edit: "Edit") -> None:
        # What was taken back, or made again, is shown, or said where no image is to be seen.
        if edit.undoes is None and edit.redoes is None:
            return
        paths = [one.path for one in edit.changes if one.path is not None]
        keys = [
            one.field.removeprefix(DISMISSED_PREFIX)
            for one in edit.changes
            if one.path is None and one.field.startswith(DISMISSED_PREFIX)
        ]
        if not (paths or keys) or (self.current and self.current.return_to(paths, keys)):
            return
        names = self._context.session.class_styles
        words = what(edit, lambda class_id: names.find(class_id).name)
        if len(paths) == 1:
            words = f"{paths[0]}: {words}"
        else:
            template = (
                self.tr("Undone on {count} {count:image|images}")
                if edit.undoes is not None
                else self.tr("Redone on {count} {count:image|images}")
            )
            words = template.format(count=number(len(paths) or len(keys)))
        self._context.status_message.emit(words)

    def _show_image(self, path: str) -> None:
        self.go("review")
        self.review.show_image(path)

    def _show_images(self, paths: Sequence[str], words: str) -> None:
        self.go("review")
        self.review.show_only(paths, words)
