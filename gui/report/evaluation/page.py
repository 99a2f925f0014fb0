"""The evaluation of the labelled images."""

from gui.desk import Desk
from gui.report.page import ReportPage
from gui.report.reporting import Reporting


class EvaluationPage(ReportPage):
    """The figures, or why there are none."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self._desk, self._reporting = desk, reporting
        self.about = self.said()
        self.add(self.heading(self.tr("Evaluation"), "title"), self.about)
        self.end()

    def refresh(self) -> None:
        """Show the report that is there now."""
        report = self._reporting.report
        found = report.evaluation if report else None
        if found is None:
            self.about.setText(
                self.tr("No image has a label, from its folder or from a person, to compare with.")
            )
