"""Data sets: labels out to other programs, and in from them."""

from gui.desk import Desk
from gui.report.labels_in import LabelsIn
from gui.report.labels_out import LabelsOut
from gui.report.page import ReportPage
from gui.report.reporting import Reporting


class DatasetsPage(ReportPage):
    """What goes out, and what comes in."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self.out = LabelsOut(desk, reporting)
        self.labels_in = LabelsIn(desk, reporting)
        about_out, about_in = self.said(), self.said()
        about_out.setText(
            self.tr(
                "The images that have a label, from a person or from their folder, for a training script "
                "or another program. Removed ones and those that were not classed stay behind; splits "
                "and the order of the classes are kept."
            )
        )
        about_in.setText(
            self.tr(
                "A CSV, an npz, a folder or a zip of one. Images are matched by content or by their exact "
                "place in the folder, never guessed; what would change is said first."
            )
        )
        self.add(self.heading(self.tr("Labels out"), "title"), about_out, self.out)
        self.add(self.heading(self.tr("Labels in"), "title"), about_in, self.labels_in, apart=True)
        self.end()

    def refresh(self) -> None:
        """Offer what can be done now."""
        self.out.refresh()
        self.labels_in.refresh()
