"""Data sets page: export and import of labels."""

from gui.report.label_export import LabelExport
from gui.report.label_import import LabelImport
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.workspace.context import WorkspaceContext


class DatasetsPage(ReportPage):
    """Label export above, label import below."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__(context.theme)
        self.label_export = LabelExport(context, reporting)
        self.label_import = LabelImport(context, reporting)
        export_note, import_note = self.text_label(), self.text_label()
        export_note.setText(
            self.tr(
                "Exports every image with a label, from a reviewer or from its folder, for "
                "a training script or another program. Removed and unclassed images are "
                "left out; splits and class order are kept."
            )
        )
        import_note.setText(
            self.tr(
                "A CSV, an npz, a folder or a zipped folder. Images are matched by content "
                "or exact path, never by guessing; a preview shows what would change."
            )
        )
        self.add(self.heading(self.tr("Export labels"), "title"), export_note, self.label_export)
        self.add(
            self.heading(self.tr("Import labels"), "title"),
            import_note,
            self.label_import,
            gap_before=True,
        )
        self.add_stretch()

    def refresh(self) -> None:
        """Update which actions are enabled."""
        self.label_export.refresh()
        self.label_import.refresh()
