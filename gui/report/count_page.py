"""Count page: the differential count, the excluded images, and agreement of model and person."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from engine.messages import Message, Param
from gui.report import count_table
from gui.report.class_table import ClassTable, TableRow
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.report.target_choice import TargetChoice
from gui.widgets.flow_layout import FlowLayout
from gui.words import decimal, number, percent, to_sentence
from gui.workspace.context import WorkspaceContext


class CountPage(ReportPage):
    """The count table, buttons for the excluded images, and the agreement."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__(context.theme)
        self._context, self._reporting = context, reporting
        self.target = TargetChoice(context.theme)
        self.target.chosen.connect(reporting.set_target)
        self.show_cells = QPushButton(self.tr("Show the counted cells"))
        self.show_cells.clicked.connect(self._show_all)
        self.summary = self.text_label()
        self.table = ClassTable(
            context.theme, count_table.column_titles(), bars=count_table.BAR_COLUMN
        )
        self.table.setAccessibleName(self.tr("Differential count"))
        self.table.opened.connect(self._open)
        scroll_area = HorizontalScrollArea(self.table)
        self.table.reached.connect(scroll_area.reveal)
        self.note = self.text_label()
        self.missing = self.text_label("warning")
        self.agreement = self.text_label("")
        self.fields_heading = self.heading(self.tr("Fields"))
        self.fields = self.text_label("")
        self.group_buttons: dict[str, QPushButton] = {}
        self._groups = FlowLayout(context.theme.space("small"))
        for name in ("not_classed", "removed", "unread", "unreviewed", "unidentified"):
            button = self.group_buttons[name] = QPushButton()
            button.clicked.connect(partial(self._show_group, name))
            self._groups.addWidget(button)
        target_row = QHBoxLayout()
        target_row.addWidget(self.target, 1)
        target_row.addWidget(self.show_cells)
        self.add(self.heading(self.tr("Differential count"), "title"), self.summary)
        self.add(target_row, scroll_area, self.missing, self.note)
        self.add(self.fields_heading, self.fields, gap_before=True)
        self._groups_heading = self.heading(self.tr("Without a class, or uncertain"))
        self.add(self._groups_heading, self._groups, gap_before=True)
        self.add(
            self.heading(self.tr("Agreement of model and reviewers")),
            self.agreement,
            gap_before=True,
        )
        self.add_stretch()

    def refresh(self) -> None:
        """Show the current report."""
        report = self._reporting.report
        if report is None:
            return
        count = report.differential
        self.target.show_target(self._reporting.target)
        self.summary.setText(self._summary())
        self.table.show_rows(count_table.build_rows(count, self._context.session.class_styles))
        self.note.setText(
            self.tr(
                "Percentages are of leukocytes, with 95% Wilson intervals; “model alone” "
                "is the model's own count of the same cells. Return on a row shows its "
                "images; Ctrl+C copies the table."
            )
        )
        self.missing.setText(self._missing_text())
        self.missing.setVisible(bool(self.missing.text()))
        field_text = self._field_text()
        self.fields.setText(field_text)
        for part in (self.fields_heading, self.fields):
            part.setVisible(bool(field_text))
        self._show_groups()
        self.agreement.setText(self._agreement())

    def _missing_text(self) -> str:
        """Return which classes the model does not know, empty if it knows all or counted no cell alone."""
        report, styles = self._reporting.report, self._context.session.class_styles
        assert report is not None
        trust = report.trust
        if trust is None or not trust.missing_classes or not report.differential.unreviewed:
            return ""
        names = [styles.find(name).name for name in trust.missing_classes]
        return _message("trust_missing", names=", ".join(names))

    def _field_text(self) -> str:
        """Return the mean counts per field and the platelet estimate; empty for other images."""
        from engine.exchange.report.field_section import (
            mean_counts,
            no_cell_paragraph,
            platelet_paragraph,
        )

        report = self._reporting.report
        assert report is not None
        if report.fields is None:
            return ""
        no_cell = [paragraph.text for paragraph in no_cell_paragraph(report.fields, _message)]
        means = [f"{name}: {value}" for name, value in mean_counts(report.fields, _message)]
        estimate = platelet_paragraph(report, report.fields, _message).text
        return "\n".join([*no_cell, *means, estimate])

    def _summary(self) -> str:
        report = self._reporting.report
        assert report is not None
        count = report.differential
        if count.target is None:
            template = self.tr("{n} {n:leukocyte|leukocytes} in {seen} {seen:image|images}.")
        elif count.complete:
            template = self.tr(
                "{n} {n:leukocyte|leukocytes}, counted in the first {seen} {seen:image|images}."
            )
        else:
            template = self.tr(
                "Only {n} {n:leukocyte|leukocytes} of {target} in {seen:the|all} {seen} {seen:image|images}."
            )
        removed = self.tr("{n} removed {n:image is|images are} not counted.")
        summary = template.format(
            n=number(count.leukocytes),
            seen=number(count.examined),
            target=number(count.target or 0),
        )
        return f"{summary} {removed.format(n=number(count.removed))}" if count.removed else summary

    def _show_groups(self) -> None:
        report = self._reporting.report
        assert report is not None
        count = report.differential
        any_shown = False
        for name, button in self.group_buttons.items():
            n = getattr(count, name)
            button.setText(f"{self._group_name(name)}: {number(n)}")
            button.setVisible(n > 0)
            any_shown = any_shown or n > 0
        self._groups_heading.setVisible(any_shown)

    def _group_name(self, name: str) -> str:
        return {
            "not_classed": self.tr("Not classed"),
            "removed": self.tr("Removed"),
            "unread": self.tr("Not read"),
            "unreviewed": self.tr("Not reviewed"),
            "unidentified": self.tr("Unidentified"),
        }[name]

    def _agreement(self) -> str:
        report = self._reporting.report
        assert report is not None
        agreement, together = report.agreement, report.together
        together_text = ""
        if together.n:
            together_text = self.tr(
                "{n} more {n:image was|images were} labelled in bulk and {n:is|are} not "
                "counted as agreement; the model agrees on {agreed}."
            ).format(n=number(together.n), agreed=number(together.agreed))
        if not agreement.n or agreement.share is None:
            single_text = self.tr("No image has been confirmed or corrected individually yet.")
            return f"{single_text} {together_text}".rstrip()
        low, high = agreement.interval
        text = self.tr(
            "They agree on {share} of the {n} {n:image|images} reviewed one by one (95% "
            "interval {low} to {high})."
        ).format(
            share=percent(agreement.share),
            n=number(agreement.n),
            low=percent(low),
            high=percent(high),
        )
        kappa_text = ""
        if agreement.kappa is not None:
            kappa_text = self.tr("Cohen's kappa is {kappa}.").format(
                kappa=decimal(agreement.kappa, 3)
            )
        seen = report.agreement_seen
        seen_text = _message("agreement_seen", n=seen) if seen else ""
        return " ".join(filter(None, (text, kappa_text, seen_text, together_text)))

    def _show_all(self) -> None:
        self._show_class(None, self.tr("Counted cells"))

    def _open(self, line: TableRow) -> None:
        if line.style is not None:
            self._show_class(line.style.id, self.tr("Counted: {name}").format(name=line.style.name))

    def _show_class(self, class_id: str | None, title: str) -> None:
        from gui.report.image_selection import counted_images

        table, report = self._context.session.table, self._reporting.report
        if table is None or report is None:
            return
        if paths := counted_images(table, report.differential, class_id):
            self._context.show_images(paths, title)

    def _show_group(self, name: str) -> None:
        from gui.report.image_selection import images_by_group

        table, report = self._context.session.table, self._reporting.report
        if table is not None and report is not None:
            self._context.show_images(
                images_by_group(table, report.differential)[name], self._group_name(name)
            )


def _message(name: str, **params: Param) -> str:
    return to_sentence(Message(f"report.{name}", params))
