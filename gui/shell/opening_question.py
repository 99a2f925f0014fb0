"""Opening question: asks before opening a folder stops a running training."""

from collections.abc import Callable

from gui.theme import Theme
from gui.widgets.question_line import QuestionLine


class OpeningQuestion(QuestionLine):
    """A line above the workspace about work that another folder would stop."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "")
        self._open: Callable[[], object] | None = None
        self.no.setText(self.tr("Stay in this folder"))
        self.yes.setText(self.tr("Stop and open"))

    def ask(self, warning: str, open_source: Callable[[], object]) -> None:
        """Show the warning; `open_source` is called if the person accepts it."""
        self._open = open_source
        self.label.setText(warning)
        self.show()
        # Not on the button that stops the training: a stray Return must not interrupt it.
        self.no.setFocus()

    def put_away(self) -> None:
        """Close the question without opening anything."""
        self._open = None
        super().put_away()

    def agree(self) -> None:
        """Open the folder."""
        open_source = self._open
        super().agree()
        if open_source is not None:
            open_source()
