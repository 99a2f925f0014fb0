"""Workspace stack: the start page, and one workspace per step of the work beside the inspector."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from engine.project.decisions import BOX_FIELD, DISMISSED_PREFIX, DRAWING_ACTIONS
from gui.review.workspace import ReviewWorkspace
from gui.shell.rail import Rail
from gui.shortcuts.actions import CommandActions
from gui.widgets.page_stack import PageStack
from gui.workspace.base import Workspace
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit


class WorkspaceEntry(NamedTuple):
    """An entry of the rail; `key` is also the id of the command that shows the workspace."""

    key: str
    icon: str
    title: str
    create: Callable[[WorkspaceContext], Workspace]


def _clean(context: WorkspaceContext) -> Workspace:
    from gui.clean.workspace import CleanWorkspace

    return CleanWorkspace(context)


def _train(context: WorkspaceContext) -> Workspace:
    from gui.train.workspace import TrainWorkspace

    return TrainWorkspace(context)


def _report(context: WorkspaceContext) -> Workspace:
    from gui.report.workspace import ReportWorkspace

    return ReportWorkspace(context)


# The type stubs declare the result as `object`.
_ = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)


# In the order of the work; all but the first are imported when they are first shown.
WORKSPACES = (
    WorkspaceEntry("review", "layout-grid", _("commands", "Review"), ReviewWorkspace),
    WorkspaceEntry("clean", "sparkles", _("commands", "Clean"), _clean),
    WorkspaceEntry("train", "learning", _("commands", "Train"), _train),
    WorkspaceEntry("report", "clipboard-check", _("commands", "Report"), _report),
)


class WorkspaceStack(QWidget):
    """Shows the start page until a source is open, then the chosen workspace and the inspector."""

    switched = Signal()
    """Another workspace is shown."""

    def __init__(
        self, context: WorkspaceContext, rail: Rail, start: QWidget, actions: CommandActions
    ) -> None:
        super().__init__()
        self._context = context
        self._rail = rail
        self._actions = actions
        self._workspaces: dict[str, Workspace] = {}
        self._pages = PageStack()
        self._pages.addWidget(start)
        self._pages.currentChanged.connect(lambda _: self.switched.emit())
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(context.theme.space("hair"))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._pages)
        self._split.addWidget(context.inspector)
        # In a wider window only the images grow.
        self._split.setStretchFactor(0, 1)
        wide = context.theme.space("wide")
        self._split.setSizes([109 * wide, 14 * wide])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        context.inspector.hide()
        for entry in WORKSPACES:
            rail.add(entry.key, entry.icon, QCoreApplication.translate("commands", entry.title))
        rail.chosen.connect(self.go)
        context.show_image_requested.connect(self._show_image)
        context.show_images_requested.connect(self._show_images)
        context.session.opened.connect(self._update_rail)
        context.decisions.saved.connect(self._follow_undo)
        review = self.workspace("review")
        assert isinstance(review, ReviewWorkspace)
        self.review = review
        self._update_rail()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the workspaces, in the order of the work."""
        return tuple(entry.key for entry in WORKSPACES)

    @property
    def current(self) -> Workspace | None:
        """The current workspace, None while the start page is shown."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Workspace) else None

    @property
    def key(self) -> str:
        """The key of the current workspace, of the first one while the start page is shown."""
        current = self.current
        keys = (key for key, workspace in self._workspaces.items() if workspace is current)
        return next(keys, WORKSPACES[0].key)

    @property
    def visited(self) -> tuple[str, ...]:
        """The keys of the workspaces that exist, the current one last."""
        return (*(key for key in self._workspaces if key != self.key), self.key)

    def go(self, key: str) -> None:
        """Show a workspace and give it the keyboard focus, if a source is open."""
        if self._context.session.source is None:
            return
        workspace, previous = self.workspace(key), self.current
        if previous is not None and previous is not workspace:
            previous.leave()
        self._pages.setCurrentWidget(workspace)
        self._show_inspector()
        self._rail.set_current(key)
        workspace.enter()

    def escape(self) -> bool:
        """Close the topmost view in the workspace; return whether there was one."""
        return self.current is not None and self.current.escape()

    def closing(self) -> str:
        """Return warnings on long work that closing would interrupt, empty if there is none."""
        return " ".join(
            filter(None, (workspace.closing() for workspace in self._workspaces.values()))
        )

    def opening(self) -> str:
        """Return warnings on long work that opening another folder would stop, empty if none."""
        return " ".join(
            filter(None, (workspace.opening() for workspace in self._workspaces.values()))
        )

    def stop(self) -> None:
        """Stop the work of all workspaces; called when the window closes."""
        for workspace in self._workspaces.values():
            workspace.stop()

    def show_sign_off(self) -> None:
        """Show the sign-off page."""
        self._show_report_page("signing")

    def show_second_reading(self) -> None:
        """Show the page from which a second reading starts, ready to start it."""
        self._show_report_page("second_reading")
        if self.current is not None:
            self.current.focus_page()

    def show_competency(self) -> None:
        """Show the page from which a competency test starts, ready to start it."""
        self._show_report_page("competency")
        if self.current is not None:
            self.current.focus_page()

    def _show_report_page(self, key: str) -> None:
        if self._context.session.source is None:
            return
        # The page first: the entry of the page that is shown gets the keyboard.
        self.workspace("report").show_page(key)
        self.go("report")

    def suggest_labels(self) -> None:
        """Show the images in Review that teach the model most."""
        from gui.train.workspace import TrainWorkspace

        train = self.workspace("train")
        assert isinstance(train, TrainWorkspace)
        train.setup_page.suggestions.show_suggestions()

    def workspace(self, key: str) -> Workspace:
        """Return a workspace, which is created when it is first needed."""
        if key not in self._workspaces:
            entry = next(entry for entry in WORKSPACES if entry.key == key)
            workspace = self._workspaces[key] = entry.create(self._context)
            self._pages.addWidget(workspace)
            workspace.bind(self._actions)
            workspace.inspector_changed.connect(self._show_inspector)
        return self._workspaces[key]

    def _show_inspector(self) -> None:
        if self.current is not None:
            self._context.inspector.setVisible(self.current.has_inspector)

    def _update_rail(self) -> None:
        for key in self.keys:
            self._rail.button(key).setEnabled(key == "review" or bool(self._context.session.source))

    def focus(self) -> None:
        """Give the keyboard focus to the current workspace."""
        if self.current is not None:
            self.current.enter()

    def _follow_undo(self, edit: "Edit") -> None:
        # `UndoStatus` says what was undone, also where nothing of it can be shown.
        if edit.undoes is None and edit.redoes is None:
            self._show_drawn(edit)
            return
        paths = [change.path for change in edit.changes if change.path is not None]
        keys = [
            change.field.removeprefix(DISMISSED_PREFIX)
            for change in edit.changes
            if change.path is None and change.field.startswith(DISMISSED_PREFIX)
        ]
        if (paths or keys) and self.current:
            self.current.return_to(paths, keys)

    def _show_drawn(self, edit: "Edit") -> None:
        """Show a cell that was just added or moved, whatever the filters."""
        if edit.action not in DRAWING_ACTIONS or self.current is not self.review:
            return
        drawn = (c.path for c in edit.changes if c.field == BOX_FIELD and c.new["kind"])
        for path in drawn:
            if path is not None and self._context.session.item(path) is not None:
                self.review.show_image(path)

    def _show_image(self, path: str) -> None:
        self.go("review")
        self.review.show_image(path)

    def _show_images(self, paths: Sequence[str], description: str, keep_order: bool) -> None:
        self.go("review")
        self.review.show_only(paths, description, keep_order=keep_order)
