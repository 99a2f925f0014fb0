"""Counts per field in the Report workspace, with cells that were added and taken back."""

import pytest
from gui_helpers import WAIT_MS, all_read, open_fields
from multi_cell_images import write_fields
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from report_helpers import is_report_current

from engine.fields.cell_path import file_path
from gui.state.cell_boxes import FieldFacts


@pytest.fixture
def of_fields(window, tmp_path, qtbot):
    write_fields(tmp_path / "fields", 3)
    open_fields(window, tmp_path / "fields", qtbot)
    return window


def open_report(window, qtbot):
    window.workspaces.go("report")
    workspace = window.workspaces.current
    qtbot.waitUntil(is_report_current(workspace), timeout=WAIT_MS)
    return workspace


def counted_fields(workspace):
    return [file_path(path) for path in workspace.reporting.report.differential.cells]


def test_an_added_cell_is_counted_with_its_field_until_it_is_undone(of_fields, qtbot):
    window, session = of_fields, of_fields.session
    total, first = session.total, session.table.paths[0]
    record = session.item(first).record
    content = session.source.load_field(record).image.content_hash
    facts = FieldFacts(file_path(first), content, 480, 480)
    window.context.cell_boxes.add(facts, QRectF(4, 6, 60, 60))
    qtbot.waitUntil(lambda: session.total == total + 1, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    workspace = open_report(window, qtbot)
    report = workspace.reporting.report
    assert report.data.images == total + 1
    assert report.fields.n == 3
    # In the order of the fields, as at the next start, so that a count ends with the right cells.
    assert counted_fields(workspace) == sorted(counted_fields(workspace))
    assert f"Cells per field (mean): {(total + 1) / 3:.2f}" in workspace.count.fields.text()
    assert "Platelets per µL are not estimated" in workspace.count.fields.text()
    window.decisions.undo()
    qtbot.waitUntil(lambda: session.total == total, timeout=WAIT_MS)
    qtbot.waitUntil(is_report_current(workspace), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: workspace.reporting.report.data.images == total, timeout=WAIT_MS)
    assert not workspace.count.group_buttons["unread"].isVisible()


def test_the_factor_for_platelets_is_entered_in_the_session(of_fields, qtbot):
    workspace = open_report(of_fields, qtbot)
    of_fields.workspaces.show_sign_off()
    field = workspace.sign_off.session.fields["platelet_factor"]
    qtbot.waitUntil(field.isVisible, timeout=WAIT_MS)
    field.setText("15,000")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: workspace.reporting.report.fields.platelet_factor == 15_000, timeout=WAIT_MS
    )
    workspace.count.refresh()
    assert "× 15,000 =" in workspace.count.fields.text()


def test_other_images_have_no_fields(report):
    assert report.count.fields.isHidden()
    assert report.sign_off.session.fields["platelet_factor"].isHidden()
