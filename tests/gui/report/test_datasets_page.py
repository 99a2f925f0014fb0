"""Labels out to other programs and in from them, in the real window."""

import csv

import numpy as np
import pytest
from gui_help import WAIT_MS
from PySide6.QtCore import Qt

from gui.widgets import dialogs


@pytest.fixture
def page(report):
    """Return the page in front."""
    report.show_page("datasets")
    return report.datasets


def answer(monkeypatch, path):
    monkeypatch.setattr(dialogs, "ask", lambda *_: path)


def labels(file, rows):
    with file.open("w", newline="") as stream:
        csv.writer(stream).writerows([["path", "label"], *rows])
    return file


def test_a_data_set_holds_what_has_a_label_and_nothing_is_written_over(
    page, ready, qtbot, tmp_path, monkeypatch
):
    ready.decisions.label(["basophil/c3.png"], "platelet")
    ready.decisions.remove(["basophil/c0.png"])
    qtbot.waitUntil(lambda: ready.session.item("basophil/c0.png").removed, timeout=WAIT_MS)
    answer(monkeypatch, tmp_path / "out")
    for number in (1, 2):
        page.label_export.write.click()
        with qtbot.waitSignal(page.label_export.finished, timeout=WAIT_MS):
            pass
        place = tmp_path / "out" / ("cells-folder" if number == 1 else "cells-folder-2")
        assert page.label_export.result.path == place
        files = {one.relative_to(place).as_posix() for one in place.rglob("*.png")}
        assert len(files) == 23
        assert sum(name.startswith("platelet/") for name in files) == 9
        assert "basophil/c0.png" not in files
        assert (place / "classes.txt").read_text().splitlines()[0] == "basophil"


def test_an_array_is_written_in_the_size_that_was_asked_for(page, qtbot, tmp_path, monkeypatch):
    out = page.label_export
    assert not out.size.isVisible()
    out.format.setCurrentIndex(out.format.findData("npz"))
    assert out.size.isVisible()
    out.size.setValue(32)
    answer(monkeypatch, tmp_path / "out")
    out.write.click()
    with qtbot.waitSignal(out.finished, timeout=WAIT_MS):
        pass
    with np.load(out.result.path) as arrays:
        shapes = {name: arrays[name].shape for name in arrays.files}
    assert (24, 32, 32, 3) in shapes.values()


def test_labels_come_in_after_a_look_and_go_in_one_undo(page, ready, qtbot, tmp_path, monkeypatch):
    file = labels(
        tmp_path / "given.csv",
        [
            ["basophil/c0.png", "Monocyte"],
            ["basophil/c1.png", "monocyte"],
            ["basophil/c2.png", "basophil"],
            ["basophil/c4.png", "martian"],
            ["gone.png", "basophil"],
        ],
    )
    answer(monkeypatch, file)
    inside = page.label_import
    inside.from_file.click()
    qtbot.waitUntil(lambda: inside.plan is not None and not inside.is_running, timeout=WAIT_MS)
    assert inside.apply.text() == "Make these 2 changes"
    assert "martian" in inside.problems.toPlainText()
    assert ready.session.item("basophil/c0.png").label is None
    inside.show_images.click()
    model = ready.review.gallery.model
    assert sorted(model.path(row) for row in range(model.rowCount())) == [
        "basophil/c0.png",
        "basophil/c1.png",
    ]
    ready.workspaces.go("report")
    answer(monkeypatch, tmp_path / "details.csv")
    inside.save_details.click()
    assert "martian" not in (tmp_path / "details.csv").read_text("utf-8-sig")
    assert "gone.png" in (tmp_path / "details.csv").read_text("utf-8-sig")
    qtbot.mouseClick(inside.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: ready.session.item("basophil/c0.png").label == "monocyte", timeout=WAIT_MS
    )
    assert ready.session.item("basophil/c1.png").label == "monocyte"
    assert "2 changes were made" in inside.status.text()
    ready.decisions.undo()
    qtbot.waitUntil(lambda: ready.session.item("basophil/c0.png").label is None, timeout=WAIT_MS)
    assert ready.session.item("basophil/c1.png").label is None


def test_what_is_no_file_of_labels_is_said_and_changes_nothing(
    page, ready, qtbot, tmp_path, monkeypatch
):
    file = tmp_path / "letter.csv"
    file.write_text("Dear colleague,\n")
    answer(monkeypatch, file)
    page.label_import.from_file.click()
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    assert "letter.csv" in ready.notice.words.text()
    qtbot.waitUntil(lambda: not page.label_import.is_running, timeout=WAIT_MS)
    assert page.label_import.plan is None
    assert ready.decisions.project.next_undo() is None
