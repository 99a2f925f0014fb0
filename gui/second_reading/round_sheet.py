"""Round sheet: the answer sheet of a second reading, saved in the project."""

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.project.decisions import READING_PREFIX
from gui.second_reading.answer_sheet import AnswerSheet, SheetImage
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.project.decisions import Edit
    from engine.project.project import Project
    from engine.project.second_reading import ReadingRound, RoundImage


class RoundSheet(AnswerSheet):
    """The images of one reading round that are in the open folder."""

    def __init__(
        self, context: WorkspaceContext, reading: "ReadingRound", images: "Sequence[RoundImage]"
    ) -> None:
        session = context.session
        super().__init__(
            [
                SheetImage(image.path, image.label, image.note)
                for image in images
                if session.item(image.path) is not None
                # After the end the agreement may have been seen: what was read stays as it is.
                and not (reading.resumed and image.is_read)
            ],
            context,
        )
        self._decisions = context.decisions
        self._reading = reading
        self.ending = self.tr("End the reading")
        self.completed = self.tr(
            "All drawn images are read. End the reading to see how far you agree."
        )
        context.decisions.saved.connect(self._on_edit)
        context.decisions.failed.connect(self.failed)

    def heading(self, done: int) -> str:
        return self.tr("Second reading by {who}: {n} of {total} read").format(
            who=self._reading.reader, n=number(done), total=number(len(self.images))
        )

    def set_label(self, index: int, class_id: str | None) -> None:
        from engine.project.reading_edits import record_label

        path = self.images[index].path
        self._edit(lambda project: record_label(project, self._reading, path, class_id))

    def set_note(self, path: str, text: str) -> None:
        from engine.project.reading_edits import record_note

        self._edit(lambda project: record_note(project, self._reading, path, text))

    def undo(self, *, redo: bool = False) -> None:
        from engine.project.reading_edits import undo_reading

        self._edit(lambda project: undo_reading(project, self._reading, redo=redo))

    def end(self) -> None:
        from engine.project.reading_edits import end_round

        self._edit(lambda project: end_round(project, self._reading, who=self._reading.reader))

    def _edit(self, work: "Callable[[Project], Edit | None]") -> None:
        self._decisions.run_edit(lambda project, _: work(project), self._reading.reader)

    def _on_edit(self, edit: "Edit") -> None:
        prefix = f"{READING_PREFIX}{self._reading.id}."
        indices = {image.path: index for index, image in enumerate(self.images)}
        changed = None
        for change in edit.changes:
            index = indices.get(change.path) if change.path is not None else None
            if index is None or not change.field.startswith(prefix):
                continue
            changed = index
            if change.field == f"{prefix}label":
                self.images[index] = replace(self.images[index], label=change.new)
            elif change.field == f"{prefix}note":
                self.images[index] = replace(self.images[index], note=change.new or "")
        if changed is not None:
            is_edit = edit.undoes is None and edit.redoes is None
            (self.answered if is_edit else self.reverted).emit(changed)
